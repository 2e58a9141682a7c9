"""Division as the battery means it: nothing over nothing is unknown, never zero."""

import numpy as np

from maillage.territory.geography import FloatArray


def ratio(numerator: FloatArray | float, denominator: FloatArray) -> FloatArray:
    """``numerator / denominator``, broadcast; NaN where the denominator is 0 or unknown."""
    return np.asarray(numerator / np.where(denominator == 0, np.nan, denominator))


def shares(parts: FloatArray) -> FloatArray:
    """Shares of the last axis in its sum, same shape; NaN where the sum is 0."""
    return ratio(parts, parts.sum(axis=-1, keepdims=True))
