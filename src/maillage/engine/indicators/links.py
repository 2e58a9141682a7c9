"""The tie between a territory and each of its partners (G5, G6, G10, G11).

Results have the shape of ``profile.outgoing``: (..., partners).
"""

import numpy as np

from maillage.engine.profile import FlowProfile
from maillage.engine.ratio import ratio
from maillage.territory.geography import FloatArray


def bilateral_volume(profile: FlowProfile) -> FloatArray:
    """F_PQ + F_QP."""
    return profile.outgoing + profile.incoming


def bilateral_balance(profile: FlowProfile) -> FloatArray:
    """F_QP - F_PQ."""
    return profile.incoming - profile.outgoing


def bilateral_asymmetry(bilateral_balance: FloatArray, bilateral_volume: FloatArray) -> FloatArray:
    """(F_QP - F_PQ) / (F_QP + F_PQ), in [-1, 1]; NaN without exchange."""
    return _part(bilateral_balance, bilateral_volume)


def dependence(profile: FlowProfile) -> FloatArray:
    """d_PQ = F_PQ / O_P: the share of what starts in P that ends in Q."""
    return ratio(profile.outgoing, profile.origins[..., None])


def partner_dependence(profile: FlowProfile, partner_origins: FloatArray) -> FloatArray:
    """d_QP = F_QP / O_Q: the share of what starts in Q that ends in P."""
    return ratio(profile.incoming, partner_origins)


def mutual_dependence(dependence: FloatArray, partner_dependence: FloatArray) -> FloatArray:
    """min(d_PQ, d_QP) / max(d_PQ, d_QP), in [0, 1]; NaN where neither depends on the other."""
    return _part(
        np.minimum(dependence, partner_dependence), np.maximum(dependence, partner_dependence)
    )


def association_ratio(
    profile: FlowProfile, partner_in_total: FloatArray, between_total: FloatArray
) -> FloatArray:
    """F_PQ V / (X_P N_Q), inner flows excluded; 1 where the tie is what both volumes foretell.

    ``partner_in_total`` is N_Q, ``between_total`` is V, all that goes from one territory to
    another. Observed over expected when origin and destination are independent.
    """
    tie = profile.outgoing * _inverse(profile.out_total)[..., None]
    tie *= ratio(between_total, partner_in_total)
    return tie


def link_strength(
    profile: FlowProfile,
    dependence: FloatArray,
    partner_dependence: FloatArray,
    partner_destinations: FloatArray,
) -> FloatArray:
    """F_PQ² / (O_P D_Q) + F_QP² / (O_Q D_P), in [0, 2], the same both ways.

    Smart's index, as the labour market areas of Istat and Eurostat use it
    (``determineCohesion`` in the R package LabourMarketAreas). Each term is a dependence times
    what the same flow weighs where it ends.
    """
    strength = dependence * profile.outgoing
    strength *= _inverse(partner_destinations)
    received = partner_dependence * profile.incoming
    received *= _inverse(profile.destinations)[..., None]
    strength += received  # in place: on a whole mesh, time goes to moving matrices
    return strength


def _inverse(total: FloatArray) -> FloatArray:
    return ratio(1, total)


def _part(part: FloatArray, whole: FloatArray) -> FloatArray:
    """``part / whole`` where the part is 0 whenever the whole is: 0 / 0 gives the NaN wanted."""
    with np.errstate(invalid="ignore"):
        return np.asarray(part / whole)
