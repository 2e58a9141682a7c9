"""The plane on which measures are true where a territory is."""

from functools import lru_cache

import numpy as np
import shapely
from pyproj import Transformer

DEGREES = 4326
LAMBERT_93 = 2154
#: Legal systems of reference of France (decree 2000-1276 as amended): west, south, east, north in
#: degrees, then the EPSG code.
_LEGAL = (
    ((-6.0, 41.0, 10.5, 51.8), LAMBERT_93),
    ((-63.5, 14.0, -60.5, 18.5), 5490),  # RGAF09 / UTM 20N: Guadeloupe, Martinique
    ((-55.5, 1.5, -51.0, 6.5), 2972),  # RGFG95 / UTM 22N: Guyane
    ((54.5, -22.0, 56.5, -20.0), 2975),  # RGR92 / UTM 40S: La Réunion
    ((44.5, -13.5, 45.8, -12.0), 4471),  # RGM04 / UTM 38S: Mayotte
)


def reference_at(lon: float, lat: float) -> int:
    """EPSG code: the legal one in France, else the UTM zone; Lambert-93 where nothing is known."""
    if np.isnan(lon) or np.isnan(lat):
        return LAMBERT_93
    for (west, south, east, north), code in _LEGAL:
        if west <= lon <= east and south <= lat <= north:
            return code
    zone = min(int((lon + 180) // 6) + 1, 60)
    return (32600 if lat >= 0 else 32700) + zone


def onto(shapes: np.ndarray, reference: int) -> np.ndarray:
    """Shapes in degrees, put on the plane of a reference; missing ones stay missing."""
    if reference == DEGREES:
        return shapes
    project = _transformer(reference).transform
    return np.asarray(shapely.transform(shapes, lambda points: np.column_stack(project(*points.T))))


@lru_cache(maxsize=16)
def _transformer(reference: int) -> Transformer:
    return Transformer.from_crs(DEGREES, reference, always_xy=True)
