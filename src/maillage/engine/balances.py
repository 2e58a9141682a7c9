"""Supply and need of a territory by product group, and what joining another would cover.

``supply`` and ``need`` are (..., groups) in one unit; NaN is unknown and makes the result unknown.
A coverage is theoretical: it compares quantities and observes no exchange.
"""

import numpy as np

from maillage.engine.ratio import ratio
from maillage.territory.geography import FloatArray


def surplus(supply: FloatArray, need: FloatArray) -> FloatArray:
    """max(a - b, 0) by group."""
    return np.asarray(np.maximum(supply - need, 0))


def deficit(supply: FloatArray, need: FloatArray) -> FloatArray:
    """max(b - a, 0) by group."""
    return np.asarray(np.maximum(need - supply, 0))


def coverage(supply: FloatArray, need: FloatArray) -> FloatArray:
    """κ = Σ_g min(a_g, b_g) / Σ_g b_g, in [0, 1]: a surplus of one group covers no other."""
    return ratio(np.minimum(supply, need).sum(axis=-1), need.sum(axis=-1))


def cooperation_gain(
    supply: FloatArray, need: FloatArray, partner_supply: FloatArray, partner_need: FloatArray
) -> FloatArray:
    """γ = κ_{P∪Q} - (b_P κ_P + b_Q κ_Q) / (b_P + b_Q), never below 0: min is superadditive.

    Shapes broadcast: one territory against (partners, groups) gives (partners,).
    """
    needed = (need + partner_need).sum(axis=-1)
    together = np.minimum(supply + partner_supply, need + partner_need)
    apart = np.minimum(supply, need) + np.minimum(partner_supply, partner_need)
    return ratio(np.maximum(together - apart, 0).sum(axis=-1), needed)
