"""The units of a mesh on the plane of a country: what an interactive map draws and picks."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely

from maillage.drawing.contours import commune_contours, mesh_contours
from maillage.drawing.paths import svg_paths
from maillage.drawing.plane import Plane, plane
from maillage.engine.edition import Edition
from maillage.territory.geography import FloatArray
from maillage.territory.units import COMMUNE, unit_index

#: Detail that a level can lose, in units of the plane: the larger its units, the less it shows.
TOLERANCE = {COMMUNE: 1.5, "epci": 12.0}
COARSEST = 16.0
PER_CELL = 150  # communes of a cell, were the country a full square
TOWNS = 400  # communes whose names a map may write


@dataclass(frozen=True)
class DrawnUnit:
    """A unit: its path, its box (left, top, right, bottom), and a point of it."""

    id: str
    name: str
    communes: int
    population: float | None
    path: str
    box: tuple[int, int, int, int]
    point: tuple[int, int]


@dataclass(frozen=True)
class Town:
    """A name to write on a map, the most populated first."""

    name: str
    point: tuple[int, int]


@dataclass(frozen=True, eq=False)
class _Placed:
    """Communes that have a contour, on the plane: rows are theirs."""

    nodes: np.ndarray
    shapes: np.ndarray
    points: FloatArray


@lru_cache(maxsize=8)
def layer(edition: Edition, level: str) -> tuple[DrawnUnit, ...]:
    """Every unit of a mesh that has a contour; none for a level without contours."""
    contours, ground = mesh_contours(edition, level), plane(edition)
    if contours is None or ground is None:
        return ()
    tolerance = TOLERANCE.get(level, COARSEST)
    shapes = shapely.coverage_simplify(ground.placed(contours.shapes), tolerance)
    mesh = edition.geography.mesh(level)
    members = [mesh.unit_members(unit) for unit in contours.units]
    return _drawn(edition, contours.ids, contours.names, members, shapes)


def cells(edition: Edition) -> int:
    """Cells on each side of the grid that cuts the communes into loads of like size."""
    return max(1, math.ceil(math.sqrt(edition.geography.n_communes / PER_CELL)))


@lru_cache(maxsize=512)
def cell(edition: Edition, column: int, row: int) -> tuple[DrawnUnit, ...]:
    """Communes whose point lies in a cell of the grid."""
    placed, ground = _placed(edition), plane(edition)
    if placed is None or ground is None:
        return ()
    homes = _cell_of(ground, cells(edition), placed.points)
    rows = np.flatnonzero((homes == (column, row)).all(axis=1))
    index = unit_index(edition.geography)
    units = [index.commune(int(node)) for node in placed.nodes[rows]]
    return _drawn(
        edition,
        [unit.id for unit in units],
        [unit.name for unit in units],
        [unit.communes for unit in units],
        placed.shapes[rows],
    )


@lru_cache(maxsize=2)
def towns(edition: Edition) -> tuple[Town, ...]:
    """The most populated communes that have a contour."""
    placed = _placed(edition)
    if placed is None:
        return ()
    geography = edition.geography
    people = np.nan_to_num(geography.population[placed.nodes])
    first = np.argsort(-people, kind="stable")[:TOWNS]
    return tuple(
        Town(geography.names[placed.nodes[row]], _whole(placed.points[row])) for row in first
    )


@lru_cache(maxsize=1)
def _placed(edition: Edition) -> _Placed | None:
    communes, ground = commune_contours(edition), plane(edition)
    if communes is None or ground is None:
        return None
    nodes = np.flatnonzero([shape is not None for shape in communes])
    shapes = shapely.coverage_simplify(ground.placed(communes[nodes]), TOLERANCE[COMMUNE])
    points = shapely.get_coordinates(shapely.point_on_surface(shapes))
    return _Placed(nodes, shapes, points)


def _cell_of(ground: Plane, sides: int, points: FloatArray) -> np.ndarray:
    """Column and row of each point in a grid of ``sides`` × ``sides``."""
    size = np.array([ground.width / sides, ground.height / sides])
    return np.asarray(np.clip((points // size).astype(int), 0, sides - 1))


def _drawn(
    edition: Edition,
    ids: Sequence[str],
    names: Sequence[str],
    members: Sequence[np.ndarray],
    shapes: np.ndarray,
) -> tuple[DrawnUnit, ...]:
    boxes = np.rint(shapely.bounds(shapes)).astype(int).tolist()
    points = shapely.get_coordinates(shapely.point_on_surface(shapes))
    population, paths = edition.geography.population, svg_paths(shapes)
    people = [float(population[nodes].sum()) for nodes in members]
    return tuple(
        DrawnUnit(
            id=ids[row],
            name=names[row],
            communes=len(members[row]),
            population=None if math.isnan(people[row]) else people[row],
            path=paths[row],
            box=tuple(boxes[row]),
            point=_whole(points[row]),
        )
        for row in range(len(ids))
    )


def _whole(point: FloatArray) -> tuple[int, int]:
    return round(float(point[0])), round(float(point[1]))
