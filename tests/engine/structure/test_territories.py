"""Labour market validity and rank-size slope."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.engine.profile import FlowProfile
from maillage.engine.structure.rank_size import rank_size_slope
from maillage.engine.structure.validity import labour_market_validity


def territory(stay: float, leave: float, come: float) -> FlowProfile:
    return FlowProfile(
        np.array(stay),
        np.array(stay + leave),
        np.array(stay + come),
        np.array([leave]),
        np.array([come]),
    )


def validity(stay: float, leave: float, come: float) -> float:
    return float(labour_market_validity(territory(stay, leave, come)))


def test_the_target_gives_exactly_one() -> None:
    assert validity(7_500, 2_500, 2_500) == pytest.approx(0.75 / 0.6667)
    assert validity(750, 250, 250) == pytest.approx(1)  # smallest size, target containment
    assert validity(6_667, 3_333, 0) == pytest.approx(1)  # target size, least containment
    assert validity(0, 10_000, 5) == 0


def test_closed_on_itself_is_valid_at_any_size() -> None:
    assert validity(10, 0, 0) == 1


def test_nothing_to_measure_is_unknown() -> None:
    assert np.isnan(validity(0, 0, 0))


@given(st.floats(1, 1e5), st.floats(1, 1e5), st.floats(1, 1e5), st.floats(1, 1e4))
def test_keeping_more_never_hurts(stay, leave, come, more):
    assert validity(stay + more, leave, come) >= validity(stay, leave, come) - 1e-12


@given(st.floats(0.3, 3), st.integers(5, 40), st.floats(1, 1e5))
def test_slope_is_found_again(slope, n, size):
    sizes = size * (np.arange(1, n + 1) - 0.5) ** (-1 / slope)
    assert rank_size_slope(sizes) == pytest.approx(slope, rel=1e-6)
    assert rank_size_slope(sizes[::-1].copy()) == pytest.approx(slope, rel=1e-6)


@pytest.mark.parametrize("sizes", [[5.0, 4, 3, 2, 0], [7.0] * 6, []])
def test_too_few_poles_or_no_hierarchy_is_unknown(sizes) -> None:
    assert np.isnan(rank_size_slope(np.array(sizes)))


def test_several_territories_at_once() -> None:
    poles = np.array([[200, 200 / 3, 40, 200 / 7, 200 / 9, 0], [1, 1, 1, 0, 0, 0]])
    assert rank_size_slope(poles) == pytest.approx([1, np.nan], nan_ok=True)
