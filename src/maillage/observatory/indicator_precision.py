"""Precision of indicators made of what stays, goes and comes: first-order linearisation."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from maillage.catalog.cards import IndicatorCard, IndicatorUnit
from maillage.engine.battery import evaluate
from maillage.engine.dataset import FlowMeta
from maillage.engine.edition import Edition
from maillage.engine.flows import FlowBalance
from maillage.engine.linearisation import propagated_error, slopes_of
from maillage.engine.mesh_flow import IN, MOVED, OUT, SAME, margin_profile
from maillage.engine.precision import (
    Precision,
    PrecisionMethod,
    Unmeasured,
    grade_of,
    precision_method,
    unmeasured,
    unmeasured_in,
    variance,
    variances,
)
from maillage.observatory.level_battery import level_battery
from maillage.territory.geography import FloatArray

#: Relative step of the numerical derivative.
STEP = 1e-4
GRADED = {IndicatorUnit.SHARE, IndicatorUnit.PERCENT}
COUNTED = {IndicatorUnit.FLOW, IndicatorUnit.PERSONS, IndicatorUnit.EUR}


def indicator_precisions(
    cards: Mapping[str, IndicatorCard],
    inputs: Mapping[str, Any],
    balance: FlowBalance,
    meta: FlowMeta,
) -> dict[str, Precision]:
    """Precision of each indicator of one territory, stocks taken as exact.

    Known for those that I, X and N alone decide: these three sums share no cell. For I / O it is
    the variance of a share.
    """
    sums = (balance.internal, balance.out_total, balance.in_total)
    spreads = [variance(sum, meta) for sum in sums]
    known = np.array([spread for spread in spreads if spread is not None])
    if len(known) < len(sums):
        return dict.fromkeys(cards, unmeasured(unmeasured_in(meta)))
    weights = np.array([sum.weight for sum in sums])
    method = precision_method(meta, has_squares=balance.internal.squares is not None)
    told = dict.fromkeys(cards, unmeasured(Unmeasured.NOT_DERIVED))
    for id, (values, slopes) in _moved(cards, inputs, weights).items():
        told[id] = precision_at(cards[id], values, slopes, known, method)
    return told


def level_precisions(
    edition: Edition, meta: FlowMeta, level: str
) -> dict[str, Sequence[Precision]]:
    """The same for every unit of a level at once, in the order of its mesh."""
    battery = level_battery(edition, meta.flow, meta.year, level)
    margins = edition.mesh_flow(meta.flow, meta.year, level).margins
    sums = (margins[SAME] + margins[MOVED], margins[OUT], margins[IN])
    spreads, n_units = [variances(one, meta) for one in sums], len(sums[0].weight)
    known = np.array([spread for spread in spreads if spread is not None])
    why = unmeasured_in(meta) if len(known) < len(sums) else Unmeasured.NOT_DERIVED
    told: dict[str, Sequence[Precision]] = dict.fromkeys(
        battery.cards, (unmeasured(why),) * n_units
    )
    if len(known) < len(sums):
        return told
    weights = np.array([one.weight for one in sums])
    method = precision_method(meta, has_squares=sums[0].squares is not None)
    for id, (values, slopes) in _moved(battery.cards, battery.margins, weights).items():
        by_unit = zip(values.T, slopes.T, known.T, strict=True)
        told[id] = [precision_at(battery.cards[id], *one, method) for one in by_unit]
    return told


def _moved(
    cards: Mapping[str, IndicatorCard], inputs: Mapping[str, Any], weights: FloatArray
) -> dict[str, tuple[FloatArray, FloatArray]]:
    """Indicators that I, X and N decide, (4, ...): as they are, then a step along each, and their
    slopes; ``weights`` is (3, ...)."""
    steps, alike = step_along(weights), (1,) * (weights.ndim - 1)
    kept, out, into = np.moveaxis(weights + np.eye(4, 3, k=-1).reshape(4, 3, *alike) * steps, 1, 0)
    stocks = {id: value for id, value in inputs.items() if id in ("stock", "population")}
    found = evaluate(cards, {"profile": margin_profile(kept, (out, into)), **stocks})
    return {
        id: (values, slopes_of(values, steps))
        for id, values in found.items()
        if values.shape == kept.shape
    }


def step_along(weights: FloatArray) -> FloatArray:
    return STEP * np.maximum(weights, 1.0)


def precision_at(
    card: IndicatorCard,
    values: FloatArray,
    slopes: FloatArray,
    spreads: FloatArray,
    method: PrecisionMethod,
) -> Precision:
    """Of one figure, whose value comes first. No error seen in a survey is no proof of
    exactness: nobody was drawn. A count is graded where it is a sum, from which nothing is taken.
    """
    value, error = float(values[0]), float(propagated_error(slopes, spreads))
    if np.isnan(value) or np.isnan(error):
        return unmeasured(Unmeasured.NOT_DERIVED)
    if error == 0 and method is not PrecisionMethod.COMPLETE:
        return unmeasured(Unmeasured.NOBODY_DRAWN)
    graded = card.unit in GRADED or (card.unit in COUNTED and bool((slopes >= 0).all()))
    cv = error / value if graded and value > 0 else None
    return Precision(method, error, cv, None if cv is None else grade_of(cv))
