"""The investment grants of 2019: 24,811 projects, to the cent, each owner found or explained."""

from decimal import Decimal

import pytest

from maillage.observatory.grants import territory_grants
from maillage.territory.perimeter import parse_perimeter

pytestmark = pytest.mark.real

FILE = "funding/projets_dotations_investissement_2019.xlsx"
#: Independent sums of the columns of the file.
TOLD = {
    "DETR": Decimal("977561627.51"),
    "DSIL": Decimal("554492399.10"),
    "DSID": Decimal("175924919.05"),
}


@pytest.fixture(scope="module")
def account(real_edition):
    (found,) = [file for file in real_edition.report()["files"] if file["file"] == FILE]
    return found["account"]


def test_every_row_is_kept_and_sums_are_those_of_the_file(real_edition):
    grants = real_edition.grants(2019).grants
    assert len(grants) == 24_811
    for programme, told in TOLD.items():
        held = sum(grant.subsidy for grant in grants if grant.programme == programme)
        assert round(held, 2) == told


def test_what_cannot_be_placed_is_counted_and_said(account):
    placed, lost = Decimal(account["placed"]), Decimal(account["unplaced_total"])
    assert placed + lost == Decimal(account["total"])
    assert round(lost, 1) == Decimal("2201948.8")
    told = " ".join(account["notes"])
    for name in ("di19epci01810", "di19epci01454", "CC des Hautes-Vosges"):
        assert name in told


def test_the_country_has_all_that_was_placed(real_edition, account):
    geography = real_edition.geography
    mesh = geography.mesh("region")
    regions = "+".join(f"{mesh.prefix}{code}" for code in mesh.codes)
    found = territory_grants(real_edition, parse_perimeter(regions, geography), limit=1)
    assert found.total.subsidy + found.lost.subsidy <= round(Decimal(account["total"]), 2)
    assert found.total.subsidy == round(Decimal(account["placed"]), 2)


def test_nantes_metropole_shares_what_its_departement_received(real_edition):
    found = territory_grants(real_edition, parse_perimeter("244400404", real_edition.geography))
    assert found.total.count == 26
    assert found.total.subsidy == Decimal("5130236.56")
    assert {one.owner_id for one in found.shared} == {"dep-44"}
