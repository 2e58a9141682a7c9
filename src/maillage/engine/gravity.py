"""Gravity models of the entropy-maximising family (Wilson, 1971): decay, margins, fit of β.

Matrices are (origin, destination); distances in km. A pair whose distance is 0 or unknown (a
territory and itself, a place abroad) is a pair the model leaves out.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.engine.ratio import ratio
from maillage.territory.geography import FloatArray

#: Share of all flows that may miss its margin, and passes allowed to get there.
TOLERANCE, PASSES = 1e-10, 5_000
#: The same while β is looked for, to a hundred-thousandth: margins need not be as exact.
FITTING, BETA_TOLERANCE = 1e-7, 1e-5
#: Beyond, everyone goes to the nearest place there is: the fit stops there.
LARGEST_BETA = 10.0
#: A balancing factor this large runs away: no flows have those margins.
RUNAWAY = 1e200


@dataclass(frozen=True, eq=False)
class Fitted:
    """Flows with both margins kept. ``converged`` is false when no flows have those margins."""

    flows: FloatArray
    converged: bool


def is_linked(distance: FloatArray) -> npt.NDArray[np.bool_]:
    """Pairs the model speaks of."""
    return distance > 0


def power_decay(distance: FloatArray, beta: float) -> FloatArray:
    """d^-β; 0 for pairs left out."""
    return np.where(is_linked(distance), _known(distance) ** -beta, 0.0)


def exponential_decay(distance: FloatArray, beta: float) -> FloatArray:
    """e^(-β d); 0 for pairs left out."""
    return np.where(is_linked(distance), np.exp(-beta * _known(distance)), 0.0)


def production_constrained(
    origins: FloatArray, attraction: FloatArray, decay: FloatArray
) -> FloatArray:
    """T_ij = O_i W_j f_ij / Σ_k W_k f_ik: every origin sends what it sends."""
    pull = attraction * decay
    return origins[:, None] * ratio(pull, pull.sum(axis=1, keepdims=True))


def attraction_constrained(
    emission: FloatArray, destinations: FloatArray, decay: FloatArray
) -> FloatArray:
    """T_ij = V_i D_j f_ij / Σ_k V_k f_kj: every destination receives what it receives."""
    return production_constrained(destinations, emission, decay.T).T


def doubly_constrained(
    origins: FloatArray,
    destinations: FloatArray,
    decay: FloatArray,
    tolerance: float = TOLERANCE,
) -> Fitted:
    """T_ij = A_i O_i B_j D_j f_ij, by iterative proportional fitting of both margins.

    ``origins`` and ``destinations`` have the same sum: they are flows between the same places.
    """
    column = np.ones_like(destinations)
    reached, row, converged = decay @ column, np.zeros_like(origins), False
    for _ in range(PASSES):
        row = _scale(origins, reached)
        column = _scale(destinations, row @ decay)
        reached = decay @ column
        converged = bool(np.abs(row * reached - origins).sum() <= tolerance * origins.sum())
        if converged or row.max(initial=0) > RUNAWAY:
            break
    return Fitted(row[:, None] * decay * column, converged)


def fit_beta(flows: FloatArray, distance: FloatArray) -> float:
    """β of d^-β whose doubly constrained flows travel as far, in mean ln d, as ``flows`` do.

    That is the maximum of likelihood (Hyman, 1969), sought within ± ``LARGEST_BETA``. 0 when the
    margins alone set every flow.
    """
    observed = np.where(is_linked(distance), flows, 0.0)
    origins, destinations = observed.sum(axis=1), observed.sum(axis=0)
    logs = np.log(_known(distance))
    target = float((observed * logs).sum())

    def excess(beta: float) -> float:
        decay = power_decay(distance, beta)
        fitted = doubly_constrained(origins, destinations, decay, FITTING)
        return (float((fitted.flows * logs).sum()) - target) / float(observed.sum())

    return _root(excess)


def _root(excess: Callable[[float], float]) -> float:
    """Where a falling function crosses 0; steps are short, since large β are slow to balance."""
    from scipy.optimize import brentq  # a second to load: only those who fit a model wait for it

    start = excess(0.0)
    if abs(start) < FITTING:
        return 0.0
    step = 1.0 if start > 0 else -1.0
    end = step
    while excess(end) * step > 0:
        if abs(end) >= LARGEST_BETA:
            return end
        end += step
    return float(brentq(excess, end - step, end, xtol=BETA_TOLERANCE))


def _known(distance: FloatArray) -> FloatArray:
    return np.where(is_linked(distance), distance, 1.0)


def _scale(margin: FloatArray, reached: FloatArray) -> FloatArray:
    return np.divide(margin, reached, out=np.zeros_like(margin), where=reached > 0)
