"""Where the pay made in a territory is spent: generated G = O, received R = D, kept K = I.

Money goes from the workplace (origin) to the residence (destination).
"""

import numpy as np

from maillage.engine.profile import FlowProfile
from maillage.engine.ratio import ratio
from maillage.territory.geography import FloatArray


def redistribution(profile: FlowProfile) -> FloatArray:
    """G - K, in euros: pay made in P that goes to people who live elsewhere."""
    return profile.out_total


def redistribution_to_zone(profile: FlowProfile, in_zone: FloatArray) -> FloatArray:
    """Σ_{Q in H} W_PQ, in euros: the part of it that goes to a hinterland H."""
    return np.asarray(np.einsum("...q,...q->...", profile.outgoing, in_zone))


def captation(profile: FlowProfile) -> FloatArray:
    """R - K, in euros: pay that residents of P bring home from elsewhere."""
    return profile.in_total


def net_wages_per_inhabitant(profile: FlowProfile, population: FloatArray) -> FloatArray:
    """(R - G) / inhabitants, in euros."""
    return ratio(profile.destinations - profile.origins, population)


def wage_coverage(profile: FlowProfile) -> FloatArray:
    """R / G: 1 when residents receive as much as the workplaces of P pay."""
    return ratio(profile.destinations, profile.origins)


def relative_pay(profile: FlowProfile, link_persons: FloatArray, persons: FloatArray) -> FloatArray:
    """Mean pay of each link P -> Q over the mean pay of P, (..., partners)."""
    mean_pay = ratio(profile.origins, persons)
    return ratio(ratio(profile.outgoing, link_persons), mean_pay[..., None])


def estimated_wages(by_category: FloatArray, mean_wage: FloatArray) -> FloatArray:
    """Σ_c F_c w_c: commuters by category times the mean annual wage at their workplace.

    Stands in for a wage matrix nobody publishes: always shown as an estimate.
    """
    return np.asarray(np.einsum("...c,...c->...", by_category, mean_wage))
