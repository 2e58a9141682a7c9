"""What of a territory's exchanges a file can see, given what the file covers."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from maillage.engine.dataset import Coverage, Reach, Scope, Universe
from maillage.engine.partners import Partners
from maillage.territory.geography import IntArray

_ORDER = (Coverage.ABSENT, Coverage.PARTIAL, Coverage.COMPLETE)


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
    return min(coverages, key=_ORDER.index)


def _best(*coverages: Coverage) -> Coverage:
    return max(coverages, key=_ORDER.index)


def flow_coverage(universe: Universe, communes: IntArray) -> FlowCoverage:
    """Coverage of a set of communes (sorted node indices).

    Each figure takes the best that a scope offers. A scope that holds the whole set has all its
    internal moves; whether it has those that cross the edge depends on its reach.
    """
    if universe.national:
        return WHOLE
    found = [(scope, _by_scope(scope, communes)) for scope in universe.scopes]
    touched = [(scope, seen) for scope, seen in found if _best(*seen) is not Coverage.ABSENT]
    if not touched:
        return FlowCoverage(Coverage.ABSENT, Coverage.ABSENT, Coverage.ABSENT)
    figures = zip(*(seen for _, seen in touched), strict=True)
    internal, outgoing, incoming = (_best(*figure) for figure in figures)
    return FlowCoverage(internal, outgoing, incoming, tuple(scope.label for scope, _ in touched))


def _by_scope(scope: Scope, communes: IntArray) -> tuple[Coverage, Coverage, Coverage]:
    """What one scope has of the internal, outgoing and incoming moves of a set of communes."""
    shared = _shared(scope, communes)
    holds, meets = shared == len(communes), shared > 0
    beyond = shared < len(scope.communes)  # moves between the set and the rest of the scope
    near, far = {
        Reach.INSIDE: (meets and beyond, meets and beyond),
        Reach.FROM: (meets, beyond),
        Reach.TO: (beyond, meets),
        Reach.TOUCHING: (meets or beyond, meets or beyond),
    }[scope.reach]
    all_out = holds and scope.reach in (Reach.FROM, Reach.TOUCHING)
    all_in = holds and scope.reach in (Reach.TO, Reach.TOUCHING)
    return _coverage(holds, meets), _coverage(all_out, near), _coverage(all_in, far)


def _coverage(whole: bool, some: bool) -> Coverage:
    if whole:
        return Coverage.COMPLETE
    return Coverage.PARTIAL if some else Coverage.ABSENT


def partner_coverage(
    universe: Universe, communes: IntArray, partners: Partners
) -> Callable[[int], Coverage]:
    """Coverage of the exchanges of a set of communes with a partner, by partner number.

    Complete when one scope holds both, or one of the two where the scope has all that touches
    it: what they exchange is then all there.
    """
    if universe.national:
        return lambda partner: Coverage.COMPLETE
    size = np.bincount(partners.of, minlength=len(partners))
    whole = np.zeros(len(partners), dtype=np.bool_)
    for scope in universe.scopes:
        held = np.bincount(partners.of[scope.communes], minlength=len(partners)) == size
        holds = _shared(scope, communes) == len(communes)
        whole |= (held | holds) if scope.reach is Reach.TOUCHING else (held & holds)
    return lambda partner: Coverage.COMPLETE if whole[partner] else Coverage.PARTIAL


def _shared(scope: Scope, communes: IntArray) -> int:
    return len(np.intersect1d(scope.communes, communes, assume_unique=True))
