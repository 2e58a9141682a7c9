"""Contiguous territories grown from centres over a graph of neighbours."""

from heapq import heappop, heappush

import numpy as np

from maillage.synth.graph import Graph, Index, sum_by
from maillage.territory.geography import FloatArray


def grow(graph: Graph, xy: FloatArray, centres: Index, reach: FloatArray) -> Index:
    """Owner of each node: the centre whose front, advancing at speed ``reach``, comes first.

    Every territory is connected. Nodes that no front reaches go to the nearest centre.
    """
    owner = np.full(graph.size, -1, dtype=np.int64)
    front = [(0.0, int(node), rank) for rank, node in enumerate(centres)]
    front.sort()
    points, starts, neighbours = xy.tolist(), graph.starts.tolist(), graph.nodes.tolist()
    while front:
        time, node, rank = heappop(front)
        if owner[node] >= 0:
            continue
        owner[node] = rank
        for other in neighbours[starts[node] : starts[node + 1]]:
            if owner[other] < 0:
                step = _distance(points[node], points[other]) / reach[rank]
                heappush(front, (time + step, other, rank))
    for lost in np.flatnonzero(owner < 0):
        owner[lost] = np.argmin(np.hypot(*(xy[centres] - xy[lost]).T))
    return owner


def _distance(one: list[float], other: list[float]) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)


def spread_centres(xy: FloatArray, chosen: Index, count: int) -> Index:
    """Adds to ``chosen`` the nodes farthest from every centre so far, up to ``count`` centres."""
    centres = list(chosen[:count])
    nearest = np.full(len(xy), np.inf)
    for node in centres:
        nearest = np.minimum(nearest, np.hypot(*(xy - xy[node]).T))
    while len(centres) < count:
        node = int(np.argmax(nearest))
        centres.append(node)
        nearest = np.minimum(nearest, np.hypot(*(xy - xy[node]).T))
    return np.array(centres, dtype=np.int64)


def absorb_smallest(graph: Graph, owner: Index, size: FloatArray, count: int) -> Index:
    """Merges the smallest territory into its smallest neighbour until ``count`` are left.

    Returns owners renumbered from 0, in the order of the former numbers.
    """
    total = sum_by(owner, size)
    between = graph.merge(owner, len(total))
    near = [set(between.near(unit).tolist()) for unit in range(between.size)]
    now = np.arange(len(total))
    alive = set(range(len(total)))
    while len(alive) > count:
        small = min(alive, key=lambda unit: (total[unit], unit))
        heir = min(near[small] or alive - {small}, key=lambda unit: (total[unit], unit))
        total[heir] += total[small]
        for unit in near[small]:
            near[unit].discard(small)
        near[heir] = (near[heir] | near[small]) - {heir}
        for unit in near[heir]:
            near[unit].add(heir)
        alive.discard(small)
        now[now == small] = heir
    return np.unique(now[owner], return_inverse=True)[1].astype(np.int64)
