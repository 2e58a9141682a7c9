"""Things that are in communes, as points on the outline of the communes they touch."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from maillage.drawing.contours import mesh_contours
from maillage.drawing.frames import Frame, frame_around
from maillage.drawing.paths import Place, simplified, svg_paths
from maillage.engine.edition import Edition

WIDTH, HEIGHT = 640, 480
MARGIN = 1.6
SMALLEST = 0.35  # degrees of latitude
AROUND = ("epci", "departement")
MOST = 150
RADIUS = 9.0


@dataclass(frozen=True)
class Spot:
    """A commune and the ids of what is there; larger where there is more."""

    x: float
    y: float
    radius: float
    commune: str
    name: str
    ids: tuple[int, ...]


@dataclass(frozen=True)
class Points:
    """``places`` are outlines around the spots."""

    width: int
    height: int
    places: tuple[Place, ...]
    spots: tuple[Spot, ...]
    source: str


def points_map(edition: Edition, where: Mapping[int, Sequence[str]]) -> Points | None:
    """``where``: codes of the communes of each id. None when none of them has a known place."""
    geography = edition.geography
    here: dict[int, list[int]] = defaultdict(list)
    for id, codes in where.items():
        for code in codes:
            node = geography.index.get(code)
            if node is not None and np.isfinite(geography.lon[node]):
                here[node].append(id)
    if not here:
        return None
    nodes = sorted(here)
    seats = shapely.points(geography.lon[nodes], geography.lat[nodes])
    bounds = shapely.total_bounds(seats)
    frame = frame_around(bounds, WIDTH, HEIGHT, margin=MARGIN, smallest=SMALLEST)
    placed = frame.points(seats)
    spots = tuple(
        Spot(
            x=float(shapely.get_x(point)),
            y=float(shapely.get_y(point)),
            radius=RADIUS * len(here[node]) ** 0.5,
            commune=geography.codes[node],
            name=geography.names[node],
            ids=tuple(here[node]),
        )
        for node, point in zip(nodes, placed, strict=True)
    )
    places, source = _outlines(edition, frame)
    return Points(WIDTH, HEIGHT, places, spots, source)


def _outlines(edition: Edition, frame: Frame) -> tuple[tuple[Place, ...], str]:
    for level in AROUND:
        contours = mesh_contours(edition, level)
        if contours is None:
            continue
        rows = frame.rows_in(contours.bounds)
        if 0 < len(rows) <= MOST:
            shapes = frame.placed(contours.shapes_at(frame.detail)[rows])
            places = (
                Place(contours.ids[row], contours.names[row], path)
                for row, path in zip(rows, svg_paths(simplified(shapes)), strict=True)
            )
            return tuple(place for place in places if place.path), contours.source
    return (), ""
