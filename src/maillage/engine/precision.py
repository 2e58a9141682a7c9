"""How far a figure drawn from a survey may be from the truth.

Census files count persons with a weight w. Under Poisson sampling the Horvitz-Thompson variance
of Σw is Σw(w - 1) = Σw² - Σw, which adds over any grouping of cells (Särndal, Swensson, Wretman,
Model Assisted Survey Sampling, 1992, §3.5). Households are drawn, not persons: it is indicative.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from maillage.engine.dataset import FlowMeta
from maillage.engine.flows import CellSum, CellSums
from maillage.territory.geography import FloatArray

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


class Unmeasured(StrEnum):
    """Why a figure has no standard error."""

    NOT_GIVEN = "not_given"
    ESTIMATED = "estimated"
    NO_WEIGHTS = "no_weights"
    NOT_DERIVED = "not_derived"
    NOBODY_DRAWN = "nobody_drawn"
    OVERLAP = "overlap"
    THEORETICAL = "theoretical"


WHY = {
    Unmeasured.NOT_GIVEN: "Le chiffre n’est pas donné.",
    Unmeasured.ESTIMATED: "Le fichier entier est une estimation, dont l’erreur n’est pas publiée.",
    Unmeasured.NO_WEIGHTS: "Le producteur ne publie ni poids ni marge d’erreur.",
    Unmeasured.NOT_DERIVED: "L’erreur de ce calcul ne se déduit pas de celle des totaux.",
    Unmeasured.NOBODY_DRAWN: "Personne n’a été tiré au sort dans les cases qui comptent.",
    Unmeasured.OVERLAP: "Le partenaire contient une part du territoire : leurs cases se mêlent.",
    Unmeasured.THEORETICAL: "Le calcul est théorique : il n’observe aucun échange.",
}


@dataclass(frozen=True, slots=True)
class Precision:
    """``standard_error`` in the unit of the figure, ``cv`` relative to it, ``grade`` A to D.

    None where the method cannot tell, for the reason ``why``, which ``why_label`` says in French.
    ``split`` is the part of the figure that was estimated by splitting communes. A published
    figure is shown whatever its grade.
    """

    method: PrecisionMethod
    standard_error: float | None = None
    cv: float | None = None
    grade: str | None = None
    reading: str = ""
    split: float = 0.0
    why: Unmeasured | None = None
    why_label: str = ""


def unmeasured(why: Unmeasured, *, reading: str = "", split: float = 0.0) -> Precision:
    """No error is known, for that reason."""
    return Precision(
        PrecisionMethod.UNKNOWN, reading=reading, split=split, why=why, why_label=WHY[why]
    )


#: Of a figure that is not there.
NOT_GIVEN = unmeasured(Unmeasured.NOT_GIVEN)


def unmeasured_in(meta: FlowMeta) -> Unmeasured:
    """Why no figure of a file has an error, where none has."""
    return Unmeasured.ESTIMATED if meta.estimated else Unmeasured.NO_WEIGHTS


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


def variances(sums: CellSums, meta: FlowMeta) -> FloatArray | None:
    """The same for many sums at once."""
    if meta.estimated:
        return None
    if sums.squares is not None:
        return np.maximum(sums.squares - sums.weight, 0.0)
    return None if meta.mean_weight is None else (meta.mean_weight - 1) * sums.weight


def precision(sum: CellSum, meta: FlowMeta) -> Precision:
    """Precision of a sum of cells."""
    spread = variance(sum, meta)
    reading = census_reading(sum.weight) if meta.census else ""
    if spread is None:
        return unmeasured(unmeasured_in(meta), reading=reading, split=sum.split)
    error = math.sqrt(spread)
    cv = error / sum.weight if sum.weight > 0 else None
    return Precision(
        method=precision_method(meta, has_squares=sum.squares is not None),
        standard_error=error,
        cv=cv,
        grade=None if cv is None else grade_of(cv),
        reading=reading,
        split=sum.split,
    )


def net_precision(incoming: CellSum, outgoing: CellSum, meta: FlowMeta) -> Precision:
    """Precision of a difference of two sums that share no cell: variances add.

    A balance near zero is no less known for that: only its standard error is given.
    """
    both = incoming + outgoing
    spread = variance(both, meta)
    if spread is None:
        return unmeasured(unmeasured_in(meta), split=both.split)
    return Precision(
        method=precision_method(meta, has_squares=both.squares is not None),
        standard_error=math.sqrt(spread),
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
