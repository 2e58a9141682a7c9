"""Maps as SVG paths: contours of an edition, projected, simplified together, overseas in insets."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from pyproj import Transformer

from maillage.engine.edition import Edition
from maillage.territory.geography import FloatArray

WIDTH = 1000
INSET_WIDTH = 150
GAP = 24
TOLERANCE = 1.1  # width of what simplification may lose, in units of the drawing
SMALLEST = 3.0  # area under which an island is left out, unless it is all there is

#: True position of what is drawn apart: name, west, south, east, north, in degrees.
OVERSEAS = (
    ("Guadeloupe", -62.0, 15.7, -60.9, 16.6),
    ("Martinique", -61.3, 14.3, -60.7, 15.0),
    ("Guyane", -55.0, 2.0, -51.0, 6.0),
    ("La Réunion", 55.0, -21.5, 56.0, -20.7),
    ("Mayotte", 44.9, -13.1, 45.4, -12.5),
)


@dataclass(frozen=True)
class Place:
    """A unit of the map: what it is called, and its path."""

    id: str
    name: str
    path: str


@dataclass(frozen=True)
class Inset:
    """A frame that holds places drawn at another scale, away from where they are."""

    name: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Drawing:
    """A whole map, in a box of ``width`` × ``height`` units."""

    width: int
    height: int
    places: tuple[Place, ...]
    insets: tuple[Inset, ...]
    source: str


@dataclass(frozen=True, eq=False)
class _Group:
    """Places drawn at one scale: their rows, their projected shapes."""

    name: str
    rows: np.ndarray
    shapes: np.ndarray


@lru_cache(maxsize=4)
def country_map(edition: Edition, level: str) -> Drawing | None:
    """Every unit of a mesh, drawn once an edition; None when it has no contours."""
    if level not in edition.manifest["geometry"]:
        return None
    contours = edition.geometry(level)
    mesh = edition.geography.mesh(level)
    names = [mesh.names[mesh.index[code]] if code in mesh.index else "" for code in contours.codes]
    known = [row for row, name in enumerate(names) if name]
    return draw(
        [contours.codes[row] for row in known],
        [names[row] for row in known],
        shapely.from_wkb([contours.shapes[row] for row in known]),
        contours.source,
    )


def draw(ids: Sequence[str], names: Sequence[str], shapes: np.ndarray, source: str) -> Drawing:
    """A map of polygons given in degrees, the overseas ones in insets under the others."""
    main, *apart = _groups(shapes)
    shapes, height = _fitted(main.shapes, 0, 0, WIDTH)
    paths = dict(zip(main.rows, map(svg_path, shapes), strict=True))
    insets, top = [], height + 2 * GAP
    for rank, group in enumerate(apart):
        left = rank * (INSET_WIDTH + GAP)
        shapes, inset_height = _fitted(group.shapes, left, top, INSET_WIDTH)
        paths |= dict(zip(group.rows, map(svg_path, shapes), strict=True))
        insets.append(Inset(group.name, left, top, INSET_WIDTH, inset_height))
        height = max(height, top + inset_height)
    places = [Place(ids[row], names[row], paths[row]) for row in sorted(paths) if paths[row]]
    return Drawing(WIDTH, int(height), tuple(places), tuple(insets), source)


def svg_path(shape: shapely.Geometry) -> str:
    """The ``d`` of a polygon or multipolygon: whole coordinates, relative moves."""
    parts = shapely.get_parts(shape)
    areas = shapely.area(parts)
    kept = parts[(areas >= SMALLEST) | (areas == areas.max(initial=0))]
    return "".join(_ring_path(ring) for part in kept for ring in shapely.get_rings(part))


def _ring_path(ring: shapely.Geometry) -> str:
    points = np.rint(shapely.get_coordinates(ring)).astype(int)[:-1]
    moves = np.diff(points, axis=0)
    moves = moves[moves.any(axis=1)]
    if len(moves) < 2:
        return ""
    start = "M{} {}l".format(*points[0])
    return start + " ".join(f"{x} {y}" for x, y in moves).replace(" -", "-") + "z"


def _groups(shapes: np.ndarray) -> list[_Group]:
    """What is on the mainland, then each overseas part that has something."""
    middle = shapely.get_coordinates(shapely.point_on_surface(shapes))
    home = np.full(len(shapes), -1)
    for number, (_, west, south, east, north) in enumerate(OVERSEAS):
        inside = (middle >= (west, south)) & (middle <= (east, north))
        home[inside.all(axis=1)] = number
    numbers = [number for number in range(-1, len(OVERSEAS)) if (home == number).any()]
    return [
        _Group(OVERSEAS[number][0] if number >= 0 else "", rows, _projected(shapes[rows]))
        for number in numbers
        for rows in [np.flatnonzero(home == number)]
    ]


def _projected(shapes: np.ndarray) -> np.ndarray:
    """In metres, equal areas, centred on themselves, southwards positive as screens are."""
    west, south, east, north = shapely.total_bounds(shapes)
    centre = f"+proj=laea +lon_0={(west + east) / 2} +lat_0={(south + north) / 2}"
    to_metres = Transformer.from_crs("EPSG:4326", centre, always_xy=True)

    def project(points: FloatArray) -> FloatArray:
        x, y = to_metres.transform(points[:, 0], points[:, 1])
        return np.column_stack([x, -y])

    return np.asarray(shapely.transform(shapes, project))


def _fitted(shapes: np.ndarray, left: float, top: float, width: float) -> tuple[np.ndarray, float]:
    """Scaled to a width, placed, simplified together so that neighbours still touch."""
    west, north, east, south = shapely.total_bounds(shapes)
    scale = width / (east - west)
    placed = shapely.transform(
        shapes, lambda points: (points - (west, north)) * scale + (left, top)
    )
    return shapely.coverage_simplify(placed, TOLERANCE), (south - north) * scale
