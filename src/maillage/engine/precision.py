"""How far a figure drawn from a survey may be from the truth.

Census files count persons with a weight w. Under Poisson sampling the Horvitz-Thompson variance
of Σw is Σw(w - 1) = Σw² - Σw, which adds over any grouping of cells (Särndal, Swensson, Wretman,
Model Assisted Survey Sampling, 1992, §3.5). Households are drawn, not persons: it is indicative.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from maillage.engine.dataset import FlowMeta
from maillage.engine.flows import CellSum

#: Coefficients of variation up to which a figure has each grade; beyond the last, D.
GRADES = ((0.08, "A"), (0.12, "B"), (0.25, "C"))
#: Insee's own reading of census counts (documentation of the mobility files, 2383243).
SAFE, FRAGILE = 500, 200
_READINGS = {
    "safe": "Effectif supérieur à 500 : utilisable en confiance, "
    "selon la règle de lecture de l’Insee.",
    "middle": "Effectif compris entre 200 et 500 : à lire comme un ordre de grandeur, "
    "selon la règle de lecture de l’Insee.",
    "fragile": "Effectif inférieur à 200 : à manier avec précaution, "
    "selon la règle de lecture de l’Insee.",
}


class PrecisionMethod(StrEnum):
    """Where the variance comes from."""

    EXACT = "exact"  # from the individual weights
    APPROXIMATE = "approximate"  # from a stated mean weight
    COMPLETE = "complete"  # a full count: nothing was sampled
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Precision:
    """``standard_error`` in the unit of the figure, ``cv`` relative to it, ``grade`` A to D.

    None where the method cannot tell. ``split`` is the part of the figure that was estimated by
    splitting communes. A published figure is shown whatever its grade.
    """

    method: PrecisionMethod
    standard_error: float | None = None
    cv: float | None = None
    grade: str | None = None
    reading: str = ""
    split: float = 0.0


def precision_method(meta: FlowMeta, *, has_squares: bool) -> PrecisionMethod:
    if meta.estimated:
        return PrecisionMethod.UNKNOWN
    if has_squares:
        return PrecisionMethod.EXACT
    if meta.mean_weight is not None:
        sampled = meta.mean_weight != 1
        return PrecisionMethod.APPROXIMATE if sampled else PrecisionMethod.COMPLETE
    return PrecisionMethod.UNKNOWN


def variance(sum: CellSum, meta: FlowMeta) -> float | None:
    """Σw² - Σw from individual weights, (m - 1) Σw from a mean weight m, else None."""
    if meta.estimated:
        return None
    if sum.squares is not None:
        return max(sum.squares - sum.weight, 0.0)
    return None if meta.mean_weight is None else (meta.mean_weight - 1) * sum.weight


def precision(sum: CellSum, meta: FlowMeta) -> Precision:
    """Precision of a sum of cells."""
    spread = variance(sum, meta)
    error = None if spread is None else math.sqrt(spread)
    cv = error / sum.weight if error is not None and sum.weight > 0 else None
    return Precision(
        method=precision_method(meta, has_squares=sum.squares is not None),
        standard_error=error,
        cv=cv,
        grade=None if cv is None else grade_of(cv),
        reading=census_reading(sum.weight) if meta.census else "",
        split=sum.split,
    )


def net_precision(incoming: CellSum, outgoing: CellSum, meta: FlowMeta) -> Precision:
    """Precision of a difference of two sums that share no cell: variances add.

    A balance near zero is no less known for that: only its standard error is given.
    """
    both = incoming + outgoing
    spread = variance(both, meta)
    return Precision(
        method=precision_method(meta, has_squares=both.squares is not None),
        standard_error=None if spread is None else math.sqrt(spread),
        split=both.split,
    )


def grade_of(cv: float) -> str:
    """A, B, C or D."""
    for limit, grade in GRADES:
        if cv <= limit:
            return grade
    return "D"


def census_reading(value: float) -> str:
    """Insee's sentence for a count of persons."""
    if value >= SAFE:
        return _READINGS["safe"]
    return _READINGS["middle" if value >= FRAGILE else "fragile"]
