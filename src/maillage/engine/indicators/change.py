"""What moved between two vintages (G14). Which vintages compare: ``maillage.engine.evolution``."""

from maillage.engine.ratio import ratio
from maillage.territory.geography import FloatArray


def absolute_change(first: FloatArray, last: FloatArray) -> FloatArray:
    """F_t1 - F_t0, in the unit of the flow."""
    return last - first


def annual_change_rate(first: FloatArray, last: FloatArray, years: float) -> FloatArray:
    """(F_t1 / F_t0)^(1 / years) - 1; NaN from nothing."""
    return ratio(last, first) ** (1 / years) - 1
