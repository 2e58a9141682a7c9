"""What makes a territory particular, what another has that it lacks, whom to cooperate with.

Quantities by category are on the last axis: jobs by sector, dwellings, places, hectares.
"""

import numpy as np

from maillage.engine.balances import deficit, surplus
from maillage.engine.ratio import ratio, shares
from maillage.territory.geography import FloatArray

#: Quadrants of ``cooperation_quadrant``, by link (weak, strong) and complementarity.
UNKNOWN, NOTHING, CANDIDATE, SHARED_MANAGEMENT, CONSOLIDATE = -1, 0, 1, 2, 3


def specificity_ratio(by_category: FloatArray, whole: FloatArray) -> FloatArray:
    """r_ik = (X_ik / X_i) / ((X_k - X_ik) / (X - X_i)), Kubrak's index (``specificite``, ANCT).

    ``whole`` (categories,) counts the country, the territory included: it is taken off.
    """
    return ratio(shares(by_category), shares(whole - by_category))


def specificity_gap(by_category: FloatArray, whole: FloatArray) -> FloatArray:
    """X_ik / X_i - (X_k - X_ik) / (X - X_i), in [-1, 1]."""
    return shares(by_category) - shares(whole - by_category)


def krugman(specificity_gap: FloatArray) -> FloatArray:
    """K_i = ½ Σ_k |X_ik / X_i - (X_k - X_ik) / (X - X_i)|, in [0, 1]."""
    return np.asarray(np.abs(specificity_gap).sum(axis=-1) / 2)


def pair_dissimilarity(by_category: FloatArray, partner_by_category: FloatArray) -> FloatArray:
    """K_PQ = ½ Σ_k |p_Pk - p_Qk|, in [0, 1]; broadcast over the leading axes."""
    gap = shares(by_category) - shares(partner_by_category)
    return np.asarray(np.abs(gap).sum(axis=-1) / 2)


def flow_profile_similarity(by_category: FloatArray, partner_by_category: FloatArray) -> FloatArray:
    """1 - ½ Σ_k |s_Pk - s_Qk|, in [0, 1]: Bray-Curtis on shares by distance band and partner."""
    return 1 - pair_dissimilarity(by_category, partner_by_category)


def complementarity_to(
    supply: FloatArray,
    need: FloatArray,
    partner_supply: FloatArray,
    partner_need: FloatArray,
    theme_weights: FloatArray | None = None,
) -> FloatArray:
    """c_{P→Q} = Σ_k w_k min(surplus_P,k, deficit_Q,k) / b_Q,k, in [0, 1].

    The part of Q's needs that P's surplus could meet. ``theme_weights`` (themes,) are shared
    among the themes Q needs; equal by default. NaN when Q needs nothing.
    """
    return _met(supply, need, partner_supply, partner_need, theme_weights)


def complementarity_from(
    supply: FloatArray,
    need: FloatArray,
    partner_supply: FloatArray,
    partner_need: FloatArray,
    theme_weights: FloatArray | None = None,
) -> FloatArray:
    """c_{Q→P}: the part of P's needs that Q's surplus could meet, in [0, 1]."""
    return _met(partner_supply, partner_need, supply, need, theme_weights)


def complementarity_reciprocity(
    complementarity_to: FloatArray, complementarity_from: FloatArray
) -> FloatArray:
    """2 min(c_PQ, c_QP) / (c_PQ + c_QP), in [0, 1]: 1 when each gives as much as it gets."""
    return ratio(
        2 * np.minimum(complementarity_to, complementarity_from),
        complementarity_to + complementarity_from,
    )


def cooperation_quadrant(
    link: FloatArray, complementarity: FloatArray, strong_link: float, strong_complement: float
) -> FloatArray:
    """Quadrant of each partner: 3 strong link and complement, 2 link, 1 complement, 0 neither.

    -1 where either is unknown. Thresholds are shown with the result: medians of the partners on
    screen unless the reader moves them.
    """
    quadrant = 2 * (link >= strong_link) + (complementarity >= strong_complement)
    known = ~(np.isnan(link) | np.isnan(complementarity))
    return np.where(known, quadrant, UNKNOWN).astype(np.float64)


def _met(
    supply: FloatArray,
    need: FloatArray,
    other_supply: FloatArray,
    other_need: FloatArray,
    theme_weights: FloatArray | None,
) -> FloatArray:
    weights = np.ones(other_need.shape[-1]) if theme_weights is None else theme_weights
    weights = shares(np.where(other_need == 0, 0.0, weights))
    met = np.minimum(surplus(supply, need), deficit(other_supply, other_need))
    part = np.divide(met, other_need, out=np.zeros(met.shape), where=other_need != 0)
    return np.asarray((weights * part).sum(axis=-1))
