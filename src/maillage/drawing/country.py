"""The map of the country: every unit of a mesh, the overseas ones in insets."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely

from maillage.drawing.contours import Contours, mesh_contours
from maillage.drawing.paths import Drawing, Inset, Place, fitted, projected, simplified, svg_paths
from maillage.engine.edition import Edition

WIDTH = 1000
INSET_WIDTH = 150
GAP = 24

#: True position of what is drawn apart: name, west, south, east, north, in degrees.
OVERSEAS = (
    ("Guadeloupe", -62.0, 15.7, -60.9, 16.6),
    ("Martinique", -61.3, 14.3, -60.7, 15.0),
    ("Guyane", -55.0, 2.0, -51.0, 6.0),
    ("La Réunion", 55.0, -21.5, 56.0, -20.7),
    ("Mayotte", 44.9, -13.1, 45.4, -12.5),
)


@dataclass(frozen=True, eq=False)
class _Group:
    """Places drawn at one scale: their rows, their projected shapes."""

    name: str
    rows: np.ndarray
    shapes: np.ndarray


@lru_cache(maxsize=2)
def country_map(edition: Edition, level: str) -> Drawing | None:
    """Drawn once an edition; None when it has no contours."""
    contours = mesh_contours(edition, level)
    return None if contours is None else draw(contours)


def draw(contours: Contours) -> Drawing:
    """Overseas places are set under the others, each group at its own scale.

    Those that the producer moved beside the mainland stay there, and are named.
    """
    main, *apart = _groups(contours.shapes)
    head = 2 * GAP if any(contours.moved) else 0
    paths, height = _paths(main, 0, head, WIDTH)
    height += head
    insets, top = _named(contours, main, head), height + 2 * GAP
    for rank, group in enumerate(apart):
        left = rank * (INSET_WIDTH + GAP)
        inset_paths, inset_height = _paths(group, left, top, INSET_WIDTH)
        paths |= inset_paths
        insets.append(Inset(group.name, left, top, INSET_WIDTH, inset_height))
        height = max(height, top + inset_height)
    places = (
        Place(contours.ids[row], contours.names[row], paths[row])
        for row in sorted(paths)
        if paths[row]
    )
    return Drawing(WIDTH, int(height), tuple(places), tuple(insets), contours.source)


def _named(contours: Contours, main: _Group, head: float) -> list[Inset]:
    """What was moved beside the mainland, by name."""
    names = np.array(contours.moved or ("",) * len(contours.ids))[main.rows]
    placed, _ = fitted(main.shapes, shapely.total_bounds(main.shapes), 0, head, WIDTH)
    return [
        Inset(str(name), west, north, east - west, south - north)
        for name in np.unique(names[names != ""])
        for west, north, east, south in [shapely.total_bounds(placed[names == name]).tolist()]
    ]


def _paths(group: _Group, left: float, top: float, width: float) -> tuple[dict[int, str], float]:
    """Path of each row, and the height they take."""
    shapes, height = fitted(group.shapes, shapely.total_bounds(group.shapes), left, top, width)
    drawn = svg_paths(simplified(shapes))
    return dict(zip(group.rows.tolist(), drawn, strict=True)), height


def overseas_part(shapes: np.ndarray) -> np.ndarray:
    """Which part of ``OVERSEAS`` each shape is in, -1 for the mainland."""
    middle = shapely.get_coordinates(shapely.point_on_surface(shapes))
    home = np.full(len(shapes), -1)
    for number, (_, west, south, east, north) in enumerate(OVERSEAS):
        inside = (middle >= (west, south)) & (middle <= (east, north))
        home[inside.all(axis=1)] = number
    return home


def _groups(shapes: np.ndarray) -> list[_Group]:
    """What is on the mainland, then each overseas part that has something."""
    home = overseas_part(shapes)
    numbers = [number for number in range(-1, len(OVERSEAS)) if (home == number).any()]
    return [
        _Group(OVERSEAS[number][0] if number >= 0 else "", rows, projected(shapes[rows]))
        for number in numbers
        for rows in [np.flatnonzero(home == number)]
    ]
