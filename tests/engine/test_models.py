"""Gravity and radiation against plain loops, and the laws they owe."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from maillage.engine.gravity import (
    attraction_constrained,
    doubly_constrained,
    exponential_decay,
    fit_beta,
    power_decay,
    production_constrained,
)
from maillage.engine.models import (
    common_part_of_commuters,
    expected_flow,
    flow_residual,
    radiation_flow,
)


@st.composite
def countries(draw, smallest=3):
    """Flows between places at random, and their distances; some places are equally far."""
    n = draw(st.integers(smallest, 7))
    flows = draw(arrays(np.float64, (n, n), elements=st.floats(1, 1e3)))
    places = draw(arrays(np.float64, (n, 2), elements=st.integers(0, 30)))
    distance = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1)) + 5
    np.fill_diagonal(distance, 0)
    return flows, distance


def off_diagonal(flows):
    return np.where(np.eye(len(flows), dtype=bool), 0, flows)


@settings(max_examples=40, deadline=None)
@given(countries())
def test_gravity_keeps_both_margins(country):
    flows, distance = country
    expected = np.nan_to_num(expected_flow(flows, distance))
    moves = off_diagonal(flows)
    np.testing.assert_allclose(expected.sum(axis=1), moves.sum(axis=1), rtol=1e-6)
    np.testing.assert_allclose(expected.sum(axis=0), moves.sum(axis=0), rtol=1e-6)


@settings(max_examples=40, deadline=None)
@given(countries())
def test_gravity_travels_as_far_as_people_do(country):
    flows, distance = country
    logs = np.log(np.where(distance > 0, distance, 1))
    expected = np.nan_to_num(expected_flow(flows, distance))
    observed = (off_diagonal(flows) * logs).sum()
    assert (expected * logs).sum() == pytest.approx(observed, rel=1e-5)


@settings(max_examples=40, deadline=None)
@given(countries(smallest=4), st.floats(0.2, 3))
def test_a_country_made_by_gravity_gives_its_beta_back(country, beta):
    flows, distance = country
    assume(len(np.unique(distance.round(6))) >= 4)  # distances that hardly differ say nothing of β
    moves = off_diagonal(flows)
    made = doubly_constrained(moves.sum(axis=1), moves.sum(axis=0), power_decay(distance, beta))
    assume(made.converged)
    expected = expected_flow(made.flows, distance)
    np.testing.assert_allclose(np.nan_to_num(expected), made.flows, rtol=1e-3, atol=1e-3)
    residual = flow_residual(made.flows, expected)
    np.testing.assert_allclose(residual[distance > 0], 1, rtol=1e-3)
    assert common_part_of_commuters(made.flows, expected) == pytest.approx(1, abs=1e-3)


def naive_doubly_constrained(origins, destinations, decay, passes=3000):
    n = len(origins)
    a, b = [1.0] * n, [1.0] * n
    for _ in range(passes):
        for i in range(n):
            a[i] = 1 / sum(b[j] * destinations[j] * decay[i][j] for j in range(n))
        for j in range(n):
            b[j] = 1 / sum(a[i] * origins[i] * decay[i][j] for i in range(n))
    return [
        [a[i] * origins[i] * b[j] * destinations[j] * decay[i][j] for j in range(n)]
        for i in range(n)
    ]


def test_balancing_factors_are_those_of_the_definition() -> None:
    origins, destinations = np.array([100.0, 50, 30, 20]), np.array([60.0, 80, 40, 20])
    distance = np.array([[0, 3, 8, 9], [3, 0, 5, 7], [8, 5, 0, 4], [9, 7, 4, 0]], dtype=float)
    for decay in (power_decay(distance, 1.3), exponential_decay(distance, 0.2)):
        found = doubly_constrained(origins, destinations, decay)
        assert found.converged
        expected = naive_doubly_constrained(origins.tolist(), destinations.tolist(), decay.tolist())
        np.testing.assert_allclose(found.flows, expected, rtol=1e-6, atol=1e-6)


def test_margins_that_no_flow_can_have_are_said() -> None:
    """Two places: all that leaves one reaches the other. 30 sent, 20 received: impossible."""
    decay = power_decay(np.array([[0.0, 5], [5, 0]]), 1.0)
    assert not doubly_constrained(np.array([30.0, 20]), np.array([30.0, 20]), decay).converged


@given(countries())
def test_one_sided_models_keep_their_side(country):
    flows, distance = country
    moves, decay = off_diagonal(flows), power_decay(distance, 1.5)
    sent = production_constrained(moves.sum(axis=1), moves.sum(axis=0), decay)
    got = attraction_constrained(moves.sum(axis=1), moves.sum(axis=0), decay)
    np.testing.assert_allclose(sent.sum(axis=1), moves.sum(axis=1))
    np.testing.assert_allclose(got.sum(axis=0), moves.sum(axis=0))


def test_two_places_need_no_beta() -> None:
    flows, distance = np.array([[9.0, 5], [5, 9]]), np.array([[0.0, 7], [7, 0]])
    assert fit_beta(flows, distance) == 0
    np.testing.assert_allclose(expected_flow(flows, distance)[[0, 1], [1, 0]], 5)


@given(countries(), st.lists(st.floats(1, 1e4), min_size=7, max_size=7))
def test_radiation(country, masses):
    flows, distance = country
    n = len(flows)
    found = radiation_flow(flows, distance, np.array(masses[:n]))
    for i in range(n):
        leaving = sum(flows[i, j] for j in range(n) if j != i)
        for j in range(n):
            if i == j:
                assert np.isnan(found[i, j])
                continue
            s = sum(
                masses[k] for k in range(n) if k not in (i, j) and distance[i, k] <= distance[i, j]
            )
            m, w = masses[i], masses[j]
            assert found[i, j] == pytest.approx(leaving * m * w / ((m + s) * (m + w + s)), rel=1e-9)


@given(countries())
def test_radiation_sends_what_the_size_of_the_country_leaves(country):
    """Σ_j T_ij = O_i (1 - m_i / M) when no two places are as far from i."""
    flows, distance = country
    assume(all(len(np.unique(row.round(9))) == len(row) for row in distance))
    masses = np.arange(1.0, len(flows) + 1)
    found = np.nansum(radiation_flow(flows, distance, masses), axis=1)
    share = 1 - masses / masses.sum()
    np.testing.assert_allclose(found, off_diagonal(flows).sum(axis=1) * share, rtol=1e-9)


@settings(max_examples=30, deadline=None)
@given(countries(), st.randoms(use_true_random=False))
def test_the_order_of_places_is_indifferent(country, random):
    flows, distance = country
    order = np.array(random.sample(range(len(flows)), len(flows)))
    turned = np.ix_(order, order)
    for model in (expected_flow, lambda f, d: radiation_flow(f, d, off_diagonal(f).sum(axis=1))):
        moved = model(flows[turned], distance[turned])
        np.testing.assert_allclose(moved, model(flows, distance)[turned], rtol=1e-4)


def test_places_without_a_position_are_left_out() -> None:
    flows = np.array([[0.0, 60, 40, 7], [40, 0, 60, 0], [60, 40, 0, 0], [9, 0, 0, 0]])
    distance = np.full((4, 4), 10.0)
    np.fill_diagonal(distance, 0)
    distance[3] = distance[:, 3] = np.nan
    expected = expected_flow(flows, distance)
    assert np.isnan(expected[3]).all()
    assert np.isnan(expected[:, 3]).all()
    np.testing.assert_allclose(expected[0, 1:3], 50, rtol=1e-6)
    assert np.isnan(flow_residual(flows, expected)[0, 3])


@given(
    arrays(np.float64, (3, 3), elements=st.floats(0.1, 100)),
    arrays(np.float64, (3, 3), elements=st.floats(0.1, 100)),
)
def test_common_part(flows, expected):
    shared = common_part_of_commuters(flows, expected)
    assert 0 < shared <= 1
    assert shared == pytest.approx(common_part_of_commuters(expected, flows))
    assert common_part_of_commuters(flows, flows) == pytest.approx(1)


def test_going_to_the_nearest_place_only_stops_the_fit() -> None:
    """Two pairs of neighbours far apart that never mix: no β is large enough."""
    flows, distance = np.zeros((4, 4)), np.full((4, 4), 100.0)
    for i, j in ((0, 1), (1, 0), (2, 3), (3, 2)):
        flows[i, j], distance[i, j] = 50, 2
    np.fill_diagonal(distance, 0)
    assert fit_beta(flows, distance) == 10
    np.testing.assert_allclose(expected_flow(flows, distance)[[0, 2], [1, 3]], 50, rtol=1e-6)
