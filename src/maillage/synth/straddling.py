"""The exceptions: EPCI over two départements, communes without any."""

import numpy as np
import numpy.typing as npt

from maillage.synth.graph import Graph, Index
from maillage.synth.scales import Scale, stream
from maillage.territory.geography import FloatArray

NONE = -1


def straddle(graph: Graph, epci: Index, departement: Index, region: Index, scale: Scale) -> Index:
    """Lends the border communes of some EPCI to a neighbour; those on a région border first."""
    one, other = graph.pairs
    over = departement[one] != departement[other]
    inner, outer = one[over], other[over]
    apart = region[departement[inner]] != region[departement[outer]]
    order = np.lexsort((inner, ~apart))
    lent = departement.copy()
    done: set[int] = set()
    for edge in _alternate(order, apart[order], scale.straddling // 3 + 1):
        unit = int(epci[inner[edge]])
        members = np.flatnonzero(epci == unit)
        target = departement[outer[edge]]
        leaving = np.unique(inner[(epci[inner] == unit) & (departement[outer] == target)])
        if unit not in done and len(done) < scale.straddling and len(leaving) * 2 <= len(members):
            lent[leaving] = target
            done.add(unit)
    return lent


def _alternate(order: Index, apart: npt.NDArray[np.bool_], count: int) -> Index:
    """A few edges between régions first, for a third of the loans, then those inside a région."""
    between, within = order[apart], order[~apart]
    first = np.unique(np.linspace(0, max(len(between) - 1, 0), count, dtype=int))
    few = between[first] if len(between) else between
    return np.concatenate([few, within, between])


def leave_out(
    epci: Index, population: FloatArray, coastal: Index, scale: Scale, seed: int
) -> Index:
    """Takes a few small coastal communes out of any EPCI, as islands are."""
    rng = stream(seed, "without epci")
    small = coastal[population[coastal] < np.quantile(population[coastal], 0.4)]
    alone = epci.copy()
    for node in rng.permutation(small)[: scale.without_epci]:
        alone[node] = NONE
    return alone
