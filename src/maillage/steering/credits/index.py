"""A split by criteria: an index of each territory, then its share of the money.

The form is that of the « indice synthétique de ressources et de charges » (CGCT, art. L. 2334-17):
ratios to the mean, weighed and added; the money goes as inhabitants times the index.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np

from maillage.territory.geography import FloatArray


def ratios(values: FloatArray, people: FloatArray, *, high: bool) -> FloatArray:
    """Value over mean where high values gain, mean over value where low ones do.

    The mean is weighed by inhabitants, over what is known. NaN where unknown, or where a zero would
    have to divide. Ones where the mean is zero: such a criterion tells nobody apart.
    """
    known = ~np.isnan(values) & ~np.isnan(people)
    mean = (values[known] * people[known]).sum() / (people[known].sum() or np.nan)
    if mean == 0:
        return np.where(np.isnan(values), np.nan, 1.0)
    if high:
        return np.asarray(values / mean)
    return np.asarray(mean / np.where(values == 0, np.nan, values))


def synthetic_index(terms: Sequence[FloatArray], weights: Sequence[float]) -> FloatArray:
    """Σ weight × ratio / Σ weights; NaN where a ratio is."""
    weighed = [term * weight for term, weight in zip(terms, weights, strict=True)]
    return np.asarray(np.sum(weighed, axis=0) / sum(weights))


def shared_out(cents: int, strengths: Sequence[float | Decimal]) -> list[int]:
    """Whole cents in proportion to ``strengths``, that sum to ``cents`` exactly.

    Largest remainders (Hamilton, 1792): the cents left by rounding down go to those that lost the
    most to it, the first on a tie. All zero when every strength is.
    """
    exact = [Fraction(strength) for strength in strengths]
    whole = sum(exact)
    if not whole:
        return [0] * len(exact)
    wanted = [cents * part / whole for part in exact]
    given = [part.numerator // part.denominator for part in wanted]
    by_loss = sorted(range(len(exact)), key=lambda row: given[row] - wanted[row])
    for row in by_loss[: cents - sum(given)]:
        given[row] += 1
    return given
