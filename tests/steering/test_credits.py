"""How credits are split, against a plain reading of the list on a country of five communes."""

from decimal import Decimal
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.observatory.test_grants import GRANTS

from maillage.common.errors import InputError, NotFoundError
from maillage.engine.edition import current_edition
from maillage.steering.credits.answer import SplitAsked
from maillage.steering.credits.choices import (
    level_of,
    place_of,
    programmes,
    scope_of,
    scopes,
    year_of,
)
from maillage.steering.credits.criteria import criteria, criterion_values
from maillage.steering.credits.dispersion import gini, moved
from maillage.steering.credits.index import ratios, shared_out, synthetic_index
from maillage.steering.credits.question import credit_split
from maillage.territory.perimeter import parse_perimeter

ONLY_PEOPLE = (("population", 1.0),)
HOMES = {"01001": "200000001", "01002": "200000001", "200000001": "200000001"}
HOMES |= {"200000002": "200000002"}


@pytest.fixture(scope="module")
def edition(granted_editions):
    return current_edition(granted_editions)


def ask(edition, scope="pays", level="epci", year=2019, programmes=(), weights=ONLY_PEOPLE):
    return credit_split(edition, SplitAsked(scope, level, year, programmes, weights))


def held(split):
    return {one.id: one for one in split.territories}


def test_each_grant_is_in_the_territory_that_holds_its_owner_or_apart_with_its_reason(edition):
    """The département is the CC des Deux Rives by another name: it holds the same communes."""
    found = held(ask(edition))
    homes = HOMES | {"dep-01": "200000001"}
    for id, one in found.items():
        mine = [grant for grant in GRANTS if homes.get(grant.now) == id]
        assert one.count == len(mine)
        assert abs(one.subsidy - sum(grant.subsidy for grant in mine)) <= Decimal("0.01")
        assert one.unpriced == sum(grant.cost is None for grant in mine)
        assert one.cost == sum(grant.cost for grant in mine if grant.cost is not None)
    assert found["200000001"].aid_rate == float(Decimal("320.01") / 300)


def test_totals_close_to_the_cent(edition):
    for scope, level in (("pays", "epci"), ("pays", "departement"), ("dep-01", "epci")):
        found = ask(edition, scope, level)
        assert sum(one.subsidy for one in found.territories) == found.placed
        assert found.placed + sum(one.subsidy for one in found.apart) == found.total
        assert found.count == sum(one.count for one in (*found.territories, *found.apart))
        assert sum(one.share for one in found.territories) == pytest.approx(1)
    total = sum(grant.subsidy for grant in GRANTS)
    assert ask(edition).total == round(total, 2)


def test_a_scope_counts_what_the_list_puts_under_its_departements(edition):
    found = ask(edition, "dep-02")
    assert [(one.id, one.subsidy) for one in found.territories] == [("200000002", 7)]
    assert found.apart == ()
    lost = ask(edition, "dep-01")
    assert [(one.count, one.subsidy) for one in lost.apart] == [(1, 5)]
    assert "disparus" in lost.apart[0].title


def test_a_territory_whose_inhabitants_are_unknown_is_apart_from_the_simulation(edition):
    found = ask(edition)
    unknown = held(found)["200000002"]
    assert (unknown.inhabitants, unknown.simulated, unknown.gap) == (None, None, None)
    assert unknown.missing == ("Population",)
    assert unknown.subsidy == 7
    assert found.simulated == found.placed - 7


def test_a_programme_may_be_asked_alone_and_nothing_is_told_as_nothing(edition):
    found = ask(edition, programmes=("DSIL",))
    assert (found.total, found.count, found.gini) == (0, 0, None)
    assert {one.id for one in found.empty} == {"200000001", "200000002"}
    assert all(one.share == 0 for one in found.territories)


def test_what_may_be_asked(edition, tiny_editions):
    assert [level for level, _ in scopes(edition)] == ["pays", "departement"]
    assert programmes(edition, 2019) == ("DETR",)
    assert year_of(edition, None) == 2019
    assert level_of(edition, scope_of(edition, ""), "") == "departement"
    assert level_of(edition, scope_of(edition, "dep-01"), "") == "epci"
    with pytest.raises(NotFoundError, match="2018"):
        year_of(edition, 2018)
    with pytest.raises(NotFoundError, match="Aucune liste"):
        year_of(current_edition(tiny_editions), None)
    with pytest.raises(NotFoundError, match="departement"):
        level_of(edition, scope_of(edition, "dep-01"), "departement")
    with pytest.raises(NotFoundError):
        scope_of(edition, "nulle-part")
    with pytest.raises(InputError, match="département"):
        scope_of(edition, "01001")
    with pytest.raises(InputError, match="critère"):
        ask(edition, weights=(("population", 0.0),))


@pytest.fixture(scope="module")
def demo(demo_edition):
    return demo_edition


SPLITS = list(product(("pays", "dep-09"), ("epci", "crte", "arrondissement")))


@pytest.mark.parametrize(("scope", "level"), SPLITS)
def test_the_simulated_sum_is_what_its_territories_received(demo, scope, level):
    for weights in (ONLY_PEOPLE, (), (("rural", 30.0), ("fragile_vacant", 70.0))):
        found = ask(demo, scope, level, 2021, weights=weights)
        kept = [one for one in found.territories if one.simulated is not None]
        assert kept
        assert sum(one.simulated for one in kept) == sum(one.subsidy for one in kept)
        assert sum(one.gap for one in kept) == 0
        assert found.moved == -sum(one.gap for one in kept if one.gap < 0)
        assert sum(found.weights) == pytest.approx(1)


