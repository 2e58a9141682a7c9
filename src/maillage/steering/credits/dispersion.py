"""How unequal a split is, and how much of it another would move."""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from maillage.territory.geography import FloatArray


def gini(amounts: FloatArray, people: FloatArray) -> float | None:
    """Inequality of the amount per inhabitant: 0, the same everywhere; near 1, one has it all.

    Twice the area between the Lorenz curve and equality, territories by increasing amount per
    inhabitant: 1 − Σ (Fᵢ − Fᵢ₋₁)(Lᵢ + Lᵢ₋₁), where F and L are cumulated shares of inhabitants and
    amounts (Gini, 1914). None without inhabitants or amounts.
    """
    if not people.sum() or not amounts.sum():
        return None
    order = np.argsort(amounts / people, kind="stable")
    whole = np.cumsum(amounts[order]) / amounts.sum()
    before = np.concatenate([[0.0], whole[:-1]])
    return float(1 - (people[order] / people.sum() * (whole + before)).sum())


def moved(gaps: Sequence[Decimal]) -> Decimal:
    """What some would gain, that others would lose: half the sum of the gaps (Hoover, 1936)."""
    return sum((gap for gap in gaps if gap > 0), Decimal(0))
