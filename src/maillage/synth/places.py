"""Places: the finest pieces of the country, of which the communes of every vintage are unions."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from maillage.synth.borders import wind
from maillage.synth.graph import Graph, Index, link
from maillage.synth.land import Land
from maillage.synth.scales import stream
from maillage.territory.geography import FloatArray

Cells = npt.NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class Places:
    """``xy`` (n, 2) in metres, ``cells`` the polygons that tile the land, their ``graph`` of
    neighbours, ``mountain`` in [0, 1], and which of them touch the sea or the land border."""

    xy: FloatArray
    cells: Cells
    graph: Graph
    mountain: FloatArray
    coastal: npt.NDArray[np.bool_]
    frontier: npt.NDArray[np.bool_]


def invent_places(land: Land, count: int, seed: int) -> Places:
    """Tiles the land with ``count`` Voronoi cells clipped to it."""
    xy = _scatter(land, count, seed)
    cells = _clip(
        shapely.voronoi_polygons(shapely.MultiPoint(xy), extend_to=land.outline, ordered=True), land
    )
    cell, start, end = _edges(cells)
    graph, outer = _neighbours(cell, start, end, len(xy))
    middle = (start[outer] + end[outer]) / 2
    border = land.faces_border(middle)
    return Places(
        xy=xy,
        cells=wind(cells, seed),
        graph=graph,
        mountain=land.mountain(xy),
        coastal=_touched(cell[outer][~border], len(xy)),
        frontier=_touched(cell[outer][border], len(xy)),
    )


def _scatter(land: Land, count: int, seed: int) -> FloatArray:
    """Points of a shaken hexagonal grid that fall on land, thinned at random to ``count``."""
    rng = stream(seed, "places")
    step = np.sqrt(land.outline.area / count / 0.866) * 0.985
    west, south, east, north = land.outline.bounds
    rows = np.arange(south, north, step * 0.866)
    columns = np.arange(west, east, step)
    x, y = np.meshgrid(columns, rows)
    x = x + (np.arange(len(rows)) % 2)[:, None] * step / 2
    xy = np.c_[x.ravel(), y.ravel()] + rng.uniform(-0.42, 0.42, (x.size, 2)) * step
    xy = xy[shapely.contains_xy(land.outline, xy[:, 0], xy[:, 1])]
    if len(xy) < count:
        raise ValueError(f"grid too coarse: {len(xy)} points for {count} places")
    return np.asarray(np.round(xy[np.sort(rng.permutation(len(xy))[:count])]))


def _clip(voronoi: shapely.GeometryCollection, land: Land) -> Cells:
    """Cells cut at the outline, on a grid of one metre so that neighbours share their edges."""
    cells = shapely.get_parts(voronoi)
    shapely.prepare(land.outline)
    outside = ~shapely.contains_properly(land.outline, cells)
    cells[outside] = shapely.intersection(cells[outside], land.outline)
    return np.asarray(shapely.set_precision(cells, 1.0, mode="pointwise"))


def _edges(cells: Cells) -> tuple[Index, FloatArray, FloatArray]:
    """Every side of every cell: the cell, and both ends of shape (edges, 2)."""
    parts, owner = shapely.get_parts(cells, return_index=True)
    xy, ring = shapely.get_coordinates(shapely.get_exterior_ring(parts), return_index=True)
    inside = ring[1:] == ring[:-1]
    return owner[ring[1:][inside]], xy[:-1][inside], xy[1:][inside]


def _neighbours(
    cell: Index, start: FloatArray, end: FloatArray, count: int
) -> tuple[Graph, npt.NDArray[np.bool_]]:
    """Graph of the cells that share a side, and which sides are on the outline."""
    ends = np.stack([start, end])
    swap = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    low, high = np.where(swap[:, None], ends[1], ends[0]), np.where(swap[:, None], ends[0], ends[1])
    side = np.unique(np.c_[low, high], axis=0, return_inverse=True)[1].ravel()
    order = np.argsort(side, kind="stable")
    twin = side[order][1:] == side[order][:-1]
    one, other = cell[order][:-1][twin], cell[order][1:][twin]
    outer = np.bincount(side)[side] == 1
    return link(one, other, count), outer


def _touched(cell: Index, count: int) -> npt.NDArray[np.bool_]:
    return np.bincount(cell, minlength=count) > 0
