"""Where a territory is: its shape among the units around it."""

from functools import lru_cache

import numpy as np
import shapely

from maillage.drawing.contours import Contours, commune_contours, mesh_contours
from maillage.drawing.frames import Frame, frame_around
from maillage.drawing.paths import Drawing, Place, simplified, svg_path, svg_paths
from maillage.engine.edition import Edition
from maillage.territory.perimeter import Perimeter, parse_perimeter

WIDTH = 480
HEIGHT = 360
MARGIN = 1.9  # size of the window, in sizes of the territory
SMALLEST = 0.4  # degrees of latitude, the window of a small commune
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
    frame = frame_around(shapely.bounds(here), WIDTH, HEIGHT, margin=MARGIN, smallest=SMALLEST)
    contours = _around(edition, frame)
    places = [] if contours is None else _places(contours, frame, id)
    [shape] = simplified(frame.placed(np.array([here])))
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


def _around(edition: Edition, frame: Frame) -> Contours | None:
    found = [c for level in AROUND if (c := mesh_contours(edition, level)) is not None]
    return next((c for c in found if len(frame.rows_in(c.bounds)) <= MOST), None)


def _places(contours: Contours, frame: Frame, id: str) -> list[Place]:
    rows = [row for row in frame.rows_in(contours.bounds) if contours.ids[row] != id]
    paths = svg_paths(simplified(frame.placed(contours.shapes_at(frame.detail)[rows])))
    return [
        Place(contours.ids[row], contours.names[row], path)
        for row, path in zip(rows, paths, strict=True)
        if path
    ]
