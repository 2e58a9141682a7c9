"""Balance of a territory from a flow that its file gives between units of a mesh only."""

import numpy as np

from maillage.engine.dataset import LevelFlow
from maillage.engine.flows import CellSum, CellSums, FlowBalance
from maillage.territory.geography import FloatArray, IntArray


def level_balance(flow: LevelFlow, units: IntArray, n_units: int) -> FlowBalance:
    """Balance of a union of whole units, partners being ``mesh_partners`` of the same mesh.

    What stays in a commune and what moves between two is not told apart: all that is internal
    counts as moved.
    """
    inside = flow.weight[np.ix_(units, units)].sum()
    return FlowBalance(
        internal_same=CellSum(0.0, None),
        internal_moved=CellSum(float(inside), None),
        outgoing=CellSums(_partners(flow.weight[units].sum(axis=0), units, n_units), None),
        incoming=CellSums(_partners(flow.weight[:, units].sum(axis=1), units, n_units), None),
    )


def _partners(sums: FloatArray, units: IntArray, n_units: int) -> FloatArray:
    """Units of the territory hold 0; communes without a unit, unknown to such a file, too."""
    apart = sums.copy()
    apart[units] = 0.0
    return np.insert(apart, n_units, 0.0)
