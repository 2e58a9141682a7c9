"""Territories side by side: the same year for all, a group that is named, nothing false."""

import numpy as np
import pytest

from maillage.common.errors import NotFoundError
from maillage.engine.dataset import Scope, Universe
from maillage.observatory.compare import NOTHING_LIKE, compare
from maillage.observatory.fragility import compare_fragility
from maillage.observatory.indicators import indicators
from maillage.territory.perimeter import parse_perimeter

from ..engine.worlds import cells, country, mesh, stock

COUNT = 20
UNITS = {f"2000000{i:02}": [2 * i, 2 * i + 1] for i in range(10)}


@pytest.fixture
def edition(make_edition):
    """Ten EPCI of two communes, nine of them CC; EPCI ``i`` keeps 10 × (i + 1) % of its workers."""
    table = {(2 * i, 2 * i): 10.0 * (i + 1) for i in range(10)}
    table |= {(2 * i, (2 * i + 2) % COUNT): 100.0 - 10.0 * (i + 1) for i in range(9)}
    epci = mesh("epci", UNITS, natures=("CC",) * 9 + ("CA",))
    return lambda *more, stocks=(), **facts: make_edition(
        cells(table, **facts), *more, stocks=stocks, geography=country(COUNT, (epci,))
    )


def ask(edition, *ids, question=compare, flow=("commuting",), **options):
    perimeters = [parse_perimeter(id, edition.geography) for id in ids]
    return question(edition, *flow, perimeters, **options)


def row(answer, id="self_containment"):
    return next(row for row in answer.rows if row.id == id)


def test_values_are_those_of_each_territory_alone(edition):
    found = edition()
    answer = ask(found, "200000003", "200000007", "200000009")
    assert [v.value for v in row(answer).values] == pytest.approx([0.4, 0.8, 1.0])
    for number, territory in enumerate(answer.territories):
        alone = indicators(found, "commuting", parse_perimeter(territory.id, found.geography))
        known = {figure.id: figure.value for figure in alone.figures}
        side = {r.id: r.values[number].value for r in answer.rows}
        assert {id: v for id, v in side.items() if v is not None} == pytest.approx(known)


def test_the_group_is_that_of_the_first_named_and_counted(edition):
    spread = row(ask(edition(), "200000003", "200000009")).spread
    assert (spread.n, spread.several) == (9, "communautés de communes")
    assert spread.values == pytest.approx([0.1 * k for k in range(1, 10)])
    assert (spread.q1, spread.median, spread.q3) == pytest.approx((0.3, 0.5, 0.7))
    assert spread.below == (3, 9)
    assert spread.pooled == pytest.approx(550 / 1000)


def test_a_type_of_its_own_is_widened_to_the_whole_level(edition):
    spread = row(ask(edition(), "200000009")).spread
    assert (spread.n, spread.several) == (10, "intercommunalités")


def test_one_year_for_all(edition):
    both = edition(cells({(0, 0): 5.0, (0, 2): 5.0}, year=2015))
    assert ask(both, "200000000").year == 2021
    older = ask(both, "200000000", "200000001", year=2015)
    assert (older.year, older.years) == (2015, (2015, 2021))
    assert row(older).values[0].value == 0.5
    assert row(older).values[1].value is None, "nothing leaves nor stays: no rate"


def test_a_cut_universe_shows_no_rate_and_no_group(edition):
    scope = Scope("departement", "44", "à l’intérieur du 44", np.arange(6, dtype=np.int32))
    answer = ask(edition(universe=Universe((scope,))), "200000000", "200000007")
    assert answer.rows == ()
    assert "tronqués" in answer.why_alone
    assert all("à l’intérieur du 44" in refusal for refusal in answer.refusals)


def test_nothing_to_compare_is_said(edition):
    with pytest.raises(NotFoundError, match="choisissez-en un"):
        compare(edition(), "commuting", [])
    with pytest.raises(NotFoundError, match="inconnu"):
        ask(edition(), "200000000", flow=("teleportation",))


def test_the_whole_country_has_no_group(edition):
    answer = ask(edition(), "pays")
    assert answer.why_alone == NOTHING_LIKE
    assert row(answer).spread is None


def dwellings():
    """One commune in ten has 20 vacant dwellings out of 100, the others 5."""
    vacant = [20.0 if i % 10 == 0 else 5.0 for i in range(COUNT)]
    return stock([100.0] * COUNT, name="dwellings"), stock(vacant, name="dwellings_vacant")


def test_signs_of_fragility_are_ratios_of_stocks_of_one_year(edition):
    answer = ask(
        edition(stocks=dwellings()), "200000000", "200000001", question=compare_fragility, flow=()
    )
    found = row(answer, "fragile_vacant")
    assert [v.value for v in found.values] == pytest.approx([0.125, 0.05])
    assert found.spread.pooled == pytest.approx((2 * 20 + 18 * 5) / 2000)
    assert found.spread.n == 9
    assert found.note.startswith("Fragile quand la valeur est haute.")
    assert [r.id for r in answer.rows] == ["fragile_vacant"], "what the edition lacks is left out"
