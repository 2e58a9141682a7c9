"""How far the exchanges of a territory go (G9), and how many stay in a given ring (G15).

Distances come as sums made once by commune (``maillage.engine.distance``), so that any union of
communes has its mean by adding.
"""

import numpy as np

from maillage.engine.profile import FlowProfile
from maillage.engine.ratio import ratio
from maillage.territory.geography import FloatArray


def origin_reach(origin_km: FloatArray, origin_located: FloatArray) -> FloatArray:
    """Σ F d / Σ F over what starts in P and whose distance is known, in km."""
    return ratio(origin_km, origin_located)


def destination_reach(destination_km: FloatArray, destination_located: FloatArray) -> FloatArray:
    """Σ F d / Σ F over what ends in P and whose distance is known, in km."""
    return ratio(destination_km, destination_located)


def destination_share_in_zone(profile: FlowProfile, in_zone: FloatArray) -> FloatArray:
    """Σ_{Q in zone} F_PQ / X_P; ``in_zone`` (..., partners) is 1 inside, 0 outside."""
    return _share_in(profile.outgoing, in_zone)


def origin_share_in_zone(profile: FlowProfile, in_zone: FloatArray) -> FloatArray:
    """Σ_{Q in zone} F_QP / N_P; ``in_zone`` (..., partners) is 1 inside, 0 outside."""
    return _share_in(profile.incoming, in_zone)


def _share_in(flows: FloatArray, in_zone: FloatArray) -> FloatArray:
    return ratio(np.einsum("...q,...q->...", flows, in_zone), flows.sum(axis=-1))
