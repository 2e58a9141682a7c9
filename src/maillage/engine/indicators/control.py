"""Who decides for whom: jobs or establishments of P by the place of their headquarters.

Origin is the commune of the headquarters, destination that of the establishment; ``stock`` is all
the salaried jobs (or establishments) of P, in the unit of the flow.
"""

from maillage.engine.profile import FlowProfile
from maillage.engine.ratio import ratio
from maillage.territory.geography import FloatArray


def external_control(profile: FlowProfile, stock: FloatArray) -> FloatArray:
    """N / stock: the share decided from outside P, in [0, 1]."""
    return ratio(profile.in_total, stock)


def control_by_partner(profile: FlowProfile, stock: FloatArray) -> FloatArray:
    """F_QP / stock, (..., partners): the share decided from each partner."""
    return ratio(profile.incoming, stock[..., None])


def command(profile: FlowProfile, stock: FloatArray) -> FloatArray:
    """X / stock: what P decides elsewhere, against what P holds."""
    return ratio(profile.out_total, stock)


def net_command(profile: FlowProfile) -> FloatArray:
    """X - N, in the unit of the flow."""
    return profile.out_total - profile.in_total


def autonomy(external_control: FloatArray) -> FloatArray:
    """1 - external control, in [0, 1]."""
    return 1 - external_control
