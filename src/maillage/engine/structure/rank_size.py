"""One centre or several: how sizes fall with rank among the poles of a territory."""

import numpy as np

from maillage.territory.geography import FloatArray

#: Below that many poles a slope says nothing.
MINIMUM_POLES = 5


def rank_size_slope(pole_sizes: FloatArray) -> FloatArray:
    """ζ of ln(rank - 1/2) = a - ζ ln(size) over the poles (last axis) with a positive size.

    The larger, the more alike the poles. Half a rank is taken off against the bias of small
    samples (Gabaix and Ibragimov, 2011). NaN with fewer than five poles, or all alike.
    """
    return np.apply_along_axis(_slope, -1, pole_sizes)


def _slope(sizes: FloatArray) -> float:
    positive = np.sort(sizes[sizes > 0])[::-1]
    if len(positive) < MINIMUM_POLES or positive[0] == positive[-1]:
        return float("nan")
    log_size = np.log(positive)
    log_rank = np.log(np.arange(1, len(positive) + 1) - 0.5)
    log_size -= log_size.mean()
    return float(-(log_size @ log_rank) / (log_size @ log_size))
