"""Variance, grades and Insee's reading of counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.engine.flows import CellSum
from maillage.engine.precision import (
    PrecisionMethod,
    census_reading,
    grade_of,
    net_precision,
    precision,
    variance,
)

from .worlds import meta

WEIGHTS = st.lists(st.floats(1, 10), max_size=30)


def summed(weights):
    return CellSum(sum(weights), sum(w * w for w in weights))


@given(WEIGHTS)
def test_exact_variance_is_the_sum_over_persons(weights):
    expected = sum(w * (w - 1) for w in weights)
    assert variance(summed(weights), meta()) == pytest.approx(expected, abs=1e-6)


@given(WEIGHTS, WEIGHTS)
def test_variance_adds(a, b):
    whole = variance(summed(a) + summed(b), meta())
    parts = variance(summed(a), meta()) + variance(summed(b), meta())
    assert whole == pytest.approx(parts, abs=1e-6)


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_approximate_variance_adds(a, b):
    facts = meta(mean_weight=4.0)
    whole = variance(CellSum(a + b, None), facts)
    assert whole == pytest.approx(
        variance(CellSum(a, None), facts) + variance(CellSum(b, None), facts)
    )


def test_insee_thresholds_are_the_edges_of_grades_a_and_b_with_a_weight_of_four():
    """F = 500 has a CV of 7.7 %, F = 200 of 12.2 %: observatory's stated reproduction."""
    facts = meta(mean_weight=4.0)
    found = precision(CellSum(500.0, None), facts)
    assert found.cv == pytest.approx(0.0775, abs=1e-4)
    assert (found.grade, found.method) == ("A", PrecisionMethod.APPROXIMATE)
    assert precision(CellSum(200.0, None), facts).cv == pytest.approx(0.1225, abs=1e-4)
    assert precision(CellSum(10.0, None), facts).grade == "D"


@pytest.mark.parametrize(
    ("cv", "grade"),
    [(0.0, "A"), (0.08, "A"), (0.0801, "B"), (0.12, "B"), (0.25, "C"), (0.26, "D")],
)
def test_grades(cv, grade):
    assert grade_of(cv) == grade


def test_reading_follows_the_count_for_census_files_only():
    assert "supérieur à 500" in census_reading(500)
    assert "ordre de grandeur" in census_reading(499.9)
    assert "précaution" in census_reading(199.9)
    assert precision(CellSum(10.0, 40.0), meta(census=False)).reading == ""


def test_what_is_not_sampled_has_no_error():
    found = precision(CellSum(3.0, None), meta(mean_weight=1.0, census=False))
    assert (found.method, found.cv, found.grade) == (PrecisionMethod.COMPLETE, 0.0, "A")


def test_nothing_known_is_not_a_perfect_grade():
    found = precision(CellSum(3.0, None), meta())
    assert (found.method, found.cv, found.grade) == (PrecisionMethod.UNKNOWN, None, None)
    estimate = precision(CellSum(3.0, 9.0), meta(estimated=True))
    assert (estimate.method, estimate.grade) == (PrecisionMethod.UNKNOWN, None)


def test_nothing_at_all_has_no_grade():
    assert precision(CellSum(0.0, 0.0), meta()).grade is None


def test_errors_of_a_difference_add():
    net = net_precision(CellSum(100.0, 500.0), CellSum(90.0, 590.0), meta())
    assert net.standard_error == pytest.approx(900**0.5)
    assert net.grade is None
