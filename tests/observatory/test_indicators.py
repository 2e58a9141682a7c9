"""The battery of a territory: values, references, precision, and why some are missing."""

import numpy as np
import pytest

from maillage.engine.dataset import Scope, Universe
from maillage.engine.linearisation import share_variance
from maillage.observatory.indicators import indicators
from maillage.observatory.record import record
from maillage.territory.perimeter import Perimeter, parse_perimeter

from ..engine.worlds import breakdown, cells, country, mesh, stock

# Ten EPCI of two communes each keep 10 % to 100 % of their workers; the rest go to the next one.
N = 20
KEPT = {unit: 10.0 * (unit + 1) for unit in range(10)}
TABLE = {(2 * u, 2 * u): kept for u, kept in KEPT.items()} | {
    (2 * u, (2 * u + 2) % N): 100.0 - kept for u, kept in KEPT.items() if kept < 100
}


@pytest.fixture
def edition(make_edition):
    units = {f"20000000{u}": [2 * u, 2 * u + 1] for u in range(10)}
    geography = country(N, (mesh("epci", units, natures=("CC",) * 10),))

    def make(*flows, stocks=()):
        return make_edition(*flows, stocks=stocks, geography=geography)

    return make


def ask(edition, territory="200000004", flow="commuting", **options):
    return indicators(edition, flow, parse_perimeter(territory, edition.geography), **options)


def by_id(found):
    return {figure.id: figure for figure in found.figures}


def test_values_are_those_of_the_formulas(edition):
    found = by_id(ask(edition(cells(TABLE))))
    assert found["self_containment"].value == pytest.approx(0.5)
    assert found["out_rate"].value == pytest.approx(0.5)
    # 60 come from the territory before, which keeps 40 %.
    assert found["self_sufficiency"].value == pytest.approx(50 / 110)
    assert found["net"].value == pytest.approx(10)
    assert found["effective_destinations"].value == pytest.approx(1)


def test_references_are_named_and_computed_over_the_comparable_ones(edition):
    found = by_id(ask(edition(cells(TABLE))))["self_containment"].benchmark
    assert found.n == 10
    assert found.group.startswith("Communauté de communes")
    assert found.mean == pytest.approx(0.55)
    assert found.median == pytest.approx(0.55)
    assert found.pooled == pytest.approx(550 / 1000)
    assert found.rank == pytest.approx(0.45)
    assert found.everyone == "Intercommunalité à fiscalité propre"


def test_the_pooled_ratio_and_the_mean_of_territories_differ(edition):
    heavy = TABLE | {(0, 0): 10_000.0}
    found = by_id(ask(edition(cells(heavy))))["self_containment"].benchmark
    assert found.pooled > 0.9
    assert found.mean < 0.7


def test_an_indicator_that_does_not_pool_says_so(edition):
    found = by_id(ask(edition(cells(TABLE))))["destination_concentration"].benchmark
    assert (found.pooled, found.n) == (None, 9)


def test_precision_of_a_share_is_its_linearised_variance(edition):
    found = by_id(ask(edition(cells(TABLE, mean_weight=4.0))))["self_containment"]
    variance = share_variance(*(np.array(x) for x in (50.0, 100.0, 150.0, 300.0)))
    assert found.precision.standard_error == pytest.approx(float(variance) ** 0.5, rel=1e-3)
    assert (found.precision.method.value, found.precision.grade) == ("approximate", "C")
    exact = cells(TABLE, sq={pair: 4 * weight for pair, weight in TABLE.items()})
    same = by_id(ask(edition(exact)))["self_containment"]
    assert same.precision.standard_error == pytest.approx(found.precision.standard_error)
    assert same.precision.method.value == "exact"


def test_no_variance_known_no_precision_told(edition):
    found = by_id(ask(edition(cells(TABLE))))
    assert found["self_containment"].precision.why.value == "no_weights"
    rough = by_id(ask(edition(cells(TABLE, mean_weight=4.0))))
    assert rough["destination_concentration"].precision.why.value == "not_derived"


def test_rates_name_the_stock_they_are_made_with(edition):
    people = stock([500.0] * N, name="population", year=2020)
    found = ask(edition(cells(TABLE), stocks=(people,)))
    assert (found.divided_by.id, found.divided_by.year) == ("population", 2020)
    assert by_id(found)["outgoing_per_thousand"].value == pytest.approx(50.0)
    assert by_id(found)["day_population"].value == pytest.approx(1010.0)


def test_what_is_missing_is_listed_with_what_it_needs(edition):
    found = ask(edition(cells(TABLE)))
    missing = {one.id: one.reason for one in found.missing}
    assert "population" in missing["day_population"]
    assert "stock" in missing["outgoing_per_thousand"]
    assert not set(missing) & set(by_id(found))


