"""What the battery reads: the margins and partner vectors of one or of many territories.

Notation of the field: O leaves or stays, D arrives or stays, I stays, X = O - I goes out,
N = D - I comes in. The leading axes are free, so one formula serves a single territory
(partners on the last axis) and a whole mesh at once (territory, partner).
"""

from dataclasses import dataclass

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
