"""Where a value stands: against the country pooled, against territories of its type.

Two references, always named: the pooled ratio Σ numerators / Σ denominators (a formula applied to
``FlowProfile.summed``), and the mean, median and quartiles of the territories of the type.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.territory.geography import FloatArray

BoolArray = npt.NDArray[np.bool_]

#: A type with fewer known values than this is widened.
MINIMUM_GROUP = 8


@dataclass(frozen=True)
class Distribution:
    """A value among those of a group. ``n`` counts known values; fields are NaN without any."""

    n: int
    mean: float
    median: float
    q1: float
    q3: float
    rank: float  # share of the group below the value, ties by half, in [0, 1]


@dataclass(frozen=True, eq=False)
class Group:
    """A type of territories, and who is in it. ``several`` is how a sentence counts them."""

    label: str
    members: BoolArray
    several: str = ""


def distribution(values: FloatArray, value: float) -> Distribution:
    """Mean, median and quartiles of the known ``values``, and the rank of ``value`` in them.

    Quartiles interpolate linearly between values (definition 7 of Hyndman and Fan, 1996).
    """
    known = values[~np.isnan(values)]
    if not known.size:
        return Distribution(0, *(float("nan"),) * 5)
    q1, median, q3 = (float(q) for q in np.quantile(known, (0.25, 0.5, 0.75)))
    return Distribution(
        int(known.size), float(known.mean()), median, q1, q3, quantile_rank(known, value)
    )


def quantile_rank(known: FloatArray, value: float) -> float:
    """Share of ``known`` below ``value``, equal ones counted by half; NaN for an unknown value."""
    if np.isnan(value):
        return float("nan")
    return float(((known < value).sum() + (known == value).sum() / 2) / known.size)


def widen(groups: Sequence[Group], values: FloatArray, at_least: int = MINIMUM_GROUP) -> Group:
    """The first group, from the narrowest to the widest, that holds enough known values.

    The widest when none does. ValueError without any group.
    """
    if not groups:
        raise ValueError("no group to choose from")
    known = ~np.isnan(values)
    enough = (group for group in groups if (group.members & known).sum() >= at_least)
    return next(enough, groups[-1])
