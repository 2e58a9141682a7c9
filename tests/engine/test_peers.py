"""Territories alike: against plain loops; pins, drops, unknown values, custom perimeters."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from maillage.catalog.load import load_catalog
from maillage.engine.peer_variables import peer_variables
from maillage.engine.peers import Scale, grown_perimeters, nearest

SCORES = arrays(np.float64, (8, 3), elements=st.floats(-3, 3))


def test_standardised_values_have_mean_0_and_spread_1() -> None:
    values = np.random.default_rng(1).normal(50, 9, (400, 2))
    values[0] = 1e9, np.nan  # an extreme counts no more than the 99th percentile
    z = Scale.of(values).standardise(values)
    assert np.nanmean(z, axis=0) == pytest.approx([0, 0], abs=1e-12)
    assert np.nanstd(z, axis=0) == pytest.approx([1, 1])
    assert z[0, 0] == pytest.approx(np.nanmax(z[1:, 0]), abs=1e-6)
    assert np.isnan(z[0, 1])


def test_a_variable_that_never_varies_is_not_compared() -> None:
    values = np.array([[1.0, 5], [2, 5], [4, 5]])
    assert np.isnan(Scale.of(values).standardise(values)[:, 1]).all()


@given(SCORES, st.integers(1, 7))
def test_nearest(scores, count):
    found = nearest(scores[0], scores, count, drop=[0])
    gaps = [
        math.sqrt(sum((a - b) ** 2 for a, b in zip(row, scores[0], strict=True)) / 3)
        for row in scores
    ]
    order = sorted(range(1, 8), key=lambda i: (gaps[i], i))[:count]
    farthest = max(gaps)
    for i, distance in zip(order, found.distance, strict=True):
        assert distance == pytest.approx(gaps[i] / farthest if farthest else 0, abs=1e-9)
    assert all(0 <= d <= 1 + 1e-12 for d in found.distance)
    assert sorted(found.distance) == pytest.approx(list(found.distance))


@given(SCORES)
def test_drivers_share_the_distance(scores):
    found = nearest(scores[0], scores, 4, drop=[0])
    for i, drivers in zip(found.indices, found.drivers, strict=True):
        squares = (scores[i] - scores[0]) ** 2
        if squares.sum() > 1e-100:
            assert drivers == pytest.approx(squares / squares.sum())
        elif squares.sum() == 0:
            assert np.isnan(drivers).all()  # a twin: nothing keeps them apart


@given(SCORES, st.permutations(range(8)))
def test_the_order_of_candidates_is_indifferent(scores, order):
    order = np.array(order)
    one = nearest(scores[0], scores, 5)
    other = nearest(scores[0], scores[order], 5)
    assert other.distance == pytest.approx(one.distance)


def test_pins_come_first_and_drops_never() -> None:
    scores = np.arange(6.0)[:, None]
    found = nearest(scores[0], scores, 2, pin=[5, 5, 3], drop=[0, 1])
    assert found.indices.tolist() == [5, 3, 2, 4]
    assert found.pinned == 2
    assert found.distance == pytest.approx([1, 0.6, 0.4, 0.8])


def test_unknown_values_are_left_out_of_the_distance() -> None:
    scores = np.array([[0.0, 0, 0, 0], [1, np.nan, np.nan, 1], [2, np.nan, np.nan, np.nan]])
    found = nearest(scores[0], scores, 5, drop=[0])
    assert found.indices.tolist() == [1]  # the last shares too few variables
    assert found.drivers[0] == pytest.approx([0.5, np.nan, np.nan, 0.5], nan_ok=True)


def test_a_custom_perimeter_meets_neighbouring_unions_of_its_size() -> None:
    """Four EPCI on a line, 10 km apart."""
    population = np.array([40.0, 30, 30, 100])
    distance = np.abs(np.subtract.outer(np.arange(4), np.arange(4))) * 10.0
    found = [members.tolist() for members in grown_perimeters(population, distance, 65)]
    assert found == [[0, 1], [1, 2], [3]]  # from 0; from 1 and 2; from 3, alone closer to 65
    for members in grown_perimeters(population, distance, 1):
        assert len(members) == 1
    assert len(grown_perimeters(population, distance, 1e9)) == 1


def test_published_variables() -> None:
    cards = load_catalog().peers.values()
    assert [card.order for card in sorted(cards, key=lambda c: c.order)] == list(
        range(1, len(cards) + 1)
    )
    stocks = {
        "population": np.array([1000.0, 0.0, math.nan]),
        "jobs": np.array([500.0, 10.0, 0.0]),
        "jobs_az": np.array([50.0, 10.0, 0.0]),
    }
    names, values = peer_variables(cards, stocks)
    assert names == ("population", "jobs_farming")
    np.testing.assert_allclose(values, [[math.log(1000), 0.1], [np.nan, 1], [np.nan, np.nan]])


def test_a_country_without_stocks_has_no_peers() -> None:
    with pytest.raises(ValueError, match="no stock"):
        peer_variables(load_catalog().peers.values(), {})


def test_variables_are_made_of_stocks_that_exist_or_of_the_geography() -> None:
    catalog = load_catalog()
    given_by_geography = {"population", "area_km2"}
    for card in catalog.peers.values():
        stocks = {*card.numerator, *card.denominator}
        assert stocks <= {*catalog.stocks, *given_by_geography}, card.id
