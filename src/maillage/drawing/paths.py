"""From contours in degrees to SVG paths: projection, scale, simplification, text."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely

from maillage.territory.geography import FloatArray

TOLERANCE = 1.1  # width of what simplification may lose, in units of the drawing
SMALLEST = 3.0  # area under which an island is left out, unless it is all there is


@dataclass(frozen=True)
class Place:
    """A unit of a map: what it is called, its path, whether it is the one spoken of."""

    id: str
    name: str
    path: str
    here: bool = False


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


def projected(shapes: np.ndarray) -> np.ndarray:
    """On a plane centred on themselves: see ``projection``."""
    project = projection(shapely.total_bounds(shapes))
    return np.asarray(shapely.transform(shapes, project))


def projection(bounds: FloatArray) -> Callable[[FloatArray], FloatArray]:
    """From degrees to Earth radii around the middle of ``bounds`` (west, south, east, north).

    Lambert azimuthal equal-area on the sphere (Snyder, Map Projections: A Working Manual, 1987,
    eq. 24-2 to 24-4); southwards positive, as on screens. Fit to draw, not to measure.
    """
    west, south, east, north = np.radians(bounds)
    middle, centre = (south + north) / 2, (west + east) / 2

    def project(points: FloatArray) -> FloatArray:
        lon, lat = np.radians(points[:, 0]) - centre, np.radians(points[:, 1])
        towards = np.cos(lat) * np.cos(lon)
        apart = 1 + np.sin(middle) * np.sin(lat) + np.cos(middle) * towards
        x = np.cos(lat) * np.sin(lon)
        y = np.cos(middle) * np.sin(lat) - np.sin(middle) * towards
        return np.asarray(np.sqrt(2 / apart)[:, None] * np.column_stack([x, -y]))

    return project


def fitted(
    shapes: np.ndarray, bounds: FloatArray, left: float, top: float, width: float
) -> tuple[np.ndarray, float]:
    """Scaled so that ``bounds`` take that width, and placed; the height they take beside."""
    west, north, east, south = bounds
    scale = width / (east - west)
    placed = shapely.transform(
        shapes, lambda points: (points - (west, north)) * scale + (left, top)
    )
    return placed, float((south - north) * scale)


def simplified(shapes: np.ndarray) -> np.ndarray:
    """Without the details no one sees; neighbours still touch."""
    return np.asarray(shapely.coverage_simplify(shapes, TOLERANCE))


def svg_path(shape: shapely.Geometry) -> str:
    """The ``d`` of a polygon or multipolygon: whole coordinates, relative moves."""
    return svg_paths(np.array([shape], dtype=object))[0]


def svg_paths(shapes: np.ndarray) -> list[str]:
    """The same for several at once, many times quicker than one by one."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    areas = shapely.area(parts)
    largest = np.zeros(len(shapes))
    np.maximum.at(largest, owner, areas)
    kept = (areas >= SMALLEST) | (areas == largest[owner])
    rings, part = shapely.get_rings(parts[kept], return_index=True)
    paths = [""] * len(shapes)
    for home, path in zip(owner[kept][part].tolist(), _ring_paths(rings), strict=True):
        paths[home] += path
    return paths


def _ring_paths(rings: np.ndarray) -> list[str]:
    """Empty for a ring that whole coordinates make a point or a line back and forth."""
    if not len(rings):
        return []
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    points = np.rint(coordinates).astype(int)
    first = np.searchsorted(ring, np.arange(len(rings)))
    moves = np.diff(points, axis=0)
    # A move stays in its ring; the last one of each, back to where it starts, is what « z » says.
    last = np.append(first[1:], len(points)) - 2
    told = (ring[1:] == ring[:-1]) & moves.any(axis=1)
    told[last] = False
    texts = [f"{x} {y}" for x, y in moves[told].tolist()]
    ends = np.cumsum(np.bincount(ring[:-1][told], minlength=len(rings))).tolist()
    starts, found = points[first].tolist(), []
    for number, (begin, end) in enumerate(zip([0, *ends], ends, strict=False)):
        drawn = " ".join(texts[begin:end]).replace(" -", "-")
        x, y = starts[number]
        found.append(f"M{x} {y}l{drawn}z" if end - begin >= 2 else "")
    return found