def test_a_neighbouring_zone_can_be_chosen(edition):
    flows = edition(cells(TABLE | {(8, 14): 30.0}))
    zone = parse_perimeter("200000005", flows.geography)
    found = ask(flows, zone=zone)
    # 50 go to the next territory, which is the zone, and 30 beyond.
    assert by_id(found)["destination_share_in_zone"].value == pytest.approx(50 / 80)
    assert found.zone.id == "200000005"
    assert "destination_share_in_zone" in {one.id for one in ask(flows).missing}


def test_dependence_on_a_pole_is_read_by_age(edition):
    parts = {"age": breakdown({"15": {(8, 10): 30.0, (8, 12): 10.0}, "18": {(8, 12): 20.0}})}
    table = {(8, 10): 30.0, (8, 12): 30.0}
    flows = edition(cells(table, flow="school", breakdowns=parts))
    pole = parse_perimeter("200000006", flows.geography)
    found = ask(flows, flow="school", zone=pole).breakdowns[0].indicators
    dependence = next(figure for figure in found if figure.id == "pole_dependence")
    assert dependence.values == pytest.approx((0.25, 1.0))


def test_a_file_that_cuts_the_exchanges_gives_no_rate(edition):
    scope = Scope("departement", "44", "à l’intérieur du 44", np.arange(12, dtype=np.int32))
    found = ask(edition(cells(TABLE, universe=Universe((scope,)))))
    assert found.figures == ()
    assert "serait faux" in found.refusal
    assert "à l’intérieur du 44" in found.refusal


def test_a_free_perimeter_has_values_without_references(edition):
    free = Perimeter.of(edition(cells(TABLE)).geography, range(4))
    found = by_id(indicators(edition(cells(TABLE)), "commuting", free))
    # 10 + 20 stay, 90 go from the first EPCI to the second, 80 go beyond.
    assert found["self_containment"].value == pytest.approx(120 / 200)
    assert found["self_containment"].benchmark is None


def test_communes_are_compared_with_communes_of_their_size(edition):
    table = TABLE | {(1, 1): 5.0, (1, 3): 5.0}
    found = by_id(ask(edition(cells(table)), "00002"))["self_containment"]
    assert found.value == pytest.approx(0.5)
    assert found.benchmark.group.startswith("Commune")
    assert found.benchmark.n >= 8


def test_categories_are_told_apart(edition):
    car = {pair: weight * 0.75 for pair, weight in TABLE.items()}
    walk = {pair: weight * 0.25 for pair, weight in TABLE.items()}
    parts = {"mode": breakdown({"car": car, "walk": walk})}
    found = ask(edition(cells(TABLE, breakdowns=parts))).breakdowns
    assert [one.dimension for one in found] == ["mode"]
    assert found[0].codes == ("car", "walk")
    assert found[0].internal == pytest.approx((37.5, 12.5))
    assert found[0].incoming == pytest.approx((45.0, 15.0))
    shares = next(figure for figure in found[0].indicators if figure.id == "category_shares")
    assert shares.values == pytest.approx((0.75, 0.25))


def test_what_sums_up_categories_is_told_with_them(edition):
    young = {(8, 8): 50.0, (8, 10): 40.0, (6, 8): 10.0}
    old = {(8, 8): 50.0, (8, 10): 10.0, (6, 8): 40.0}
    table = {pair: young[pair] + old[pair] for pair in young}
    parts = {"age": breakdown({"15": young, "60": old})}
    found = ask(edition(cells(table, flow="residential", breakdowns=parts)), flow="residential")
    overall = {figure.id: figure.value for figure in found.breakdowns[0].overall}
    # Half of those who stay or leave are young (90 of 150), but only 10 of 50 who come.
    assert overall["entry_dissimilarity"] == pytest.approx(90 / 150 - 10 / 50)
    assert "entry_dissimilarity" not in {one.id for one in found.missing}


def test_school_is_read_by_age_band_and_never_pooled(edition):
    young = {(8, 8): 90.0, (8, 10): 10.0}
    old = {(8, 8): 20.0, (8, 10): 80.0}
    table = {pair: young[pair] + old[pair] for pair in young}
    parts = {"age": breakdown({"06": young, "15": old}), "sex": breakdown({"1": young, "2": old})}
    found = ask(edition(cells(table, flow="school", breakdowns=parts)), flow="school")
    assert "self_containment" not in by_id(found)
    age, sex = found.breakdowns
    retention = next(figure for figure in age.indicators if figure.id == "school_retention")
    assert retention.values == pytest.approx((0.9, 0.2))
    assert "school_retention" not in {figure.id for figure in sex.indicators}


def test_answers_are_plain_values(edition):
    found = record(ask(edition(cells(TABLE, mean_weight=4.0))))
    assert found["figures"][0]["unit_label"]
    assert found["universe"]["national"]
