"""Which units touch which: an undirected graph in compressed rows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.territory.geography import FloatArray

Index = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Graph:
    """Neighbours of node ``n`` are ``nodes[starts[n]:starts[n + 1]]``, ascending."""

    starts: Index
    nodes: Index

    @property
    def size(self) -> int:
        return len(self.starts) - 1

    def near(self, node: int) -> Index:
        return self.nodes[self.starts[node] : self.starts[node + 1]]

    @property
    def pairs(self) -> tuple[Index, Index]:
        """Both ends of every link, each link both ways."""
        return np.repeat(np.arange(self.size), np.diff(self.starts)), self.nodes

    def merge(self, group: Index, count: int) -> "Graph":
        """Graph of ``count`` groups of the nodes; a negative group drops its nodes."""
        one, other = self.pairs
        kept = (group[one] >= 0) & (group[other] >= 0)
        return link(group[one[kept]], group[other[kept]], count)

    def restrict(self, nodes: Index) -> "Graph":
        """Graph of some of the nodes, renumbered in their order."""
        rank = np.full(self.size, -1, dtype=np.int64)
        rank[nodes] = np.arange(len(nodes))
        return self.merge(rank, len(nodes))


def link(one: Index, other: Index, count: int) -> Graph:
    """Graph of ``count`` nodes from links in any order; loops are dropped."""
    apart = one != other
    one, other = one[apart], other[apart]
    key = np.unique(np.r_[one * count + other, other * count + one])
    starts = np.searchsorted(key, np.arange(count + 1) * count)
    return Graph(starts.astype(np.int64), key % count)


def sum_by(unit: Index, value: FloatArray | Index, count: int = 0) -> FloatArray:
    """Sum of the values of each unit, for at least ``count`` units."""
    return np.bincount(unit, weights=value, minlength=count).astype(np.float64)
