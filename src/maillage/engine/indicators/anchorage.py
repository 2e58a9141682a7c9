"""How much of what starts or ends in a territory never crosses its edge (G1-G3, G12)."""

from maillage.engine.profile import FlowProfile
from maillage.engine.ratio import ratio
from maillage.territory.geography import FloatArray


def self_containment(profile: FlowProfile) -> FloatArray:
    """I / O, in [0, 1]."""
    return ratio(profile.internal, profile.origins)


def self_sufficiency(profile: FlowProfile) -> FloatArray:
    """I / D, in [0, 1]."""
    return ratio(profile.internal, profile.destinations)


def out_rate(profile: FlowProfile) -> FloatArray:
    """X / O, in [0, 1]."""
    return ratio(profile.out_total, profile.origins)


def in_rate(profile: FlowProfile) -> FloatArray:
    """N / D, in [0, 1]."""
    return ratio(profile.in_total, profile.destinations)


def destinations_per_hundred_origins(profile: FlowProfile) -> FloatArray:
    """100 D / O."""
    return 100 * ratio(profile.destinations, profile.origins)
