"""The State's grants: owners of that time, and the lines that no reader may drop."""

from decimal import Decimal

import numpy as np
import pytest

from maillage.engine.edition import Edition
from maillage.observatory.grants import territory_grants
from maillage.synth.country import Country
from maillage.synth.grant_owners import COMMUNE, owners
from maillage.synth.grants import MOST, YEARS, invent_grants
from maillage.territory.perimeter import parse_perimeter


def test_owners_are_those_of_the_former_vintage(country: Country) -> None:
    communes = [owner for owner in owners(country) if owner.level == COMMUNE]
    assert len(communes) == len(np.unique(country.composition.then))
    merged = {owner.code for owner in communes} - set(country.code)
    assert merged, "communes that are no more"


@pytest.mark.parametrize("year", YEARS)
def test_one_line_has_no_cost_and_one_costs_less_than_it_gets(country: Country, year: int) -> None:
    projects = invent_grants(country, year)
    assert len({project.id for project in projects}) == len(projects)
    assert len([project for project in projects if not project.cost]) == 1
    above = [p for p in projects if p.cost and p.subsidy > p.cost]
    assert len(above) == 1
    usual = [p for p in projects if p.cost and p not in above]
    assert all(0 < p.subsidy <= MOST * p.cost + 1 for p in usual)


def test_the_demo_places_all_but_the_groupement_nobody_knows(demo_edition: Edition) -> None:
    assert demo_edition.grant_years() == list(YEARS)
    for year in YEARS:
        values = demo_edition.grants(year)
        assert values.fictional
        lost = {grant.name for grant in values.grants if not grant.now}
        assert len(lost) == 1
        assert any("@" in grant.now for grant in values.grants), "EPCI absorbed since"
        assert any(grant.cost and grant.subsidy > grant.cost for grant in values.grants)
        assert any("dépassent le coût" in note for note in values.notes)
        assert any("façons d’écrire" in note for note in values.notes)


def test_every_euro_is_in_one_departement_or_lost(demo_edition: Edition) -> None:
    """The départements cover the country: what they hold, share and lose is the list."""
    geography = demo_edition.geography
    mesh = geography.mesh("departement")
    perimeters = [parse_perimeter(f"dep-{code}", geography) for code in mesh.codes]
    found = [territory_grants(demo_edition, one) for one in perimeters]
    whole = sum((grant.subsidy for grant in demo_edition.grants(YEARS[-1]).grants), Decimal(0))
    inside = sum(one.total.subsidy for one in found)
    straddling = {grant.project: grant.subsidy for one in found for grant in one.shared}
    lost = sum(one.lost.subsidy for one in found)
    assert lost > 0
    assert abs(inside + sum(straddling.values()) + lost - whole) < 1
