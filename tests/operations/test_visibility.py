"""Who sees which line of money: every role on every kind, level and side, as a table."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from tests.operations import world

from maillage.accounts.roles import ROLES
from maillage.accounts.viewers import Capacity, Viewer
from maillage.contracts.models import Avenant, ContractVersion, Party
from maillage.contracts.reading import reached
from maillage.operations.access import of_contract
from maillage.operations.actions.funding import add_line, edit_line, keep_simulation, send_draft
from maillage.operations.models import FundingLine
from maillage.operations.requests import lines_asked
from maillage.operations.visibility import sees_whole_plan, visible_lines

pytestmark = pytest.mark.django_db
PARTIES, STATE, PUBLIC = "programme/parties", "programme/state", "programme/public"
DRAFT, SIMULATION = "draft/parties", "simulation/parties"
LOCAL = {PARTIES, STATE, PUBLIC, DRAFT}
INSTRUCTS = {PARTIES, STATE, PUBLIC, SIMULATION}
#: What each role sees of a contract that is theirs, their organisation being a party of it.
SEES = {
    "project_lead": LOCAL,
    "local_agent": LOCAL,
    "elected": LOCAL,
    "departement": {PARTIES, STATE, PUBLIC},
    "region": {PARTIES, STATE, PUBLIC},
    "sous_prefecture": INSTRUCTS,
    "prefecture": INSTRUCTS,
    "sgar": {STATE, PUBLIC, SIMULATION},
    "state_service": {STATE, PUBLIC},
    "anct": {STATE, PUBLIC},
    "funder": {PUBLIC},
    "planning_agency": {PARTIES, STATE, PUBLIC},
    "partner": {PUBLIC},
    "link_reader": {PARTIES, STATE, PUBLIC},
    "public": set(),
    "site_operator": set(),
}


@pytest.fixture
def contract():
    made = world.contract()
    of = world.operation(made)
    for cell in LOCAL | INSTRUCTS:
        kind, level = cell.split("/")
        FundingLine.objects.create(
            operation=of, kind=kind, level=level, source="detr", asked=Decimal(1)
        )
    return made


def cells(lines):
    return {f"{line.kind}/{line.level}" for line in lines}


@pytest.fixture
def body(contract):
    """A party of the contract, of which everybody comes; no line is asked of it."""
    made = world.organisation("Région Grand Ouest", "region")
    world.party(contract, made)
    return made


@pytest.mark.parametrize("role", ROLES)
def test_every_role_on_every_line(contract, body, role):
    assert cells(visible_lines(world.viewer(role, contract, body), contract)) == SEES[role]


@pytest.mark.parametrize("role", ["departement", "region"])
@pytest.mark.parametrize("change", [{"joins_with": True}, {"until": date(2025, 1, 1)}, None])
def test_who_is_no_party_sees_what_the_public_does(contract, body, role, change):
    """Neither one that an avenant still has to bring, nor one that has left."""
    party = Party.objects.get(organisation=body)
    if change is None:
        party.delete()
    elif "until" in change:
        Party.objects.update(**change)
    else:
        signed = ContractVersion.objects.create(
            contract=contract, number=1, snapshot={}, frozen_at=world.AT, frozen_by=world.person()
        )
        coming = Avenant.objects.create(
            contract=contract, number=1, base=signed, opened_at=world.AT
        )
        Party.objects.update(joins_with=coming)
    who = world.viewer(role, contract, body)
    assert cells(visible_lines(who, contract)) == {PUBLIC}
    assert not sees_whole_plan(who, of_contract(contract))
    assert contract not in reached(who, "lines.see_parties")


@pytest.mark.parametrize("role", ["region", "funder", "local_agent", "state_service"])
def test_who_is_named_on_one_contract_answers_for_their_organisation_there_only(
    contract, body, role
):
    other = world.contract("ailleurs", "Ailleurs")
    lines = {
        of.pk: FundingLine.objects.create(
            operation=world.operation(of), funder=body, source="region", asked=Decimal(1)
        )
        for of in (contract, other)
    }
    capacity = Capacity(role, body.pk, body.name, frozenset(), contract_id=contract.pk)
    named = Viewer(person_id=world.person().pk, capacities=(capacity,), strong=True)
    assert lines[contract.pk] in visible_lines(named, contract)
    assert lines[other.pk] not in visible_lines(named, other)
    assert set(lines_asked(named)) == {lines[contract.pk]}
    everywhere = replace(named, capacities=(replace(capacity, contract_id=None),))
    assert set(lines_asked(everywhere)) == set(lines.values())


@pytest.mark.parametrize("role", ROLES)
def test_elsewhere_nobody_sees_anything(contract, role):
    other = world.contract("ailleurs", "Ailleurs")
    other.places.all().delete()
    line = FundingLine.objects.create(
        operation=world.operation(other), level="public", source="detr", asked=Decimal(1)
    )
    assert list(visible_lines(world.viewer(role, contract), other)) == []
    assert line not in visible_lines(world.viewer(role, contract), contract)


def test_the_public_sees_public_lines_of_published_contracts_only(contract):
    contract.published_on = date(2026, 1, 1)
    contract.save()
    for role in ("public", "site_operator", "partner"):
        assert cells(visible_lines(world.viewer(role, contract), contract)) == {PUBLIC}


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"sous_prefecture", "prefecture", "sgar"}))
def test_nobody_outside_the_instructing_state_sees_a_simulation(contract, role):
    body = world.organisation("Région Grand Ouest", "region")
    FundingLine.objects.filter(kind="simulation").update(funder=body)
    contract.published_on = date(2026, 1, 1)
    contract.save()
    assert SIMULATION not in cells(visible_lines(world.viewer(role, contract, body), contract))


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"project_lead", "local_agent", "elected"}))
def test_nobody_outside_the_collectivites_sees_a_draft(contract, role):
    body = world.organisation("Préfecture", "state")
    FundingLine.objects.filter(kind="draft").update(funder=body)
    contract.published_on = date(2026, 1, 1)
    contract.save()
    assert DRAFT not in cells(visible_lines(world.viewer(role, contract, body), contract))


def test_a_funder_sees_what_it_is_asked_and_a_partner_does_not(contract):
    body = world.organisation("ADEME", "operator")
    FundingLine.objects.filter(level="parties", kind="programme").update(funder=body)
    assert PARTIES in cells(visible_lines(world.viewer("funder", contract, body), contract))
    assert PARTIES not in cells(visible_lines(world.viewer("partner", contract, body), contract))


def test_a_draft_is_seen_by_the_state_once_sent(contract):
    state = world.viewer("prefecture", contract)
    draft = FundingLine.objects.get(kind="draft")
    assert draft not in visible_lines(state, contract)
    send_draft(line=draft, revision=draft.revision, today=world.TODAY, by=None, at=world.AT)
    assert draft in visible_lines(state, contract)


def test_a_simulation_is_seen_by_the_parties_once_programmed(contract):
    lead = world.viewer("project_lead", contract)
    tried = FundingLine.objects.get(kind="simulation")
    assert tried not in visible_lines(lead, contract)
    keep_simulation(line=tried, revision=tried.revision, by=None, at=world.AT)
    assert tried in visible_lines(lead, contract)


@pytest.mark.parametrize("kind", ["draft", "simulation"])
def test_private_work_is_never_open_whoever_asks(contract, kind):
    of = contract.operations.get()
    made = add_line(
        operation=of, source="detr", kind=kind, by=None, at=world.AT, fields={"level": "public"}
    )
    assert made.level == "parties"
    edit_line(line=made, revision=made.revision, fields={"level": "public"}, by=None, at=world.AT)
    assert made.level == "parties"
    with pytest.raises(IntegrityError), transaction.atomic():
        FundingLine.objects.filter(pk=made.pk).update(level="public")


def test_one_question_tells_what_is_seen(contract, django_assert_num_queries):
    viewer = world.viewer("region", contract)
    with django_assert_num_queries(3):  # the places of the contract, its parties, the lines
        list(visible_lines(viewer, contract))
