"""From a figure of the observatory to the operation that answers it: rights, writing, refusals."""

import io
from datetime import date

import pytest
from django.test import Client
from pypdf import PdfReader
from tests.operations import world

from maillage.accounts.actions.memberships import grant
from maillage.contracts.actions.parties import add_party
from maillage.contracts.actions.perimeters import set_perimeter
from maillage.contracts.footprints import footprint
from maillage.contracts.models import Contract
from maillage.operations.models import Interdependency, Operation

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(demo_edition):
    """The most populated EPCI of the country, then the next."""
    geography = demo_edition.geography
    mesh = geography.mesh("epci")
    people = [geography.population[mesh.unit_members(u)].sum() for u in range(len(mesh.codes))]
    order = sorted(range(len(people)), key=lambda unit: -people[unit])
    return [mesh.codes[unit] for unit in order[:2]]


@pytest.fixture
def contract(demo_edition, two):
    made = Contract.objects.create(
        slug="pays", name="Pays", kind="crte", created_at=world.AT, status="drafting",
        method_agreed_on=date(2026, 1, 1),
    )  # fmt: skip
    area = footprint(demo_edition.geography, two[1])
    set_perimeter(
        contract=made, revision=made.revision, area=area, since=world.TODAY, by=None, at=world.AT
    )
    body = world.organisation("CC du Pays")
    add_party(contract=made, organisation=body, capacity="epci", by=None, at=world.AT)
    return made


@pytest.fixture
def site(settings, static_root, demo_editions):
    settings.STATIC_ROOT, settings.EDITIONS, settings.DEBUG = static_root, demo_editions, False
    settings.SECOND_FACTOR = False


def somebody(role, contract):
    person = world.person(f"{role}@example.org")
    since = date(2026, 1, 1)
    grant(
        person=person, organisation=world.organisation("CC du Pays"), role=role,
        contract_id=contract.pk, by=None, at=world.AT, since=since,
    )  # fmt: skip
    client = Client()
    client.force_login(person)
    return client


def page(two, more="sujet=commuting"):
    return f"/repondre/?territoire={two[1]}&partenaire={two[0]}&{more}"


def test_two_pilots_and_the_figure_of_the_day(site, contract, two):
    lead = somebody("project_lead", contract)
    text = lead.get(page(two)).content.decode()
    assert "actifs occupés" in text
    body = world.organisation("CC du Pays")
    given = {
        "subject": "commuting",
        "title": "Cars vers la ville",
        "owners": [str(body.pk), f"siren:{two[0]}"],
    }
    answer = lead.post(page(two), given)
    made = Operation.objects.get()
    assert answer["Location"] == f"/contrats/pays/operations/{made.pk}/"
    assert [pilot.organisation.siren for pilot in made.pilots.all()] == ["", two[0]]
    kept = Interdependency.objects.get()
    assert (kept.operation, kept.flow, kept.partner) == (made, "commuting", two[0])
    assert "fictives" in kept.source
    assert kept.vintage.isdigit()


def test_an_operation_that_exists_keeps_its_pilots(site, contract, two):
    lead = somebody("project_lead", contract)
    made = world.operation(contract, "Ligne", owners=[world.organisation("CC du Pays")])
    lead.post(page(two), {"subject": "school", "operation": str(made.pk)})
    assert Operation.objects.count() == 1
    assert made.pilots.count() == 1
    assert made.interdependencies.get().flow == "school"


def test_a_figure_is_the_observatorys_not_the_senders(site, contract, two):
    """Nobody writes a figure: one chooses among those that the observatory shows."""
    lead = somebody("project_lead", contract)
    answer = lead.post(page(two), {"subject": "invented", "title": "Ligne", "owners": ["1"]})
    assert answer.status_code == 400
    assert not Interdependency.objects.exists()


def test_nothing_is_opened_without_title_nor_pilot(site, contract, two):
    lead = somebody("project_lead", contract)
    answer = lead.post(page(two), {"subject": "commuting"})
    assert answer.status_code == 400
    assert "maître d’ouvrage" in answer.content.decode()
    assert not Operation.objects.exists()


def test_an_operation_of_another_contract_is_not_a_choice(site, contract, two):
    lead = somebody("project_lead", contract)
    elsewhere = world.operation(world.contract(), "Ailleurs")
    answer = lead.post(page(two), {"subject": "commuting", "operation": str(elsewhere.pk)})
    assert answer.status_code == 400
    assert not Interdependency.objects.exists()


@pytest.mark.parametrize("role", ["elected", "funder", "partner", "region"])
def test_who_does_not_write_does_not_answer(site, contract, two, role):
    client = somebody(role, contract)
    assert client.get(page(two)).status_code == 403
    assert client.post(page(two), {"subject": "commuting", "title": "x"}).status_code == 403
    assert not Operation.objects.exists()


def test_who_is_not_known_goes_to_the_door(site, contract, two):
    answer = Client().get(page(two))
    assert answer.status_code == 302
    assert "/connexion/" in answer["Location"]


@pytest.mark.parametrize(("where", "status"), [("nulle-part", 404), ("", 404)])
def test_a_territory_that_is_none(site, contract, two, where, status):
    lead = somebody("project_lead", contract)
    address = f"/repondre/?territoire={where}&partenaire={two[0]}"
    assert lead.get(address).status_code == status


def test_with_several_contracts_one_chooses(site, contract, two):
    lead = somebody("project_lead", contract)
    other = Contract.objects.create(slug="autre", name="Autre", kind="crte", created_at=world.AT)
    somebody("project_lead", other)
    text = lead.get(page(two)).content.decode()
    assert "Dans quel contrat" in text
    assert "contrat=autre" in text
    assert "Maîtres d’ouvrage" in lead.get(page(two, "contrat=autre")).content.decode()


def test_the_contract_says_what_it_answers(site, contract, two):
    lead = somebody("project_lead", contract)
    made = world.operation(contract, "Ligne")
    lead.post(page(two), {"subject": "commuting", "operation": str(made.pk)})
    text = lead.get("/contrats/pays/").content.decode()
    assert "À quelles interdépendances" in text
    assert f"/contrats/pays/operations/{made.pk}/" in text
    assert "Premiers partenaires sans opération" in text


def test_the_note_has_two_pages_whatever_is_written(site, contract, two):
    lead = somebody("project_lead", contract)
    long = "Une opération longue à décrire. " * 40
    made = world.operation(contract, "Ligne", description=long, ecology=long[:400])
    lead.post(page(two), {"subject": "commuting", "operation": str(made.pk)})
    answer = lead.get(f"/contrats/pays/operations/{made.pk}/cooperation.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 2
    assert Client().get(answer.request["PATH_INFO"]).status_code != 200
