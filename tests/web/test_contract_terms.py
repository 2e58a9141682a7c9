"""What the page of a contract says once its term is past, and opening its successor there."""

import pytest
from tests.operations import world
from tests.web.test_operations import signed_in, text

from maillage.contracts.models import Contract

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(site, settings):
    settings.SECOND_FACTOR = False
    made = world.contract()
    Contract.objects.filter(pk=made.pk).update(ends_on="2025-12-31", status="extended")
    return Contract.objects.get(pk=made.pk)


def test_a_contract_past_its_term_says_so_and_opens_the_next(contract):
    lead = signed_in("project_lead", contract, world.organisation("CC du Pays d’Ancenis"))
    world.operation(contract, "Halte")
    page = text(lead.get(f"/contrats/{contract.slug}/"))
    assert "arrivé à échéance le 31 décembre 2025" in page
    assert "Ouvrir le contrat qui prend la suite" in page
    assert "passée" in text(lead.get("/contrats/"))
    form = text(lead.get(f"/contrats/{contract.slug}/suite/"))
    assert "1 opération inachevée" in form
    sent = {"kind": "crte", "name": "Ancenis 2026-2031", "ends_on": "2031-12-31"}
    made = lead.post(f"/contrats/{contract.slug}/suite/", sent)
    follower = Contract.objects.get(name="Ancenis 2026-2031")
    assert made.url == f"/contrats/{follower.slug}/"
    assert lead.get(made.url).status_code == 200
    [kept] = follower.operations.all()
    fiche = text(lead.get(f"/contrats/{follower.slug}/operations/{kept.pk}/"))
    assert "Continue Halte du contrat Pays d’Ancenis" in fiche
    assert "prend la suite" not in text(lead.get(f"/contrats/{contract.slug}/"))


def test_it_is_opened_by_whoever_creates_contracts(contract):
    agent = signed_in("local_agent", contract, world.organisation("CC du Lac"))
    assert agent.get(f"/contrats/{contract.slug}/suite/").status_code == 403
