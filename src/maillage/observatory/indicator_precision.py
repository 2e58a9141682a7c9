"""Precision of indicators made of what stays, goes and comes: first-order linearisation."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from maillage.catalog.cards import IndicatorCard, IndicatorUnit
from maillage.engine.battery import evaluate
from maillage.engine.dataset import FlowMeta
from maillage.engine.flows import FlowBalance
from maillage.engine.mesh_flow import margin_profile
from maillage.engine.precision import Precision, grade_of, precision_method, variance

#: Relative step of the numerical derivative.
STEP = 1e-4
GRADED = {IndicatorUnit.SHARE, IndicatorUnit.PERCENT}


def indicator_precisions(
    cards: Mapping[str, IndicatorCard],
    inputs: Mapping[str, Any],
    balance: FlowBalance,
    meta: FlowMeta,
) -> dict[str, Precision]:
    """Precision of each indicator that I, X and N alone decide, stocks taken as exact.

    Those three sums share no cell, so V(g) = Σ (∂g/∂k)² V(k) over k in (I, X, N) (Särndal,
    Swensson, Wretman, 1992, §5.5). For I / O it is the variance of a share.
    """
    sums = (balance.internal, balance.out_total, balance.in_total)
    spreads = [variance(sum, meta) for sum in sums]
    known = [spread for spread in spreads if spread is not None]
    if len(known) < len(sums):
        return {}
    steps = np.array([STEP * max(sum.weight, 1.0) for sum in sums])
    table = np.array([sum.weight for sum in sums])[:, None] + np.diag(steps) @ np.eye(3, 4, k=1)
    moved = {id: value for id, value in inputs.items() if id in ("stock", "population")}
    profile = margin_profile(table[0], (table[1], table[2]))
    found = evaluate(cards, {"profile": profile, **moved})
    exact = balance.internal.squares is not None
    return {
        id: precision
        for id, values in found.items()
        if (precision := _precision(cards[id], values, steps, known, meta, exact)) is not None
    }


def _precision(
    card: IndicatorCard,
    values: np.ndarray,
    steps: np.ndarray,
    spreads: list[float],
    meta: FlowMeta,
    exact: bool,
) -> Precision | None:
    """``values`` at the point, then one step along I, X and N. None where no variance shows:
    nobody was drawn in the cells that count, which is no proof of exactness."""
    slopes = (values[1:] - values[0]) / steps if values.shape == (4,) else np.zeros(3)
    if np.isnan(slopes).any() or not slopes.any():
        return None
    error = math.sqrt(float((slopes**2 * np.array(spreads)).sum()))
    if error == 0:
        return None
    value = float(values[0])
    cv = error / value if card.unit in GRADED and value > 0 else None
    return Precision(
        method=precision_method(meta, has_squares=exact),
        standard_error=error,
        cv=cv,
        grade=None if cv is None else grade_of(cv),
    )
