"""Winding borders: straight sides of a tiling bent alike on both sides of each."""

import numpy as np
import numpy.typing as npt
import shapely

from maillage.territory.geography import FloatArray

Cells = npt.NDArray[np.object_]
BEND = 0.11  # of the length of a side, at most
LEVELS = 2  # each doubles the number of sides


def wind(cells: Cells, seed: int) -> Cells:
    """Bends every side shared by two cells; sides on the outline stay as they are.

    Sides of a cell whose bent border would cross itself or a neighbour's are left straight.
    """
    straight = np.zeros(len(cells), dtype=bool)
    while True:
        bent = cells
        for level in range(LEVELS):
            bent = _bend_once(bent, straight, np.random.default_rng([seed, level]))
        crossing = ~shapely.is_valid(bent) | ~shapely.is_empty(shapely.coverage_invalid_edges(bent))
        if not crossing.any():
            return bent
        straight |= crossing


def _bend_once(cells: Cells, straight: npt.NDArray[np.bool_], rng: np.random.Generator) -> Cells:
    parts, owner = shapely.get_parts(cells, return_index=True)
    xy, ring = shapely.get_coordinates(shapely.get_exterior_ring(parts), return_index=True)
    inside = ring[1:] == ring[:-1]
    ring, start, end = ring[:-1][inside], xy[:-1][inside], xy[1:][inside]
    middle = _middles(start, end, straight[owner[ring]], rng)
    points = np.stack([start, middle], axis=1).reshape(-1, 2)
    polygons = shapely.polygons(shapely.linearrings(points, indices=np.repeat(ring, 2)))
    order = np.searchsorted(owner, np.arange(len(cells) + 1))
    bent = polygons[order[:-1]]
    for cell in np.flatnonzero(np.diff(order) > 1):
        bent[cell] = shapely.multipolygons(polygons[order[cell] : order[cell + 1]])
    return np.asarray(bent)


def _middles(
    start: FloatArray, end: FloatArray, straight: npt.NDArray[np.bool_], rng: np.random.Generator
) -> FloatArray:
    """Middle of each side, moved across it by the same draw for both cells that share it."""
    forward = (start[:, 0] < end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] < end[:, 1]))
    low = np.where(forward[:, None], start, end)
    high = np.where(forward[:, None], end, start)
    _, side, count = np.unique(np.c_[low, high], axis=0, return_inverse=True, return_counts=True)
    side = side.ravel()
    bend = rng.uniform(-BEND, BEND, len(count)) * (count == 2)
    bend[side[straight]] = 0
    along = high - low
    across = np.c_[-along[:, 1], along[:, 0]]
    return np.asarray(np.round((low + high) / 2 + across * bend[side][:, None]))
