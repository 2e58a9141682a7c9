"""Dominant flows and the hierarchy they draw (Nystuen and Dacey, 1961)."""

import numpy as np

from maillage.engine.structure.network import Network, NodeArray
from maillage.territory.geography import FloatArray

#: What a node is in the hierarchy, as ``dominance_role`` tells it.
NONE, DOMINANT, INTERMEDIATE, DOMINATED = 0, 1, 2, 3


def dominant_partner(network: Network, size: FloatArray | None = None) -> NodeArray:
    """For each node, the one that dominates it, or -1.

    i is dominated by j when its largest flow goes to j and j is larger than i. ``size`` (n,) is by
    default what each node receives from the others (Nystuen and Dacey; ``nodal_flows`` of the R
    package flows); Ameginatif takes O + D - I instead, and results differ. Equal largest flows:
    the lowest index wins.
    """
    size = network.in_strength if size is None else size
    has_link = np.flatnonzero(network.out_degree)
    first = network.strongest_first[network.starts[has_link]]
    target = network.destination[first]
    dominant = np.full(network.n, -1, dtype=np.intp)
    yields = size[target] > size[has_link]
    dominant[has_link[yields]] = target[yields]
    return dominant


def dominance_role(dominant_partner: NodeArray) -> NodeArray:
    """Role of each node: it dominates (1), both (2), is dominated (3), or is apart (0)."""
    dominated = dominant_partner >= 0
    dominates = np.zeros(len(dominant_partner), dtype=bool)
    dominates[dominant_partner[dominated]] = True
    roles = np.where(dominated, DOMINATED, NONE)
    return np.where(dominates, np.where(dominated, INTERMEDIATE, DOMINANT), roles)
