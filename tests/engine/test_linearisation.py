"""Variances of shares, ratios and changes: against a simulation of the survey itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.engine.linearisation import difference_variance, ratio_variance, share_variance

RNG = np.random.default_rng(20)


def estimates(count: int, weight: float, draws: int) -> np.ndarray:
    """Weighted counts of a population of which each person is surveyed once in ``weight``."""
    return weight * RNG.binomial(count, 1 / weight, draws).astype(float)


def horvitz_thompson(count: int, weight: float) -> np.ndarray:
    """Σw² - Σw, as ``precision`` takes it, in expectation."""
    return np.array(count * (weight - 1.0))


def test_a_share_varies_as_surveys_do() -> None:
    part, rest, weight = 900, 2100, 4.0
    parts, rests = estimates(part, weight, 40_000), estimates(rest, weight, 40_000)
    simulated = (parts / (parts + rests)).var()
    found = share_variance(
        np.array(part),
        np.array(part + rest),
        horvitz_thompson(part, weight),
        horvitz_thompson(part + rest, weight),
    )
    assert found == pytest.approx(simulated, rel=0.05)


def test_a_ratio_of_two_counts_varies_as_surveys_do() -> None:
    jobs, workers, weight = 1500, 1200, 4.0
    simulated = (estimates(jobs, weight, 40_000) / estimates(workers, weight, 40_000)).var()
    found = ratio_variance(
        np.array(jobs),
        np.array(workers),
        horvitz_thompson(jobs, weight),
        horvitz_thompson(workers, weight),
    )
    assert found == pytest.approx(simulated, rel=0.05)


@given(st.floats(1, 1e4), st.floats(1, 1e4), st.floats(1, 10), st.floats(1, 10))
def test_a_share_is_a_ratio_whose_part_is_counted_twice(part, rest, v_part, v_rest):
    whole, v_whole = np.array(part + rest), np.array(v_part + v_rest)
    share = share_variance(np.array(part), whole, np.array(v_part), v_whole)
    ratio = ratio_variance(np.array(part), whole, np.array(v_part), v_whole, np.array(v_part))
    assert share == pytest.approx(ratio, rel=1e-6, abs=1e-15)
    assert share >= -1e-15


def test_all_or_nothing_has_no_variance_of_its_own() -> None:
    whole, variance = np.array(50.0), np.array(150.0)
    assert share_variance(whole, whole, variance, variance) == pytest.approx(0)
    nothing = np.array(0.0)
    assert share_variance(nothing, whole, nothing, variance) == 0
    assert np.isnan(share_variance(nothing, nothing, nothing, nothing))


def test_two_years_add() -> None:
    assert difference_variance(np.array(9.0), np.array(16.0)) == 25
