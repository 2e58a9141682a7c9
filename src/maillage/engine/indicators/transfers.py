"""Establishments that move: where to, where from, what is renewed. Pool 3 to 5 years first."""

import numpy as np

from maillage.engine.profile import FlowProfile
from maillage.engine.ratio import ratio
from maillage.territory.geography import FloatArray


def recomposition(profile: FlowProfile, in_zone: FloatArray) -> FloatArray:
    """(I + Σ_{Q in ring} F_PQ) / O: moves from P that end in P or in its ring, in [0, 1]."""
    kept = profile.internal + np.einsum("...q,...q->...", profile.outgoing, in_zone)
    return ratio(kept, profile.origins)


def establishment_renewal(
    profile: FlowProfile, creations: FloatArray, stock: FloatArray
) -> FloatArray:
    """(N + creations) / establishments of P."""
    return ratio(profile.in_total + creations, stock)


def sector_concentration(by_category: FloatArray) -> FloatArray:
    """HHI of the sectors of what moves, in ]0, 1]; last axis is the sector."""
    return ratio((by_category**2).sum(axis=-1), by_category.sum(axis=-1) ** 2)
