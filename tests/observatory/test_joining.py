"""Associating neighbours one by one, and the themes where surpluses meet needs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.common.errors import NotFoundError
from maillage.engine.balances import coverage
from maillage.observatory.joining import _order, joining
from maillage.observatory.matches import matches
from maillage.territory.perimeter import parse_perimeter

from ..engine.worlds import country, mesh, stock

N = 8
EPCI = {f"20000000{u}": [2 * u, 2 * u + 1] for u in range(4)}
#: Heat in excess at the second, gas at the third.
SUPPLY = {"electricity": [1] * N, "heat": [0, 0, 9, 9, 4, 4, 4, 4], "gas": [0] * 4 + [9] * 4}
NEED = {"electricity": [1] * N, "heat": [4] * N, "gas": [3] * N}


@pytest.fixture
def edition(make_edition):
    stocks = [
        stock(values, name=f"energy_{side}_{group}")
        for side, table in (("supply", SUPPLY), ("need", NEED))
        for group, values in table.items()
    ]
    return make_edition(stocks=stocks, geography=country(N, (mesh("epci", EPCI),)))


def here(edition):
    return parse_perimeter("200000000", edition.geography)


def test_neighbours_join_in_the_order_that_gains_most(edition):
    found = joining(edition, here(edition), "energy")
    assert found.alone == pytest.approx(2 / 16)
    # Heat: 8 of 32; gas, with 18 for 12: 6 of 32. Ours: 2, 0, 0 for 2, 8, 6.
    first, second = found.steps
    assert (first.id, first.gain) == ("200000001", pytest.approx(8 / 32))
    assert first.together - first.apart == pytest.approx(first.gain)
    assert second.id == "200000002"
    assert second.together > first.together


def test_the_radius_keeps_the_far_ones_out(edition):
    found = joining(edition, here(edition), "energy", radius_km=30.0)
    assert {step.id for step in found.steps} == {"200000001"}


def test_an_unknown_group_says_why(edition):
    found = joining(edition, here(edition), "food")
    assert found.steps == ()
    assert found.alone is None
    assert "« Céréales »" in found.missing


def test_an_unknown_theme_is_not_found(edition):
    with pytest.raises(NotFoundError, match="inconnu"):
        joining(edition, here(edition), "nothing")


amounts = st.lists(st.tuples(*[st.floats(0.1, 100)] * 4), min_size=1, max_size=6)


@given(amounts)
def test_no_step_loses_and_together_is_never_below_apart(rows):
    """γ is never negative: acting as one can always do as well as acting alone."""
    table = np.array(rows).reshape(-1, 2, 2).swapaxes(0, 1)
    own, theirs = table[:, 0], table
    for _, (gain, together, apart) in _order(own, theirs, np.arange(theirs.shape[1]), 6):
        assert gain > 0
        assert together >= apart - 1e-9
        assert 0 <= apart <= together <= 1 + 1e-9
    assert coverage(*own) <= 1


def test_each_theme_names_the_best_both_ways(edition):
    found = matches(edition, here(edition))
    [energy] = found.themes
    assert energy.receiving.id == "200000001"
    assert energy.receiving.share == pytest.approx(1 / 3)
    assert energy.giving is None
    assert "Alimentation" in found.missing
