"""Who sees which contract: the question to the base and the table of rights agree."""

import pytest
from tests.contracts.world import AT, THREE, TODAY, geography, person

from maillage.accounts.perms import can
from maillage.accounts.viewers import ANONYMOUS, Viewer
from maillage.contracts.actions.contracts import create_contract, publish
from maillage.contracts.actions.imports import import_contract
from maillage.contracts.actions.perimeters import set_perimeter
from maillage.contracts.footprints import footprint
from maillage.contracts.models import Contract
from maillage.contracts.reading import listed, may_read, mine, readable, subject_of, with_epcis

TERRITORIES = ("200000001", "200000004", "01001", "dep-02", "reg-01", "arr-011", "pays")
ROLES = ("project_lead", "local_agent", "region", "prefecture", "funder", "partner", "anct")


@pytest.fixture
def several(world):
    """One over three EPCI, one over the fourth, one published, one without perimeter."""
    day = {"since": TODAY, "by": None, "at": AT}
    set_perimeter(
        contract=world.contract,
        revision=world.contract.revision,
        area=footprint(geography(), THREE),
        **day,
    )
    isles = create_contract(kind="crte", name="Îles", by=None, at=AT)
    set_perimeter(
        contract=isles, revision=isles.revision, area=footprint(geography(), "200000004"), **day
    )
    publish(contract=isles, revision=isles.revision, on=TODAY, by=world.lead, at=AT)
    create_contract(kind="cte", name="Nulle part", by=None, at=AT)
    return world


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("territory", TERRITORIES)
def test_lists_and_rights_agree(several, role, territory):
    viewer = person("Quelqu’un", several.prefecture, role, territory=territory)
    agree(viewer)


def test_they_agree_for_a_named_contract_a_link_and_nobody(several):
    named = person("Nommé", several.prefecture, "partner", contract_id=several.contract.pk)
    for viewer in (named, Viewer(link_contract_id=several.contract.pk), ANONYMOUS):
        agree(viewer)
    assert [c.name for c in readable(ANONYMOUS)] == ["Îles"]
    assert [c.name for c in mine(named)] == ["Vallées du Nord"]


def agree(viewer):
    everything = list(Contract.objects.all())
    subjects = {c.pk: subject_of(c) for c in everything}
    assert {c.pk for c in readable(viewer)} == {
        k for k, s in subjects.items() if may_read(viewer, s)
    }
    whole = {k for k, s in subjects.items() if can(viewer, "contract.read", s)}
    assert {c.pk for c in mine(viewer)} == whole


def test_a_contract_over_two_regions_is_in_both_lists(several):
    viewer = person("Tout", several.prefecture, "anct", territory="pays")
    for place in ("dep-01", "dep-02", "reg-01", "reg-02", "arr-012", "200000003"):
        assert "Vallées du Nord" in [c.name for c in listed(viewer, place=place)]
    assert [c.name for c in listed(viewer, place="200000004")] == ["Îles"]
    assert [c.epcis for c in with_epcis(listed(viewer, text="vallées"))] == [3]


def test_the_list_asks_the_same_questions_whatever_its_length(several, django_assert_num_queries):
    viewer = person("Tout", several.prefecture, "anct", territory="pays")
    area = footprint(geography(), THREE)
    for wanted in (3, 30):
        while Contract.objects.count() < wanted:
            number = Contract.objects.count()
            import_contract(
                kind="crte", name=f"Contrat {number}", area=area, signed_on=TODAY,
                ends_on=TODAY.replace(year=2031), by=None, at=AT,
            )  # fmt: skip
        with django_assert_num_queries(1):
            rows = list(listed(viewer, place="dep-01"))
        assert len(rows) >= wanted - 2
