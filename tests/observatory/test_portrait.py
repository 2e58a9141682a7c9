"""A portrait shows what there is, and says why the rest is missing."""

from dataclasses import replace

import numpy as np
import pytest

from maillage.engine.dataset import Scope, Universe
from maillage.observatory.balance import territory_balance
from maillage.observatory.portrait import portrait
from maillage.observatory.record import record
from maillage.observatory.stocks import divisor, stock_figure
from maillage.territory.perimeter import Perimeter, parse_perimeter

from ..engine.worlds import cells, country, mesh, meta, stock

TABLE = {(0, 0): 8.0, (0, 1): 2.0, (2, 2): 5.0, (2, 0): 5.0, (4, 4): 1.0, (4, 0): 3.0}
NAN = float("nan")


def ask(edition, territory="200000001", **options):
    return portrait(edition, parse_perimeter(territory, edition.geography), **options)


def family(found, flow):
    return next(family for family in found.families if family.flow == flow)


def test_six_families_in_order_each_with_figures_or_a_reason(make_edition):
    found = ask(make_edition(cells(TABLE)))
    assert [family.flow for family in found.families] == [
        *("commuting", "residential", "school", "transfers", "control", "wages"),
    ]
    assert family(found, "commuting").balance.internal == 20.0
    for missing in found.families[1:]:
        assert missing.balance is None
        assert missing.title in missing.missing


def test_figures_are_those_of_the_balance(make_edition):
    edition = make_edition(cells(TABLE), cells(TABLE, year=2015))
    perimeter = parse_perimeter("200000001", edition.geography)
    expected = territory_balance(edition, "commuting", perimeter, year=2021, limit=10)
    assert record(family(ask(edition), "commuting").balance) == record(expected)
    assert family(ask(edition), "commuting").years == (2015, 2021)


def test_a_file_that_does_not_see_the_territory_gives_way_to_an_older_one(make_edition):
    scope = Scope("departement", "44", "à l’intérieur du 44", np.array([4, 5], np.int32))
    partial = cells(TABLE, universe=Universe((scope,)))
    both = ask(make_edition(partial, cells(TABLE, year=2015)))
    assert family(both, "commuting").balance.year == 2015
    alone = family(ask(make_edition(partial)), "commuting")
    assert alone.balance is None
    assert alone.missing == (
        "Champ du fichier de 2021 : à l’intérieur du 44. Ce territoire n’en fait pas partie."
    )


@pytest.fixture
def ranked(make_edition):
    """Nine EPCI of one commune keep 10 % to 90 % of their workers; the last has no flow."""
    units = {f"20000000{i}": [i] for i in range(9)}
    epci = mesh("epci", units, natures=("CC",) * 8 + ("CA",))
    table = {(i, i): 10.0 * (i + 1) for i in range(9)} | {
        (i, 9): 100.0 - 10.0 * (i + 1) for i in range(9)
    }
    return lambda **facts: make_edition(cells(table, **facts), geography=country(10, (epci,)))


def epci_of_two(edition):
    return Perimeter.of(edition.geography, [0, 1])


def test_ranks_are_among_units_of_the_same_nature(ranked):
    edition = ranked()
    geography = replace(edition.geography, meshes=edition.geography.meshes)
    unit = Perimeter("200000006", "", "epci", "CC", 2025, np.array([6], dtype=np.int32))
    found = family(portrait(edition, unit), "commuting").ranks[0]
    assert geography.meshes[0].codes[6] == "200000006"
    assert (found.indicator, found.value) == ("self_containment", pytest.approx(0.7))
    assert (found.rank, found.n, found.group) == (2, 8, "Communauté de communes")
    assert found.several == "communautés de communes"


def test_a_rare_nature_is_compared_with_the_whole_level(ranked):
    unit = Perimeter("200000008", "", "epci", "CA", 2025, np.array([8], dtype=np.int32))
    found = family(portrait(ranked(), unit), "commuting").ranks[0]
    assert (found.rank, found.n) == (1, 9)
    assert found.group == "Intercommunalité à fiscalité propre"


def test_nothing_is_ranked_on_figures_that_are_cut(ranked):
    unit = Perimeter("200000006", "", "epci", "CC", 2025, np.array([6], dtype=np.int32))
    scope = Scope("region", "52", "en région", np.arange(9, dtype=np.int32))
    assert family(portrait(ranked(universe=Universe((scope,))), unit), "commuting").ranks == ()


def test_free_perimeters_have_no_rank_but_all_the_rest(ranked):
    edition = ranked()
    found = family(portrait(edition, epci_of_two(edition)), "commuting")
    assert found.ranks == ()
    assert found.balance.internal == 30.0


def test_key_stocks_are_those_that_divide_flows(make_edition):
    stocks = (
        stock([10, 20, NAN, 4, 5, 6, 7, 8], name="jobs"),
        stock([1] * 8, name="jobs_cs1"),
        stock([NAN] * 8, name="salaried_jobs"),
    )
    found = ask(make_edition(cells(TABLE), stocks=stocks))
    jobs = next(stock for stock in found.stocks if stock.id == "jobs")
    assert (jobs.value, jobs.partial, jobs.unknown, jobs.parts) == (30.0, True, 1, 3)
    assert [stock.id for stock in found.stocks] == ["jobs"]


def test_the_finest_values_answer_first_and_larger_ones_when_they_are_silent(make_edition):
    stocks = (
        stock([NAN] * 3 + [1] * 5, name="jobs"),
        stock([70, 80], name="jobs", level="epci"),
    )
    edition = make_edition(stocks=stocks)
    first = parse_perimeter("200000001", edition.geography)
    second = parse_perimeter("200000002", edition.geography)
    assert stock_figure(edition, "jobs", first).value == 70.0
    assert stock_figure(edition, "jobs", second).value == 4.0


def test_the_divisor_is_near_enough_in_time_and_of_the_same_unit_if_any(make_edition):
    jobs, people = (stock([1] * 8, name=name, year=2019) for name in ("jobs", "population"))
    edition = make_edition(stocks=(jobs,))
    assert divisor(edition, meta())[1] == 2019
    assert divisor(edition, meta(year=2025)) is None
    assert divisor(edition, meta(flow="school")) is None
    card, _ = divisor(make_edition(stocks=(jobs, people)), meta(unit="persons"))
    assert card.id == "population"


def test_a_portrait_is_plain_values(make_edition):
    found = record(ask(make_edition(cells(TABLE))))
    assert found["territory"]["communes"] == 3
    assert found["territory"]["level_label"] == "Intercommunalité à fiscalité propre"
    assert found["territory"]["population"] == 6000.0


def test_a_mean_that_leaves_out_unknown_communes_is_no_lower_bound(make_edition):
    people = stock([1.0] * 8, name="population")
    wage = stock([NAN, 20.0, 10.0, *[1.0] * 5], name="mean_hourly_wage")
    found = ask(make_edition(stocks=(people, wage)))
    mean = next(stock for stock in found.stocks if stock.id == "mean_hourly_wage")
    assert (mean.value, mean.unknown, mean.partial) == (15.0, 1, False)
