"""References of a value: distribution of its type, rank, types widened when too few."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.engine.benchmarks import Group, distribution, widen

VALUES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30)


def test_ten_territories() -> None:
    found = distribution(np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 9, np.nan]), 7.0)
    assert (found.n, found.mean, found.median, found.q1, found.q3) == (9, 5, 5, 3, 7)
    assert found.rank == pytest.approx(6.5 / 9)


@given(VALUES, st.floats(-1e6, 1e6))
def test_rank_counts_those_below_and_half_of_the_equal(values, value):
    below = sum(v < value for v in values) + sum(v == value for v in values) / 2
    assert distribution(np.array(values), value).rank == pytest.approx(below / len(values))


@given(VALUES, st.randoms(use_true_random=False))
def test_order_and_unknown_values_are_indifferent(values, random):
    shuffled = [*values, float("nan")]
    random.shuffle(shuffled)
    one, other = (distribution(np.array(v), values[0]) for v in (values, shuffled))
    assert other.n == one.n == len(values)
    for name in ("mean", "median", "q1", "q3", "rank"):
        assert getattr(other, name) == pytest.approx(getattr(one, name), rel=1e-9, abs=1e-6)


def test_nothing_known_says_nothing() -> None:
    found = distribution(np.array([np.nan, np.nan]), 3.0)
    assert found.n == 0
    assert np.isnan([found.mean, found.median, found.q1, found.q3, found.rank]).all()
    assert np.isnan(distribution(np.array([1.0, 2.0]), float("nan")).rank)


def test_a_type_too_small_is_widened_and_says_so() -> None:
    values = np.arange(20.0)
    values[:3] = np.nan
    groups = [
        Group("métropoles de 300 000 à 500 000 habitants", values < 6),  # 3 known
        Group("métropoles", np.arange(20) < 10),  # 7 known: three are unknown
        Group("EPCI de plus de 100 000 habitants", np.arange(20) < 11),  # 8 known
        Group("tous les EPCI", np.ones(20, dtype=bool)),
    ]
    assert widen(groups, values).label == "EPCI de plus de 100 000 habitants"
    assert widen(groups[:2], values).label == "métropoles"  # the widest there is
    assert widen(groups, values, at_least=3).label == groups[0].label
    with pytest.raises(ValueError, match="no group"):
        widen([], values)
