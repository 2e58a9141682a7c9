"""How an indicator is spread over the territories comparable to one: median, quartiles, places."""

from collections.abc import Sequence

import numpy as np

from maillage.engine.benchmarks import MINIMUM_GROUP, Group, distribution, widen
from maillage.observatory.answers.compare import ComparedValue, Spread
from maillage.territory.geography import FloatArray


def spread(
    groups: Sequence[Group],
    values: FloatArray,
    compared: Sequence[ComparedValue],
    pooled: float | None,
) -> Spread | None:
    """``values`` by unit of the level. None when even the widest group has too few known."""
    if not groups:
        return None
    group = widen(groups, values)
    known = np.sort(values[group.members & ~np.isnan(values)])
    if known.size < MINIMUM_GROUP:
        return None
    found = distribution(known, float("nan"))
    return Spread(
        several=group.several or group.label,
        n=found.n,
        median=found.median,
        q1=found.q1,
        q3=found.q3,
        values=tuple(known.tolist()),
        pooled=pooled,
        everyone=groups[-1].several or groups[-1].label,
        below=tuple(None if v.value is None else int((known < v.value).sum()) for v in compared),
    )
