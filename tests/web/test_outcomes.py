"""What an authority decides of operations: recorded, told on the fiche, done when it stops them."""

from datetime import date

import pytest
from tests.operations import world
from tests.operations.world import AT, TODAY
from tests.web.test_operations import signed_in, text, url

from maillage.accounts.models import JournalEntry
from maillage.common.errors import InputError
from maillage.contracts.actions.decisions import Authority, record_decision
from maillage.contracts.models import ContractPerimeter, Decision
from maillage.documents.committee.pack import _decided
from maillage.operations.actions import attached
from maillage.operations.actions.operations import edit_operation, make_ready
from maillage.operations.actions.outcomes import decide_on
from maillage.operations.committee import meeting
from maillage.operations.models import Operation
from maillage.operations.portfolio import review
from maillage.operations.snapshot import snapshot

pytestmark = pytest.mark.django_db
COPIL = Authority("copil", TODAY, "CR du copil n° 4")


@pytest.fixture
def contract(site, settings):
    settings.SECOND_FACTOR = False
    return world.contract()


@pytest.fixture
def lead(contract):
    return signed_in("project_lead", contract, world.organisation("CC du Pays d’Ancenis"))


def complete(contract):
    """An operation that lacks nothing."""
    body = world.organisation("CC du Pays d’Ancenis")
    made = world.operation(contract, "Halte", (body,))
    world.complete(made, world.orientation(contract))
    world.line(made, "own_funds", 1000)
    for question in ("pace", "results", "impact"):
        attached.link_indicator(operation=made, name="X", question=question, by=None, at=AT)
    made.refresh_from_db()
    return made


def test_the_gate_keeps_who_decided_with_the_opinion(contract):
    operation = complete(contract)
    make_ready(
        operation=operation, revision=operation.revision, today=TODAY, by=None, at=AT,
        authority=COPIL,
    )  # fmt: skip
    [outcome] = operation.outcomes.all()
    decided = outcome.decision
    told = (outcome.outcome, decided.instance, decided.reference)
    assert told == ("ready", "copil", "CR du copil n° 4")
    assert (decided.cotech_opinion, decided.cotech_on) == ("favourable", TODAY)


def test_the_page_of_the_gate_asks_who_decided(lead, contract):
    operation = complete(contract)
    address = url(contract, f"{operation.pk}/prete/")
    assert "En faire une fiche action" in text(lead.get(url(contract, f"{operation.pk}/")))
    refused = lead.post(address, {"revision": operation.revision}, follow=True)
    assert "décidée par une instance" in text(refused)
    sent = {
        "revision": operation.revision, "instance": "copil", "decided_on": "2026-06-01",
        "reference": "CR 4",
    }  # fmt: skip
    shown = text(lead.post(address, sent, follow=True))
    assert Operation.objects.get().stage == "action"
    assert "Devient une fiche action, comité de pilotage du" in shown
    assert "(CR 4)" in shown


def test_a_decision_stops_operations_for_the_reason_it_gives(lead, contract):
    """Both are named on the decision; each is abandoned, journaled, and says so on its fiche."""
    one, two, kept = (world.operation(contract, name) for name in ("Un", "Deux", "Trois"))
    sent = {
        "instance": "copil", "kind": "correction", "decided_on": "2026-06-01", "reference": "CR 5",
        "subject": "Sans porteur depuis deux ans", "operations": [one.pk, two.pk],
        "outcome": "stop",
    }  # fmt: skip
    address = f"/contrats/{contract.slug}/decisions/ajouter/"
    unsaid = lead.post(address, sent | {"outcome": ""})
    assert "Dites ce que deviennent" in text(unsaid)
    assert not Decision.objects.exists()
    assert lead.post(address, sent).status_code == 302
    statuses = dict(Operation.objects.values_list("title", "status"))
    assert statuses == {"Un": "dropped", "Deux": "dropped", kept.title: "on_track"}
    page = text(lead.get(url(contract, f"{one.pk}/")))
    assert "Abandonnée. Sans porteur depuis deux ans" in page
    assert "Arrêtée, comité de pilotage du 1er juin 2026 (CR 5)" in page
    told = JournalEntry.objects.filter(verb="decided_on", object_kind="operation")
    assert told.count() == 2


def test_a_decision_decides_on_its_own_contract_alone(contract):
    elsewhere = world.operation(world.contract("autre", "Autre"))
    decided = record_decision(contract=contract, kind="correction", authority=COPIL, by=None, at=AT)
    with pytest.raises(InputError, match="ne dit pas ce que deviennent"):
        decide_on(decision=decided, operations=[elsewhere], outcome="stop", by=None, at=AT)


def test_abandoning_asks_why(contract):
    made = world.operation(contract)
    fields = {"status": "dropped"}
    with pytest.raises(InputError, match="abandonnée dit pourquoi"):
        edit_operation(operation=made, revision=0, fields=fields, by=None, at=AT)
    fields["dropped_reason"] = "Terrain vendu"
    edit_operation(operation=made, revision=0, fields=fields, by=None, at=AT)
    assert Operation.objects.get().dropped_reason == "Terrain vendu"


def test_the_perimeter_says_who_set_it(lead, contract):
    ContractPerimeter.objects.create(
        contract=contract, territory="200000001", name="Pays", cog=2025, since=date(2022, 1, 1),
        communes=[], epcis=[],
    )  # fmt: skip
    type(contract).objects.filter(pk=contract.pk).update(
        status="drafting", signed_on=None, in_force_on=None
    )
    address = f"/contrats/{contract.slug}/perimetre/"
    sent = {"revision": 0, "territory": "200000001"}
    assert lead.post(address, sent).status_code == 400
    sent |= {"instance": "prefect", "decided_on": "2026-06-01", "reference": "Arrêté 12"}
    assert lead.post(address, sent).status_code == 302
    decided = Decision.objects.get(kind="perimeter")
    assert (decided.instance, decided.reference) == ("prefect", "Arrêté 12")
    assert contract.perimeters.get(until=None).since == date(2026, 6, 1)


def test_the_pack_of_the_copil_says_what_was_decided(contract):
    """And is silent while nothing was."""
    operation = world.operation(contract, "Halte")
    viewer = world.viewer("project_lead", contract)
    told = meeting(review(viewer, contract, TODAY), snapshot(contract), None, TODAY)
    assert not [*_decided(told)]
    decided = record_decision(
        contract=contract, kind="correction", authority=COPIL, subject="Trop cher", by=None, at=AT
    )
    decide_on(decision=decided, operations=[operation], outcome="reorient", by=None, at=AT)
    told = meeting(review(viewer, contract, TODAY), snapshot(contract), None, TODAY)
    [slide] = _decided(told)
    assert slide.parts[0].rows[1][:2] == ("Halte", "Réorientée")
