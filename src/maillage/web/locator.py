"""Where a territory is: its shape among the units around it."""

from functools import lru_cache

import numpy as np
import shapely

from maillage.engine.edition import Edition
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import Perimeter, parse_perimeter
from maillage.web.contours import Contours, commune_contours, mesh_contours
from maillage.web.paths import Drawing, Place, fitted, projection, simplified, svg_path

WIDTH = 480
HEIGHT = 360
MARGIN = 1.9  # size of the window, in sizes of the territory
SMALLEST = 0.4  # degrees of latitude, the window of a small commune
_POLYGON = 3  # in the numbers of shapely.get_type_id
#: What is drawn around: the finest level that has at most ``MOST`` units in the window.
AROUND = ("epci", "departement", "region")
MOST = 150


@lru_cache(maxsize=256)
def locator_map(edition: Edition, id: str) -> Drawing | None:
    """The territory, marked ``here`` and drawn last; None when it has no contour."""
    perimeter = parse_perimeter(id, edition.geography)
    here = territory_shape(edition, perimeter)
    if here is None:
        return None
    window = _window(shapely.bounds(here))
    contours = _around(edition, window)
    places = [] if contours is None else _places(contours, window, id)
    [shape] = simplified(_placed(np.array([here]), window))
    own = Place(id, perimeter.name, svg_path(shape), here=True)
    source = "" if contours is None else contours.source
    return Drawing(WIDTH, HEIGHT, (*places, own), (), source)


def territory_shape(edition: Edition, perimeter: Perimeter) -> shapely.Geometry | None:
    """In degrees: the contour of a known unit, else the union of its communes’."""
    contours = mesh_contours(edition, perimeter.level) if perimeter.level in AROUND else None
    if contours is not None and perimeter.id in contours.ids:
        return contours.shapes[contours.ids.index(perimeter.id)]
    communes = commune_contours(edition)
    if communes is None:
        return None
    known = [shape for shape in communes[perimeter.communes] if shape is not None]
    return shapely.union_all(known) if known else None


def _window(bounds: FloatArray) -> FloatArray:
    """West, south, east, north of what is shown, in the proportions of the drawing."""
    west, south, east, north = bounds
    middle, centre = (south + north) / 2, (west + east) / 2
    degree = np.cos(np.radians(middle))  # of longitude, one of latitude being 1
    across = (east - west) * degree * HEIGHT / WIDTH
    height = max(MARGIN * max(north - south, across), SMALLEST)
    width = height * WIDTH / HEIGHT / degree
    west, south = centre - width / 2, middle - height / 2
    return np.array([west, south, west + width, south + height])


def _around(edition: Edition, window: FloatArray) -> Contours | None:
    found = [c for level in AROUND if (c := mesh_contours(edition, level)) is not None]
    return next((c for c in found if len(_rows_in(c, window)) <= MOST), None)


def _rows_in(contours: Contours, window: FloatArray) -> np.ndarray:
    after_start = contours.bounds[:, 2:] >= window[:2]
    before_end = contours.bounds[:, :2] <= window[2:]
    return np.flatnonzero((after_start & before_end).all(axis=1))


def _places(contours: Contours, window: FloatArray, id: str) -> list[Place]:
    rows = [row for row in _rows_in(contours, window) if contours.ids[row] != id]
    shapes = simplified(_placed(contours.shapes[rows], window))
    paths = [svg_path(shape) for shape in shapes]
    return [
        Place(contours.ids[row], contours.names[row], path)
        for row, path in zip(rows, paths, strict=True)
        if path
    ]


def _placed(shapes: np.ndarray, window: FloatArray) -> np.ndarray:
    """Cut to the window and put where the drawing has them."""
    project = projection(window)
    frame = shapely.total_bounds(shapely.transform(shapely.box(*window), project))
    cut = np.array([_surface(shape) for shape in shapely.clip_by_rect(shapes, *window)])
    return fitted(shapely.transform(cut, project), frame, 0, 0, WIDTH)[0]


def _surface(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """What has an area: cutting leaves lines and points where shapes only touch the edge."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == _POLYGON])
