"""Money by commune and by EPCI, and per inhabitant: nothing is shared out, nothing invented."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from tests.operations import world
from tests.operations.test_maquette_tables import content, funding, operation

from maillage.operations.located import labels, located, per_inhabitant
from maillage.operations.maquette.content import entries
from maillage.operations.maquette.tables import SEVERAL, table

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def places(demo_edition):
    """Two communes of one EPCI, and one of another."""
    geography = demo_edition.geography
    owner = geography.mesh("epci").unit_of(geography.n_communes)
    first = next(unit for unit in range(3) if (owner == unit).sum() > 1)
    here, also = np.flatnonzero(owner == first)[:2]
    there = np.flatnonzero((owner != first) & (owner >= 0))[0]
    return [geography.codes[node] for node in (here, also, there)]


def lines(*spots):
    return entries(
        content(*(
            operation(str(n), [funding(str(n), euros)], communes=list(codes))
            for n, (euros, codes) in enumerate(spots)
        ))
    )  # fmt: skip


def perimeter(contract, codes, since=date(2022, 1, 1), until=None):
    contract.perimeters.create(
        territory="+".join(codes), name="Pays", cog=2025, since=since, until=until,
        communes=[[code, code] for code in codes],
    )  # fmt: skip


def people(edition, *codes):
    index = edition.geography.index
    return int(edition.geography.population[[index[code] for code in codes]].sum())


def test_an_operation_over_several_communes_is_in_a_row_of_its_own(demo_edition, places):
    here, also, there = places
    found = lines((10, [here]), (20, [here, also]), (30, [here, there]), (40, []), (50, ["99999"]))
    by_commune = located(demo_edition, found, "commune")
    rows = table(found, "commune", within=by_commune.within)
    assert {row.key: row.total for row in rows.rows} == {
        here: 10, SEVERAL: 50, "": 40, "99999": 50,
    }  # fmt: skip
    told = labels(rows, "commune", by_commune.names)
    assert (told[SEVERAL], told[""], told["99999"]) == (
        "Plusieurs communes", "Sans commune", "99999",
    )  # fmt: skip
    by_epci = located(demo_edition, found, "epci")
    totals = [row.total for row in table(found, "epci", within=by_epci.within).rows]
    assert sorted(totals) == [30, 30, 90]  # its EPCI; several; none known
    assert rows.total == sum(totals) == 150


def test_each_place_is_told_per_its_own_inhabitant_and_the_whole_per_those_of_the_perimeter(
    demo_edition, places
):
    here, also, _ = places
    contract = world.contract()
    perimeter(contract, [here, also])
    found = lines((1000, [here]), (500, [here, also]))
    rows = table(found, "commune", within=located(demo_edition, found, "commune").within)
    told = per_inhabitant(demo_edition, contract, rows, "commune", DAY)
    each = Decimal(1000) / people(demo_edition, here)
    assert told.rows[here] == pytest.approx(each, abs=Decimal("0.005"))
    assert told.rows[SEVERAL] is None
    assert told.people.value == people(demo_edition, here, also)
    assert told.total == pytest.approx(
        Decimal(1500) / people(demo_edition, here, also), abs=Decimal("0.005")
    )
    assert told.people.fictional


def test_the_perimeter_is_that_of_the_day(demo_edition, places):
    here, also, _ = places
    contract = world.contract()
    perimeter(contract, [here], until=date(2025, 1, 1))
    perimeter(contract, [here, also], since=date(2025, 1, 1))
    rows = table(lines((1000, [here])), "source")
    before = per_inhabitant(demo_edition, contract, rows, "source", date(2024, 6, 1))
    after = per_inhabitant(demo_edition, contract, rows, "source", DAY)
    assert before.people.value == people(demo_edition, here)
    assert after.people.value == people(demo_edition, here, also)
    assert after.rows == {"detr": after.total}


@pytest.mark.parametrize("codes", [[], ["99999"]])
def test_an_unknown_population_is_no_figure(demo_edition, codes):
    contract = world.contract()
    if codes:
        perimeter(contract, codes)
    told = per_inhabitant(demo_edition, contract, table(lines((10, [])), "source"), "source", DAY)
    assert (told.people, told.total, told.rows) == (None, None, {"detr": None})
