"""A stock over a perimeter: nothing is shared out, nothing unknown becomes zero."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.catalog.cards import StockCard
from maillage.engine.partners import commune_partners, partners_on
from maillage.engine.stocks import divisor_year, stock_by_partner, stock_by_unit, stock_over

from .worlds import country, mesh, stock

NAN = float("nan")
GEOGRAPHY = country(6)  # EPCI 1: communes 0-1; EPCI 2: 2-4; commune 5 has none


def over(values, *communes, additive=True, weights=None, **facts):
    return stock_over(
        stock(values, **facts),
        np.array(communes, dtype=np.int32),
        GEOGRAPHY,
        additive=additive,
        weights=None if weights is None else np.array(weights, dtype=np.float64),
    )


def test_known_parts_are_summed_and_the_others_counted():
    found = over([1, NAN, 4, NAN, 0, 9], 0, 1, 2, 3, suppressed=[3])
    assert (found.value, found.parts, found.unknown, found.suppressed) == (5.0, 4, 1, 1)
    assert found.partial


def test_nothing_known_is_none_and_a_known_zero_is_zero():
    assert over([NAN] * 6, 0, 1).value is None
    assert not over([NAN] * 6, 0, 1).partial
    assert over([0, NAN, 1, 1, 1, 1], 0).value == 0.0


def test_a_rate_is_a_weighted_mean_and_never_a_sum():
    found = over([10, 20, 30, 40, 50, 60], 0, 1, additive=False, weights=[1, 3, 0, 0, 0, 0])
    assert found.value == 17.5
    assert over([10, 20, 30, 40, 50, 60], 0, 1, additive=False).value is None
    assert over([10, 20, 30, 40, 50, 60], 1, additive=False).value == 20.0


def test_a_mean_leaves_out_what_has_no_weight():
    found = over([10, NAN, 30, 0, 0, 0], 0, 1, 2, additive=False, weights=[1, 5, NAN, 0, 0, 0])
    assert (found.value, found.unknown) == (10.0, 1)
    assert (
        over([10, 20, 0, 0, 0, 0], 0, 1, additive=False, weights=[0, 0, 0, 0, 0, 0]).value is None
    )


@pytest.mark.parametrize(
    ("communes", "value"),
    [((0, 1), 7.0), ((2, 3, 4), 8.0), ((0, 1, 2, 3, 4), 15.0), ((0,), None), ((0, 1, 2), None)],
)
def test_values_of_epci_answer_for_whole_epci_only(communes, value):
    assert over([7, 8], *communes, level="epci").value == value


def test_a_rate_of_epci_is_not_averaged_over_several():
    assert over([7, 8], 0, 1, level="epci", additive=False, weights=[1] * 6).value == 7.0
    assert over([7, 8], 0, 1, 2, 3, 4, level="epci", additive=False, weights=[1] * 6).value is None


def card(**facts):
    default = {"id": "jobs", "title": "Emplois", "source": "x", "unit": "jobs", "unit_label": "e"}
    return StockCard(**default, column="^X$", theme="work", additive=True, **facts)


@pytest.mark.parametrize(
    ("years", "year"),
    [([2021], 2021), ([2019, 2020], 2020), ([2020, 2022], 2020), ([2018], None), ([], None)],
)
def test_the_nearest_year_divides_within_the_gap_of_the_card(years, year):
    assert divisor_year(card(divides=("commuting",)), "commuting", 2021, years) == year


def test_a_stock_divides_only_the_flows_its_card_names():
    assert divisor_year(card(divides=("school",)), "commuting", 2021, [2021]) is None


@given(
    st.lists(st.one_of(st.just(NAN), st.floats(0, 1e6)), min_size=6, max_size=6),
    st.booleans(),
)
def test_every_unit_at_once_is_each_unit_alone(values, additive):
    weights = np.array([1.0, 2.0, NAN, 0.0, 5.0, 6.0])
    epci = GEOGRAPHY.mesh("epci")
    facts = {"additive": additive, "weights": None if additive else weights}
    together = stock_by_unit(stock(values), epci, GEOGRAPHY, **facts)
    for unit in range(2):
        alone = stock_over(stock(values), epci.unit_members(unit), GEOGRAPHY, **facts).value
        np.testing.assert_allclose(together[unit], NAN if alone is None else alone)


def test_values_of_a_mesh_are_those_of_its_units_and_of_no_other():
    epci = GEOGRAPHY.mesh("epci")
    published = stock([7, 8], level="epci")
    assert stock_by_unit(published, epci, GEOGRAPHY, additive=True).tolist() == [7, 8]
    other = mesh("canton", {"a": [0], "b": [1, 2]})
    assert np.isnan(stock_by_unit(published, other, GEOGRAPHY, additive=True)).all()


@given(
    st.lists(st.one_of(st.just(NAN), st.floats(0, 1e6)), min_size=6, max_size=6),
    st.sets(st.integers(0, 5), min_size=1),
)
def test_a_partner_counts_only_what_is_outside_the_territory(values, territory):
    partners = partners_on(GEOGRAPHY, "epci")
    communes = np.array(sorted(territory), dtype=np.int32)
    found = stock_by_partner(stock(values), communes, partners, GEOGRAPHY)
    for unit, members in enumerate(({0, 1}, {2, 3, 4})):
        known = [values[i] for i in members - territory if not np.isnan(values[i])]
        np.testing.assert_allclose(found[unit], sum(known) if known else NAN)


def test_values_of_a_mesh_are_not_cut_by_the_territory():
    partners = partners_on(GEOGRAPHY, "epci")
    published = stock([7, 8], level="epci")
    one = np.array([1], dtype=np.int32)
    found = stock_by_partner(published, one, partners, GEOGRAPHY)
    assert np.isnan(found[0])
    assert found[1] == 8
    assert np.isnan(stock_by_partner(published, one, commune_partners(GEOGRAPHY), GEOGRAPHY)).all()
