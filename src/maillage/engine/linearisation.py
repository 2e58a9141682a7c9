"""Variance of what is made of estimated counts: ratios, shares, differences of two years.

First-order (Taylor) linearisation of a ratio of estimators; variances of counts come from
``maillage.engine.precision``. Households are not clustered here: the result is indicative.
"""

import numpy as np

from maillage.engine.ratio import ratio
from maillage.territory.geography import FloatArray


def share_variance(
    part: FloatArray, whole: FloatArray, part_variance: FloatArray, whole_variance: FloatArray
) -> FloatArray:
    """Variance of r = part / whole where the part is made of cells of the whole.

    The covariance is then the variance of the part: V = ((1 - 2 r) V_part + r² V_whole) / whole².
    """
    share = ratio(part, whole)
    return ratio((1 - 2 * share) * part_variance + share**2 * whole_variance, whole**2)


def ratio_variance(
    numerator: FloatArray,
    denominator: FloatArray,
    numerator_variance: FloatArray,
    denominator_variance: FloatArray,
    covariance: FloatArray | float = 0.0,
) -> FloatArray:
    """Variance of R = N / D: (V_N - 2 R Cov + R² V_D) / D²; Cov = V of the cells both count."""
    value = ratio(numerator, denominator)
    spread = numerator_variance - 2 * value * covariance + value**2 * denominator_variance
    return ratio(spread, denominator**2)


def slopes_of(values: FloatArray, steps: FloatArray) -> FloatArray:
    """∂g/∂k by differences, (sums, ...): ``values`` (1 + sums, ...) hold g at the point, then one
    step along each of the sums k; ``steps`` is (sums, ...)."""
    return np.asarray((values[1:] - values[0]) / steps)


def propagated_error(slopes: FloatArray, variances: FloatArray) -> FloatArray:
    """√Σ (∂g/∂k)² V(k), for sums that share no cell (Särndal, Swensson, Wretman, 1992, §5.5).

    NaN where g depends on none of them, or not smoothly.
    """
    error = np.sqrt((slopes**2 * variances).sum(axis=0))
    return np.where(slopes.any(axis=0), error, np.nan)


def difference_variance(first: FloatArray, last: FloatArray) -> FloatArray:
    """Variance of the change between two vintages surveyed apart: V_first + V_last."""
    return first + last
