"""Balances, complementarity and the gain of cooperating: laws."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from maillage.engine.balances import cooperation_gain, coverage, deficit, surplus
from maillage.engine.complementarity import (
    complementarity_from,
    complementarity_reciprocity,
    complementarity_to,
    cooperation_quadrant,
    krugman,
    pair_dissimilarity,
    specificity_gap,
    specificity_ratio,
)

AMOUNTS = st.one_of(st.just(0.0), st.floats(0.01, 1e6))


def quantities(n=4):
    return arrays(np.float64, n, elements=AMOUNTS)


@given(quantities(), quantities(), quantities(), quantities())
def test_the_gain_is_never_negative_and_is_what_the_union_covers_more(a, b, a2, b2):
    gain = cooperation_gain(a, b, a2, b2)
    needed = b.sum() + b2.sum()
    if not needed:
        assert np.isnan(gain)
        return
    assert gain >= 0
    apart = np.nan_to_num(coverage(a, b)) * b.sum() + np.nan_to_num(coverage(a2, b2)) * b2.sum()
    together = coverage(a + a2, b + b2)
    assert gain == pytest.approx(together - apart / needed, abs=1e-9)
    assert gain == pytest.approx(cooperation_gain(a2, b2, a, b), abs=1e-12)


@given(quantities(), quantities(), quantities(), quantities())
def test_the_gain_is_what_each_surplus_does_for_the_other(a, b, a2, b2):
    """Group by group, the smaller of one's surplus and the other's deficit, both ways."""
    given_ = np.minimum(surplus(a, b), deficit(a2, b2)) + np.minimum(surplus(a2, b2), deficit(a, b))
    needed = b.sum() + b2.sum()
    if needed:
        expected = pytest.approx(given_.sum() / needed, abs=1e-9)
        assert cooperation_gain(a, b, a2, b2) == expected


@given(quantities(), quantities())
def test_alike_territories_gain_nothing(a, b):
    if b.sum():
        assert cooperation_gain(a, b, 2 * a, 2 * b) == pytest.approx(0, abs=1e-12)


@given(quantities(), quantities())
def test_coverage_is_a_share(a, b):
    found = coverage(a, b)
    assert np.isnan(found) if not b.sum() else 0 <= found <= 1 + 1e-12
    assert np.array_equal(surplus(a, b) - deficit(a, b), a - b)


def test_an_unknown_supply_makes_the_result_unknown() -> None:
    a, b = np.array([1.0, np.nan]), np.array([2.0, 2.0])
    for value in (
        coverage(a, b),
        cooperation_gain(a, b, b, b),
        complementarity_to(a, b, b, b),
        complementarity_to(b, b, a, b),
    ):
        assert np.isnan(value)


@given(quantities(), quantities(), quantities(), quantities(), st.permutations(range(4)))
def test_complementarity_is_a_share_whatever_the_order_of_themes(a, b, a2, b2, order):
    weights = np.array([1.0, 2, 3, 4])
    found = complementarity_to(a, b, a2, b2, weights)
    assert np.isnan(found) if not b2.any() else 0 <= found <= 1 + 1e-12
    turned = complementarity_to(*(x[order] for x in (a, b, a2, b2, weights)))
    assert turned == pytest.approx(found, nan_ok=True)
    back = complementarity_from(a2, b2, a, b, weights)
    assert back == pytest.approx(found, nan_ok=True)


def test_complementarity_theme_by_theme() -> None:
    """Loops over themes, the weights shared among those the partner needs."""
    a, b = np.array([9.0, 0, 4]), np.array([1.0, 5, 4])
    a2, b2 = np.array([2.0, 0, 0]), np.array([4.0, 0, 8])
    weights = np.array([1.0, 7, 3])
    expected = (1 * min(8, 2) / 4 + 3 * min(0, 8) / 8) / (1 + 3)
    assert complementarity_to(a, b, a2, b2, weights) == pytest.approx(expected)


@given(st.floats(0, 1), st.floats(0, 1))
def test_reciprocity(c1, c2):
    found = complementarity_reciprocity(np.array(c1), np.array(c2))
    if c1 + c2 == 0:
        assert np.isnan(found)
    else:
        assert 0 <= found <= 1
        assert found == complementarity_reciprocity(np.array(c2), np.array(c1))


@given(arrays(np.float64, (3, 4), elements=st.floats(0.1, 1e4)))
def test_specificity_sets_a_territory_against_all_the_others(stock):
    whole = stock.sum(axis=0)
    for i in range(3):
        others = np.delete(stock, i, axis=0).sum(axis=0)
        own, rest = stock[i] / stock[i].sum(), others / others.sum()
        np.testing.assert_allclose(specificity_ratio(stock, whole)[i], own / rest, rtol=1e-6)
        gap = specificity_gap(stock, whole)
        np.testing.assert_allclose(gap[i], own - rest, atol=1e-9)
        assert krugman(gap)[i] == pytest.approx(sum(abs(own - rest)) / 2, abs=1e-9)


@given(quantities(), quantities(), quantities())
def test_dissimilarity_is_a_distance(p, q, r):
    assume(p.any() and q.any() and r.any())
    assert pair_dissimilarity(p, p) == 0
    assert pair_dissimilarity(p, q) == pair_dissimilarity(q, p) <= 1 + 1e-12
    through = pair_dissimilarity(p, r) + pair_dissimilarity(r, q)
    assert pair_dissimilarity(p, q) <= through + 1e-9


def test_quadrants() -> None:
    link, both = np.array([1.0, 1, 0, 0, np.nan, 1]), np.array([1.0, 0, 1, 0, 1, np.nan])
    assert cooperation_quadrant(link, both, 0.5, 0.5).tolist() == [3, 2, 1, 0, -1, -1]
