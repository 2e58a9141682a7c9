"""What the battery reads: the margins and partner vectors of one or of many territories.

Notation of the field: O leaves or stays, D arrives or stays, I stays, X = O - I goes out,
N = D - I comes in. The leading axes are free, so one formula serves a single territory
(partners on the last axis) and a whole mesh at once (territory, partner).
"""

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from maillage.territory.geography import FloatArray


@dataclass(frozen=True, eq=False)
class FlowProfile:
    """Exchanges of territories with partners taken in the complement of each.

    Shapes: ``internal, origins, destinations`` are (...), ``outgoing, incoming`` are
    (..., partners) and sum to X and N; a territory's own cell, if it has a column, holds 0.
    """

    internal: FloatArray
    origins: FloatArray
    destinations: FloatArray
    outgoing: FloatArray
    incoming: FloatArray

    @property
    def out_total(self) -> FloatArray:
        return self.origins - self.internal

    @property
    def in_total(self) -> FloatArray:
        return self.destinations - self.internal

    @classmethod
    def of_matrix(cls, matrix: FloatArray, n_units: int | None = None) -> "FlowProfile":
        """Every unit of a mesh at once, from its square matrix (origin, destination).

        The first ``n_units`` rows are the units; further ones are cells outside, partners only.
        """
        n = len(matrix) if n_units is None else n_units
        outgoing, incoming = matrix[:n].copy(), matrix[:, :n].T.copy()
        internal = matrix.diagonal()[:n].copy()
        origins, destinations = outgoing.sum(axis=1), incoming.sum(axis=1)
        np.fill_diagonal(outgoing, 0)
        np.fill_diagonal(incoming, 0)
        return cls(internal, origins, destinations, outgoing, incoming)

    def summed(self) -> "FlowProfile":
        """The sum over the first axis: years pooled, or numerators and denominators of a type."""
        return self._each(lambda array: np.asarray(array.sum(axis=0)))

    def take(self, rows: npt.NDArray[np.intp]) -> "FlowProfile":
        """The same for some entries of the first axis."""
        return self._each(lambda array: array[rows])

    def _each(self, change: Callable[[FloatArray], FloatArray]) -> "FlowProfile":
        return FlowProfile(**{f.name: change(getattr(self, f.name)) for f in fields(self)})
