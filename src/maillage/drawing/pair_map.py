"""The map of two territories among their neighbours."""

from dataclasses import dataclass

import numpy as np
import shapely

from maillage.drawing.contours import mesh_contours
from maillage.drawing.frames import Frame, frame_around
from maillage.drawing.locator import territory_shape
from maillage.drawing.paths import simplified, svg_path, svg_paths
from maillage.engine.edition import Edition
from maillage.territory.perimeter import Perimeter

WIDTH, HEIGHT = 640, 440
MARGIN = 1.25
SMALLEST = 0.4  # degrees of latitude
MOST = 400  # units drawn around


@dataclass(frozen=True)
class PairMap:
    """Paths of the two and of what surrounds them; the ends of the line that joins them."""

    width: int
    height: int
    around: str
    here: str
    other: str
    start: tuple[float, float]
    end: tuple[float, float]
    source: str


def pair_map(edition: Edition, here: Perimeter, other: Perimeter) -> PairMap | None:
    """``other`` without what both share. None when either has no contour."""
    shapes = [territory_shape(edition, perimeter) for perimeter in (here, other)]
    if any(shape is None for shape in shapes):
        return None
    bounds = shapely.total_bounds(shapes)
    frame = frame_around(bounds, WIDTH, HEIGHT, margin=MARGIN, smallest=SMALLEST)
    placed = [simplified(frame.placed(np.array([shape])))[0] for shape in shapes]
    middles = shapely.get_coordinates(frame.points(shapely.point_on_surface(np.array(shapes))))
    around, source = _around(edition, frame)
    start, end = ((float(x), float(y)) for x, y in middles)
    return PairMap(
        *(WIDTH, HEIGHT), around, svg_path(placed[0]), svg_path(placed[1]), start, end, source
    )


def _around(edition: Edition, frame: Frame) -> tuple[str, str]:
    """One path for all the units in sight, of the finest level that is not too many."""
    for level in ("epci", "departement", "region"):
        contours = mesh_contours(edition, level)
        if contours is None:
            continue
        rows = frame.rows_in(contours.bounds)
        if len(rows) <= MOST:
            shapes = frame.placed(contours.shapes_at(frame.detail)[rows])
            return "".join(svg_paths(simplified(shapes))), contours.source
    return "", ""
