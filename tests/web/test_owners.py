"""Naming maîtres d’ouvrage: known, of the perimeter, or new; and losing none to another’s save."""

import re
from datetime import date

import pytest
from tests.operations import world
from tests.web.test_operations import form_of, signed_in, text, url

from maillage.accounts.models import Organisation
from maillage.contracts.models import ContractPerimeter
from maillage.operations.models import Operation

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(site, settings):
    settings.SECOND_FACTOR = False
    made = world.contract()
    ContractPerimeter.objects.create(
        contract=made, territory="200000001", name="Pays", cog=2026, since=date(2022, 1, 1),
        communes=[["44003", "Ancenis"], ["44213", "Vair"]],
        epcis=[["200000001", "CC du Pays", "CC"]],
    )  # fmt: skip
    return made


@pytest.fixture
def lead(contract):
    return signed_in("project_lead", contract, world.organisation("CC du Pays d’Ancenis"))


def boxes(page):
    """Label -> value of the boxes of owners, those ticked apart."""
    found = re.findall(
        r'name="owners" value="([^"]+)"[^>]*?( checked)?[^>]*>\s*([^<]+)<', page.content.decode()
    )
    return {label.strip(): value for value, _, label in found}


def owners(operation):
    return [pilot.organisation.name for pilot in operation.pilots.all()]


def test_a_commune_of_the_perimeter_and_an_association_carry_an_operation(lead, contract):
    """Searched for without a script: nothing is written, what was typed stays; then both are
    organisations with their nature, the commune once for all."""
    sent = form_of(Operation(title="Halte")) | {"owner_search": "ancenis", "chercher": "1"}
    shown = lead.post(url(contract, "nouvelle/"), sent)
    assert shown.status_code == 200
    assert not Operation.objects.exists()
    assert 'value="Halte"' in shown.content.decode()
    value = boxes(shown)["Ancenis (Commune, 44003)"]
    assert not Organisation.objects.filter(territory="44003").exists()
    sent = form_of(Operation(title="Halte")) | {
        "owners": [value], "owner_name": "Les Amis du rail", "owner_nature": "association",
    }  # fmt: skip
    assert lead.post(url(contract, "nouvelle/"), sent).status_code == 302
    operation = Operation.objects.get()
    assert owners(operation) == ["Ancenis", "Les Amis du rail"]
    natures = dict(Organisation.objects.values_list("name", "nature"))
    assert (natures["Ancenis"], natures["Les Amis du rail"]) == ("commune", "association")
    again = lead.post(
        url(contract, "nouvelle/"), form_of(Operation(title="Quai")) | {"owner_search": "44003",
        "chercher": "1"},
    )  # fmt: skip
    assert boxes(again)["Ancenis"].isdecimal()


def test_an_organisation_known_elsewhere_is_found(lead, contract):
    elsewhere = Organisation.objects.create(name="SEM Énergie", nature="firm", siren="552081317")
    for words in ("energie", "552 081 317"):
        sent = form_of(Operation(title="Halte")) | {"owner_search": words, "chercher": "1"}
        shown = lead.post(url(contract, "nouvelle/"), sent)
        assert boxes(shown)["SEM Énergie (Entreprise)"] == str(elsewhere.pk)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"owner_search": "ancenis"}, "Cochez l’organisme trouvé"),
        ({"owner_search": "introuvable"}, "Aucun organisme de ce nom"),
        ({"owner_name": "Sans nature"}, "a un nom et une nature"),
        ({"owners": ["lieu:99999"]}, "lieu:99999"),
    ],
)
def test_what_names_nobody_is_not_saved(lead, contract, given, said):
    page = lead.post(url(contract, "nouvelle/"), form_of(Operation(title="Halte")) | given)
    assert page.status_code == 400
    assert said in text(page)
    assert not Operation.objects.exists()


def test_the_conflict_shows_the_owners_and_loses_none(lead, contract):
    """Another changed the owners meanwhile: both are shown, and choosing mine writes mine."""
    first, second = world.organisation("CC du Pays d’Ancenis"), world.organisation("CC du Lac")
    operation = world.operation(contract, "Halte", (first,))
    edit = url(contract, f"{operation.pk}/modifier/")
    lead.post(edit, form_of(operation) | {"owners": [second.pk], "communes": "44003"})
    assert owners(Operation.objects.get()) == ["CC du Lac"]
    before = Organisation.objects.count()
    stale = form_of(operation) | {
        "owners": [first.pk], "owner_name": "Les Amis", "owner_nature": "association",
    }  # fmt: skip
    page = lead.post(edit, stale)
    assert page.status_code == 409
    row = re.search(r"Maîtres d’ouvrage(.{0,200})", text(page)).group(1)
    assert "CC du Lac CC du Pays d’Ancenis, Les Amis" in row
    assert "44003" in text(page)
    assert Organisation.objects.count() == before
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.content.decode()))
    assert lead.post(edit, fields).status_code == 302
    assert owners(Operation.objects.get()) == ["CC du Pays d’Ancenis", "Les Amis"]