def test_population_alone_gives_everyone_the_same_per_inhabitant(demo):
    found = ask(demo, "pays", "epci", 2021)
    same = float(found.simulated) / found.inhabitants
    for one in found.territories:
        assert abs(float(one.simulated) - same * one.inhabitants) <= 0.011
        assert one.index == 1
    assert found.simulated_gini == pytest.approx(0, abs=1e-6)


def test_the_index_is_that_of_a_plain_reading(demo):
    """Half population, half rural inhabitants: territory by territory, commune by commune."""
    geography = demo.geography
    mesh, grid = geography.mesh("epci"), geography.mesh("densite")
    rural = {
        int(node)
        for unit, code in enumerate(grid.codes)
        if code.startswith(("bourgs-ruraux", "rural"))
        for node in grid.unit_members(unit)
    }
    people = geography.population
    shares, sizes = [], []
    for unit in range(len(mesh.codes)):
        nodes = mesh.unit_members(unit)
        sizes.append(people[nodes].sum())
        shares.append(sum(people[n] for n in nodes if n in rural) / sizes[-1])
    mean = np.average(shares, weights=sizes)
    found = held(ask(demo, weights=(("population", 50.0), ("rural", 50.0)), year=2021))
    for unit, code in enumerate(mesh.codes):
        assert found[code].index == pytest.approx(0.5 + 0.5 * shares[unit] / mean)


def test_part_of_a_territory_counts_only_its_inhabitants_in_the_scope(demo):
    parts = [one for one in ask(demo, "dep-09", "crte", 2021).territories if one.within < 1]
    assert parts
    whole = held(ask(demo, "pays", "crte", 2021))
    for one in parts:
        assert one.inhabitants == pytest.approx(one.within * whole[one.id].inhabitants)


def test_years_tell_the_same_split_for_every_list(demo):
    found = ask(demo, "pays", "epci", 2020)
    assert [one.year for one in found.years] == demo.grant_years()
    this = next(one for one in found.years if one.year == 2020)
    assert (this.total, this.placed, this.gini) == (found.total, found.placed, found.gini)
    assert this.empty == len(found.empty)


def test_criteria_are_those_the_edition_knows_and_proposed_weights_stand_for_them(demo, edition):
    assert [one.id for one in criteria(edition)] == ["population"]
    known = {one.id: one for one in criteria(demo)}
    assert {"population", "rural", "fragile_vacant"} <= set(known)
    assert "fragile_doctors" not in known
    assert known["fragile_vacant"].weight > 0  # stands for the one the country lacks
    for one in known.values():
        assert criterion_values(demo, one, "epci").shape == (30,)


def test_ratios_favour_the_fragile_side():
    people = np.array([1.0, 3.0, 2.0])
    values = np.array([10.0, 20.0, np.nan])
    mean = (10 + 60) / 4
    high, low = (ratios(values, people, high=side) for side in (True, False))
    np.testing.assert_allclose(high, [10 / mean, 20 / mean, np.nan])
    np.testing.assert_allclose(low, [mean / 10, mean / 20, np.nan])
    np.testing.assert_allclose(ratios(np.zeros(3), people, high=True), [1, 1, 1])
    zero = ratios(np.array([0.0, 4.0, 4.0]), people, high=False)
    assert np.isnan(zero[0])
    found = synthetic_index([np.ones(3), high], (1, 3))
    np.testing.assert_allclose(found, [(1 + 30 / mean) / 4, (1 + 60 / mean) / 4, np.nan])


@given(
    st.integers(0, 10**12),
    st.lists(st.floats(0, 1e9, allow_nan=False), min_size=1, max_size=40),
)
def test_largest_remainders_give_every_cent_and_miss_none_by_a_whole_one(cents, strengths):
    shares = shared_out(cents, strengths)
    whole = sum(strengths)
    if not whole:
        assert shares == [0] * len(strengths)
        return
    assert sum(shares) == cents
    for share, strength in zip(shares, strengths, strict=True):
        assert abs(share - cents * strength / whole) <= 1 + cents * 1e-12


@given(st.lists(st.tuples(st.floats(1, 1e6), st.floats(1, 1e5)), min_size=1, max_size=30))
def test_the_index_of_inequality_is_that_of_its_definition(pairs):
    """Mean difference between two inhabitants drawn at random, over twice the mean."""
    amounts, people = np.array(pairs).T
    each, share = amounts / people, people / people.sum()
    plain = (np.abs(each[:, None] - each) * share[:, None] * share).sum() / 2
    assert gini(amounts, people) == pytest.approx(plain / (each * share).sum(), abs=1e-9)


def test_nothing_has_no_inequality():
    assert gini(np.zeros(2), np.ones(2)) is None
    assert gini(np.empty(0), np.empty(0)) is None
    assert moved([Decimal(3), Decimal(-1), Decimal(-2)]) == 3


def test_a_territory_is_seen_among_those_of_its_departement(demo):
    geography = demo.geography
    epci = geography.mesh("epci")
    code = epci.codes[3]
    home = geography.mesh("departement").unit_of(geography.n_communes)
    lived = home[epci.unit_members(3)]
    seen = place_of(demo, parse_perimeter(code, geography))
    assert seen.scope.removeprefix("dep-") in {
        geography.mesh("departement").codes[u] for u in lived
    }
    assert (seen.level, seen.focus) == ("epci", code)
    commune = geography.codes[int(epci.unit_members(3)[0])]
    assert place_of(demo, parse_perimeter(commune, geography)).focus == code
    region = place_of(demo, scope_of(demo, seen.scope))
    assert (region.scope, region.level, region.focus) == ("pays", "departement", seen.scope)
    assert place_of(demo, scope_of(demo, "pays")).focus == ""
    free = place_of(demo, parse_perimeter("+".join(geography.codes[:3]), geography))
    assert (free.level, free.focus) == ("", "")
