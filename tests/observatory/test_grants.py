"""Grants of a territory: those of owners inside it, apart from those that reach beyond."""

from decimal import Decimal
from itertools import product

import pytest
from tests.tiny import geography

from maillage.catalog.load import load_catalog
from maillage.common.errors import NotFoundError
from maillage.engine.dataset import Grant, GrantList, SourceFile
from maillage.engine.edition import current_edition
from maillage.engine.writer import EditionWriter
from maillage.observatory.grants import territory_grants
from maillage.territory.perimeter import parse_perimeter

SOURCE = SourceFile("dotations_investissement", "dotations.csv", "0" * 64, 5, 2019)


def grant(project, now, subsidy, level="commune", cost="100", departement="01"):
    return Grant(
        project=project,
        programme="DETR",
        level=level,
        place=now or "249999999",
        name=project,
        departement=departement,
        category="4",
        purpose="École",
        cost=Decimal(cost) if cost else None,
        subsidy=Decimal(subsidy),
        now=now,
    )


GRANTS = (
    grant("arcy", "01001", "10.005"),
    grant("bellerive", "01002", "10.005"),
    grant("rives", "200000001", "300", level="epci"),
    grant("dunes", "200000002", "7", level="epci", departement="02"),
    grant("aval", "dep-01", "1000", level="departement", cost=""),
    grant("perdue", "", "5", level="epci"),
)


def write_granted(folder):
    with EditionWriter(folder) as writer:
        writer.write_geography(geography(fictional=True))
        writer.write_catalog(load_catalog())
        writer.write_grants(GrantList(2019, SOURCE, GRANTS))
        writer.publish()


@pytest.fixture(scope="module")
def edition(granted_editions):
    return current_edition(granted_editions)


def ask(edition, id, **more):
    return territory_grants(edition, parse_perimeter(id, edition.geography), **more)


def test_a_commune_has_its_own_and_shares_those_above_it(edition):
    found = ask(edition, "01001")
    assert [one.project for one in found.grants] == ["arcy"]
    assert [one.project for one in found.shared] == ["aval", "rives"]
    assert found.lost.subsidy == 5


def test_sums_are_rounded_once_after_summing(edition):
    found = ask(edition, "200000001")
    assert found.total.subsidy == Decimal("1320.01")
    assert found.total.cost == 300
    assert found.total.unpriced == 1
    assert found.programmes[0].title == "Dotation d’équipement des territoires ruraux"
    assert found.categories[0].title == "Éducation"


def test_a_limit_cuts_the_list_and_not_the_sums(edition):
    found = ask(edition, "200000001", limit=1)
    assert [one.project for one in found.grants] == ["aval"]
    assert found.total.count == 4


def test_every_grant_is_inside_astride_or_outside(edition):
    """Against a plain reading of the list, for every perimeter of this country."""
    codes = edition.geography.codes
    homes = {
        "200000001": {"01001", "01002"},
        "200000002": {"02001", "02002", "03001"},
        "dep-01": {"01001", "01002"},
    }
    for kept in product((False, True), repeat=len(codes)):
        chosen = {code for code, keep in zip(codes, kept, strict=True) if keep}
        if not chosen:
            continue
        found = ask(edition, "+".join(sorted(chosen)))
        owners = {one.project: homes.get(one.now, {one.now}) for one in GRANTS if one.now}
        inside = {project for project, home in owners.items() if home <= chosen}
        astride = {project for project, home in owners.items() if home & chosen} - inside
        assert {one.project for one in found.grants} == inside
        assert {one.project for one in found.shared} == astride


def test_a_year_without_list_is_told(edition, tiny_editions):
    with pytest.raises(NotFoundError, match="2018"):
        ask(edition, "01001", year=2018)
    with pytest.raises(NotFoundError, match="Aucune liste"):
        ask(current_edition(tiny_editions), "01001")
