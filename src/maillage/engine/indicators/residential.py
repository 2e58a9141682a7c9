"""Residential moves, in the terms of the Observatoire des territoires (migR, ANCT).

ISO = I stayed in P, ENTR = N came in, SORT = X left, PRES = D live there now, AUTO = O lived
there before. The rate of entry PE = N / D and of exit PS = X / O are those of ``anchorage``.
"""

from maillage.engine.profile import FlowProfile
from maillage.engine.ratio import ratio
from maillage.territory.geography import FloatArray


def net_migration_rate(profile: FlowProfile) -> FloatArray:
    """TM = 1000 (ENTR - SORT) / ((AUTO + PRES) / 2)."""
    return 1000 * ratio(profile.in_total - profile.out_total, _mean_population(profile))


def turnover_rate(profile: FlowProfile) -> FloatArray:
    """TR = 1000 (ENTR + SORT) / ((AUTO + PRES) / 2)."""
    return 1000 * ratio(profile.in_total + profile.out_total, _mean_population(profile))


def internal_mobility_rate(profile: FlowProfile, moved: FloatArray) -> FloatArray:
    """TMINF = MINF / ISO: of those who stayed in P, the share that changed commune.

    The methodological note of migR prints ISO / 2 below the line: an error, not kept here.
    """
    return ratio(moved, profile.internal)


def external_and_residual_change(
    profile: FlowProfile,
    population_change: FloatArray,
    births: FloatArray,
    deaths: FloatArray,
) -> FloatArray:
    """Change of population - (births - deaths) - (ENTR - SORT): abroad, and what is unexplained.

    All four over the same period and in persons.
    """
    return population_change - (births - deaths) - (profile.in_total - profile.out_total)


def _mean_population(profile: FlowProfile) -> FloatArray:
    return (profile.origins + profile.destinations) / 2
