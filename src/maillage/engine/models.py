"""What size and distance alone would make people do, and what is left to explain.

``flows`` and ``distance`` are square matrices over the same places; the diagonal and pairs
without a distance are left out on both sides.
"""

import numpy as np

from maillage.engine.gravity import doubly_constrained, fit_beta, is_linked, power_decay
from maillage.engine.ratio import ratio
from maillage.territory.geography import FloatArray


def expected_flow(flows: FloatArray, distance: FloatArray) -> FloatArray:
    """Doubly constrained gravity with f = d^-β, β fitted to ``flows``; NaN for pairs left out.

    All NaN when no flows can have those margins: a model that does not close says nothing.
    """
    linked = is_linked(distance)
    observed = np.where(linked, flows, 0.0)
    decay = power_decay(distance, fit_beta(flows, distance))
    fitted = doubly_constrained(observed.sum(axis=1), observed.sum(axis=0), decay)
    return np.where(linked & fitted.converged, fitted.flows, np.nan)


def radiation_flow(flows: FloatArray, distance: FloatArray, population: FloatArray) -> FloatArray:
    """T_ij = O_i m_i m_j / ((m_i + s_ij)(m_i + m_j + s_ij)) (Simini et al., 2012).

    O_i is all that leaves i, m the population, s_ij that of places no farther from i than j is, i
    and j left out. In a finite country the flows of i sum to O_i (1 - m_i / M).
    """
    linked = is_linked(distance)
    leaving = np.where(linked, flows, 0.0).sum(axis=1)
    chance = np.full(flows.shape, np.nan)
    for i, row in enumerate(distance):
        near = np.flatnonzero(linked[i])
        near = near[np.argsort(row[near], kind="stable")]
        last_as_near = np.searchsorted(row[near], row[near], side="right") - 1
        seen = population[i] + np.cumsum(population[near])[last_as_near]
        before = seen - population[near]
        chance[i, near] = ratio(population[i] * population[near], before * seen)
    return np.asarray(leaving[:, None] * chance)


def flow_residual(flows: FloatArray, expected_flow: FloatArray) -> FloatArray:
    """F / T: above 1, more linked than size and distance explain."""
    return ratio(flows, expected_flow)


def common_part_of_commuters(flows: FloatArray, expected_flow: FloatArray) -> FloatArray:
    """2 Σ min(F, T) / (Σ F + Σ T) over the pairs of the model, in [0, 1]."""
    told = ~np.isnan(expected_flow)
    observed, expected = flows[told], expected_flow[told]
    return ratio(2 * np.minimum(observed, expected).sum(), observed.sum() + expected.sum())
