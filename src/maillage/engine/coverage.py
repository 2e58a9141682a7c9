"""What of a territory's exchanges a file can see, given what the file covers."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from maillage.engine.dataset import Coverage, Scope, Universe
from maillage.engine.partners import Partners
from maillage.territory.geography import IntArray


@dataclass(frozen=True)
class FlowCoverage:
    """Coverage of the three figures of a territory; ``labels`` names the scopes it touches."""

    internal: Coverage
    outgoing: Coverage
    incoming: Coverage
    labels: tuple[str, ...] = ()

    @property
    def crossing(self) -> Coverage:
        """The worse of the two directions: a net needs both."""
        return worst(self.outgoing, self.incoming)


WHOLE = FlowCoverage(Coverage.COMPLETE, Coverage.COMPLETE, Coverage.COMPLETE)


def worst(*coverages: Coverage) -> Coverage:
    order = (Coverage.ABSENT, Coverage.PARTIAL, Coverage.COMPLETE)
    return min(coverages, key=order.index)


def flow_coverage(universe: Universe, communes: IntArray) -> FlowCoverage:
    """Coverage of a set of communes (sorted node indices).

    A scope holds the moves that have both ends in it. So the internal figure is complete when
    one scope holds the whole set, and partial when it reaches outside or lies across several;
    what crosses the edge is partial when a scope it touches goes beyond it, else absent.
    """
    if universe.national:
        return WHOLE
    shared = [(scope, _shared(scope, communes)) for scope in universe.scopes]
    touched = [(scope, count) for scope, count in shared if count]
    if not touched:
        return FlowCoverage(Coverage.ABSENT, Coverage.ABSENT, Coverage.ABSENT)
    inside_one = any(count == len(communes) for _, count in touched)
    reaches_out = any(count < len(scope.communes) for scope, count in touched)
    crossing = Coverage.PARTIAL if reaches_out else Coverage.ABSENT
    return FlowCoverage(
        internal=Coverage.COMPLETE if inside_one else Coverage.PARTIAL,
        outgoing=crossing,
        incoming=crossing,
        labels=tuple(scope.label for scope, _ in touched),
    )


def partner_coverage(
    universe: Universe, communes: IntArray, partners: Partners
) -> Callable[[int], Coverage]:
    """Coverage of the exchanges of a set of communes with a partner, by partner number.

    Complete when one scope holds both: what they exchange is then all there.
    """
    if universe.national:
        return lambda partner: Coverage.COMPLETE
    size = np.bincount(partners.of, minlength=len(partners))
    whole = np.zeros(len(partners), dtype=np.bool_)
    for scope in universe.scopes:
        if _shared(scope, communes) == len(communes):
            inside = np.bincount(partners.of[scope.communes], minlength=len(partners))
            whole |= inside == size
    return lambda partner: Coverage.COMPLETE if whole[partner] else Coverage.PARTIAL


def _shared(scope: Scope, communes: IntArray) -> int:
    return len(np.intersect1d(scope.communes, communes, assume_unique=True))
