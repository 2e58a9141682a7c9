"""One plane on which a whole country can be moved over and zoomed, overseas parts below it.

Coordinates are whole numbers, some tens of metres each for the mainland of France, so that
contours of any mesh meet and travel as short texts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely

from maillage.drawing.contours import commune_contours, mesh_contours
from maillage.drawing.country import OVERSEAS, overseas_part
from maillage.drawing.paths import Inset, projection
from maillage.engine.edition import Edition
from maillage.territory.geography import FloatArray
from maillage.territory.units import COMMUNE

WIDTH = 20_000
INSET_WIDTH = 2_800
GAP = 500
#: Levels that one may choose from, one at a time; communes when near enough.
LAYERS = ("epci", "departement", "region")


@dataclass(frozen=True, eq=False)
class Part:
    """A part of the country and how degrees are put on the plane there."""

    number: int  # in ``OVERSEAS``, -1 for the mainland
    put: Callable[[FloatArray], FloatArray]
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, eq=False)
class Plane:
    """The parts of a country, the mainland first, in a box of ``width`` × ``height``."""

    width: int
    height: int
    parts: tuple[Part, ...]

    def placed(self, shapes: np.ndarray) -> np.ndarray:
        """Contours in degrees, put on the plane."""
        placed, home = shapes.copy(), overseas_part(shapes)
        for part in self.parts:
            rows = home == part.number
            placed[rows] = shapely.transform(shapes[rows], part.put)
        return placed


def insets(edition: Edition) -> list[Inset]:
    """Frames of the parts drawn away from where they are, by us or by the producer."""
    ground = plane(edition)
    if ground is None:
        return []
    ours = [
        Inset(OVERSEAS[part.number][0], part.left, part.top, part.width, part.height)
        for part in ground.parts
        if part.number >= 0
    ]
    return [*ours, *_moved(edition, ground)]


def _moved(edition: Edition, ground: Plane) -> list[Inset]:
    """Those that the producer drew beside the mainland, from north to south."""
    found = (mesh_contours(edition, level) for level in layers(edition) if level != COMMUNE)
    contours = next((one for one in found if one is not None and any(one.moved)), None)
    if contours is None:
        return []
    names = np.array(contours.moved)
    boxes = [
        (str(name), *shapely.total_bounds(ground.placed(contours.shapes[names == name])).tolist())
        for name in np.unique(names[names != ""])
    ]
    return [
        Inset(name, left, top, right - left, bottom - top)
        for name, left, top, right, bottom in sorted(boxes, key=lambda box: box[2])
    ]


@lru_cache(maxsize=2)
def plane(edition: Edition) -> Plane | None:
    """None when the edition has no contour."""
    shapes = _shapes(edition)
    if shapes is None or not len(shapes):
        return None
    home = overseas_part(shapes)
    mainland = _part(shapes[home == -1], -1, 0, 0, WIDTH) if (home == -1).any() else None
    below = mainland.height + GAP if mainland else 0.0
    apart = [number for number in range(len(OVERSEAS)) if (home == number).any()]
    insets = [
        _part(shapes[home == number], number, rank * (INSET_WIDTH + GAP), below, INSET_WIDTH)
        for rank, number in enumerate(apart)
    ]
    parts = (*((mainland,) if mainland else ()), *insets)
    height = max(part.top + part.height for part in parts)
    return Plane(WIDTH, int(np.ceil(height)), parts)


def layers(edition: Edition) -> list[str]:
    """Levels that have contours, those that one may choose from; communes last."""
    known = {mesh.level for mesh in edition.geography.meshes} | {COMMUNE}
    drawn = edition.manifest["geometry"]
    return [level for level in (*LAYERS, COMMUNE) if level in drawn and level in known]


def _shapes(edition: Edition) -> np.ndarray | None:
    communes = commune_contours(edition)
    if communes is not None:
        return communes[[shape is not None for shape in communes]]
    contours = next((mesh_contours(edition, level) for level in layers(edition)), None)
    return None if contours is None else contours.shapes


def _part(shapes: np.ndarray, number: int, left: float, top: float, width: float) -> Part:
    project = projection(shapely.total_bounds(shapes))
    west, north, east, south = shapely.total_bounds(shapely.transform(shapes, project))
    scale = width / (east - west)

    def put(points: FloatArray) -> FloatArray:
        return np.asarray((project(points) - (west, north)) * scale + (left, top))

    return Part(number, put, left, top, width, (south - north) * scale)
