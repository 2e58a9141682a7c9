"""Where partners are on the ground: their true contours, and the middle of their inhabitants."""

import numpy as np
import shapely

from maillage.engine.edition import Edition
from maillage.observatory.places import centre, unit_centres
from maillage.territory.geography import FloatArray, IntArray
from maillage.territory.perimeter import Perimeter
from maillage.territory.units import COMMUNE

Shapes = dict[str, shapely.Geometry]
_POLYGON = 3  # in the numbers of shapely.get_type_id


def contours_of(edition: Edition, level: str, codes: list[str]) -> Shapes:
    """In degrees, by code, of the units that have one. Those that the producer drew beside the
    mainland are left out: they are not there."""
    if level in edition.manifest["geometry"]:
        drawn = _drawn(edition, level)
        return {code: drawn[code] for code in codes if code in drawn}
    if COMMUNE not in edition.manifest["geometry"] or level == COMMUNE:
        return {}
    mesh, communes = edition.geography.mesh(level), _drawn(edition, COMMUNE)
    units = {code: mesh.index[code] for code in codes if code in mesh.index}
    unions = {c: _union(edition, communes, mesh.unit_members(u)) for c, u in units.items()}
    return {code: shape for code, shape in unions.items() if shape is not None}


def contour_of(edition: Edition, perimeter: Perimeter) -> shapely.Geometry | None:
    """In degrees: that of the known unit, else the union of its communes’."""
    levels = edition.manifest["geometry"]
    if perimeter.level in levels:
        code = perimeter.id
        if perimeter.level != COMMUNE:
            code = code.removeprefix(edition.geography.mesh(perimeter.level).prefix)
        found = contours_of(edition, perimeter.level, [code]).get(code)
        if found is not None:
            return found
    if COMMUNE not in levels:
        return None
    return _union(edition, _drawn(edition, COMMUNE), perimeter.communes)


def middles_of(edition: Edition, level: str, codes: list[str]) -> dict[str, FloatArray]:
    """Longitude and latitude by code, true everywhere; units without a place are left out."""
    geography = edition.geography
    if level == COMMUNE:
        index = geography.index
        places = np.column_stack([geography.lon, geography.lat])
    else:
        index = geography.mesh(level).index
        places = unit_centres(edition, level)
    known = {
        code: places[index[code]] for code in codes if index.get(code, len(places)) < len(places)
    }
    return {code: place for code, place in known.items() if not np.isnan(place).any()}


def middle_of(edition: Edition, perimeter: Perimeter) -> FloatArray:
    """Longitude and latitude, NaN where no member has a place."""
    return np.array(centre(edition.geography, perimeter.communes))


def _drawn(edition: Edition, level: str) -> Shapes:
    shapes = edition.geometry(level)
    moved = set(shapes.inset)
    kept = [row for row, code in enumerate(shapes.codes) if code not in moved]
    parsed = shapely.from_wkb([shapes.shapes[row] for row in kept])
    return {shapes.codes[row]: shape for row, shape in zip(kept, parsed, strict=True)}


def _union(edition: Edition, drawn: Shapes, communes: IntArray) -> shapely.Geometry | None:
    codes = edition.geography.codes
    known = [drawn[codes[node]] for node in communes if codes[node] in drawn]
    return _surface(shapely.union_all(known)) if known else None


def _surface(shape: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(shape)
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == _POLYGON])
