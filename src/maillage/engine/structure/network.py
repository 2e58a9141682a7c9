"""The links of a system of territories: what goes from one to another, inner flows removed."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from maillage.engine.matrix import SparseRows
from maillage.territory.geography import FloatArray

NodeArray = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Network:
    """Links of positive weight, sorted by (origin, destination), none from a node to itself."""

    n: int
    origin: NodeArray
    destination: NodeArray
    weight: FloatArray

    @classmethod
    def of_matrix(cls, flows: FloatArray) -> "Network":
        """From a square matrix (origin, destination)."""
        origin, destination = np.nonzero(flows)
        return cls._between(len(flows), origin, destination, flows[origin, destination])

    @classmethod
    def of_rows(cls, rows: SparseRows, n: int) -> "Network":
        """From the rows by origin of a flow, first ``n`` nodes only (the communes)."""
        origin = np.repeat(np.arange(n), np.diff(rows.start[: n + 1]))
        cells = slice(rows.start[0], rows.start[n])
        destination = rows.node[cells].astype(np.intp)
        inside = (destination < n) & (rows.weight[cells] > 0)
        return cls._between(n, origin[inside], destination[inside], rows.weight[cells][inside])

    @classmethod
    def _between(
        cls, n: int, origin: NodeArray, destination: NodeArray, weight: FloatArray
    ) -> "Network":
        moves = origin != destination
        return cls(n, origin[moves], destination[moves], weight[moves])

    @cached_property
    def out_degree(self) -> NodeArray:
        """Number of links that leave each node."""
        return np.bincount(self.origin, minlength=self.n)

    @cached_property
    def in_degree(self) -> NodeArray:
        """Number of links that reach each node."""
        return np.bincount(self.destination, minlength=self.n)

    @cached_property
    def out_strength(self) -> FloatArray:
        """All that leaves each node."""
        return _sums(self.origin, self.weight, self.n)

    @cached_property
    def in_strength(self) -> FloatArray:
        """All that reaches each node."""
        return _sums(self.destination, self.weight, self.n)

    @cached_property
    def strongest_first(self) -> NodeArray:
        """Link numbers, origin after origin, heaviest link first; ties by destination."""
        return np.lexsort((self.destination, -self.weight, self.origin))

    @cached_property
    def starts(self) -> NodeArray:
        """Links of node ``i`` are ``starts[i]:starts[i + 1]``, in either order."""
        return np.concatenate(([0], np.cumsum(self.out_degree)))

    def heaviest(self, counts: NodeArray) -> NodeArray:
        """Numbers of the links each origin keeps: its ``counts`` heaviest, and any as heavy."""
        keeps = np.flatnonzero(counts)
        least = np.full(self.n, np.inf)
        least[keeps] = self.weight[self.strongest_first[self.starts[keeps] + counts[keeps] - 1]]
        return np.flatnonzero(self.weight >= least[self.origin])


def _sums(node: NodeArray, weight: FloatArray, n: int) -> FloatArray:
    return np.bincount(node, weights=weight, minlength=n).astype(np.float64)
