"""What a territory has and needs; what two would cover together."""

import pytest

from maillage.observatory.record import record
from maillage.observatory.supply_need import supply_need
from maillage.territory.perimeter import Perimeter, parse_perimeter

from ..engine.worlds import stock

NAN = float("nan")


def energy(supply, need, *, year=2021):
    """Stocks of the theme energy, by group and commune."""
    return [
        stock(values, name=f"energy_{side}_{group}", year=year)
        for side, table in (("supply", supply), ("need", need))
        for group, values in table.items()
    ]


SUPPLY = {"electricity": [10.0] * 8, "gas": [0.0] * 8, "heat": [5.0] * 3 + [50.0] * 5}
NEED = {"electricity": [20.0] * 8, "gas": [10.0] * 8, "heat": [10.0] * 8}


def ask(edition, territory="200000001", **options):
    found = supply_need(edition, parse_perimeter(territory, edition.geography), **options)
    return next(theme for theme in found.themes if theme.id == "energy")


def test_a_surplus_of_one_group_covers_no_other(make_edition):
    found = ask(make_edition(stocks=energy(SUPPLY, NEED)))
    # Three communes: 30 of 60, 0 of 30, 15 of 30.
    assert found.coverage == pytest.approx(45 / 120)
    by_id = {group.id: group for group in found.groups}
    assert (by_id["gas"].deficit, by_id["gas"].surplus) == (30.0, 0.0)
    assert by_id["heat"].coverage == pytest.approx(0.5)
    assert all(group.sources for group in found.groups)


def test_specificity_is_against_the_rest_of_the_country(make_edition):
    found = ask(make_edition(stocks=energy(SUPPLY, NEED)))
    heat = next(group for group in found.groups if group.id == "heat")
    # Here 30 of electricity and 15 of heat; elsewhere 50 and 250.
    assert heat.specificity == pytest.approx((15 / 45) / (250 / 300))
    assert found.specialisation == pytest.approx(250 / 300 - 15 / 45)


def test_joining_a_neighbour_with_what_is_lacking_gains_coverage(make_edition):
    found = ask(make_edition(stocks=energy(SUPPLY, NEED)))
    gain = found.partners[0]
    # Together: 70 of 140, 0 of 70, 70 of 70 (the partner's heat is in excess).
    assert gain.id == "200000002"
    assert gain.together == pytest.approx(140 / 280)
    assert gain.coverage == pytest.approx((40 + 40) / 160)
    assert gain.gain == pytest.approx(140 / 280 - (45 + 80) / 280)
    assert gain.distance_km > 0


def test_a_partner_brings_only_what_is_outside_the_territory(make_edition):
    cold = SUPPLY | {"heat": [5.0] * 4 + [50.0] * 4}
    edition = make_edition(stocks=energy(cold, NEED))
    free = Perimeter.of(edition.geography, [0, 1, 2, 3])
    found = next(t for t in supply_need(edition, free).themes if t.id == "energy")
    gain = next(p for p in found.partners if p.id == "200000002")
    # Three communes of the partner are left: 30, 0, 150 for 60, 30, 30.
    assert gain.coverage == pytest.approx((30 + 30) / 120)


def test_an_unknown_group_makes_the_coverage_unknown_and_says_which(make_edition):
    without = {group: values for group, values in NEED.items() if group != "gas"}
    found = ask(make_edition(stocks=energy(SUPPLY, without)))
    assert found.coverage is None
    assert found.partners == ()
    assert "« Gaz »" in found.missing
    assert "« Chaleur »" not in found.missing


def test_two_sides_of_different_years_are_not_put_side_by_side(make_edition):
    late = energy({}, NEED, year=2022)
    found = ask(make_edition(stocks=[*energy(SUPPLY, {}), *late]))
    assert found.coverage is None
    assert found.groups[0].year is None


def test_unknown_communes_make_lower_bounds(make_edition):
    holes = SUPPLY | {"electricity": [NAN, *[10.0] * 7]}
    found = ask(make_edition(stocks=energy(holes, NEED)))
    assert found.groups[0].partial
    assert not found.groups[1].partial


def test_themes_without_a_stock_are_there_with_their_reason(make_edition):
    edition = make_edition(stocks=energy(SUPPLY, NEED))
    perimeter = parse_perimeter("200000001", edition.geography)
    found = supply_need(edition, perimeter)
    assert {theme.id for theme in found.themes} == set(edition.catalog.balances)
    assert all(theme.missing for theme in found.themes if theme.id != "energy")
    assert record(found)["themes"]
