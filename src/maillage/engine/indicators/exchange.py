"""What a territory gains or loses in its exchanges (G4), and per thousand of a stock (G13)."""

from maillage.engine.profile import FlowProfile
from maillage.engine.ratio import ratio
from maillage.territory.geography import FloatArray


def net(profile: FlowProfile) -> FloatArray:
    """N - X, in the unit of the flow."""
    return profile.in_total - profile.out_total


def exchange_volume(profile: FlowProfile) -> FloatArray:
    """N + X, in the unit of the flow."""
    return profile.in_total + profile.out_total


def relative_balance(net: FloatArray, exchange_volume: FloatArray) -> FloatArray:
    """(N - X) / (N + X), in [-1, 1]."""
    return ratio(net, exchange_volume)


def outgoing_per_thousand(profile: FlowProfile, stock: FloatArray) -> FloatArray:
    """1000 X / stock."""
    return 1000 * ratio(profile.out_total, stock)


def incoming_per_thousand(profile: FlowProfile, stock: FloatArray) -> FloatArray:
    """1000 N / stock."""
    return 1000 * ratio(profile.in_total, stock)


def net_per_thousand(net: FloatArray, stock: FloatArray) -> FloatArray:
    """1000 (N - X) / stock."""
    return 1000 * ratio(net, stock)
