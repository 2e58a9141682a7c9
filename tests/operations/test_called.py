"""Calls for projects: brought in, proposed to an operation, aimed at, waited for."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from tests.operations import world

from maillage.accounts.models import JournalEntry
from maillage.common.errors import InputError
from maillage.operations.access import of_contract, of_operation
from maillage.operations.actions.funding import send_draft
from maillage.operations.actions.project_calls import add_calls, aim_at, remove_call
from maillage.operations.calendars import ics
from maillage.operations.called import proposed_calls
from maillage.operations.models import ProjectCall
from maillage.operations.portfolio import review_one

pytestmark = pytest.mark.django_db
AT, TODAY = world.AT, world.TODAY
CLOSES = date(2026, 7, 1)
ROW = {
    "name": "Mobilités rurales", "funder": "Région", "source": "region", "closes_on": CLOSES,
    "owners": ["cc"], "maximum": Decimal(300), "link": "https://exemple.fr/appel",
}  # fmt: skip


@pytest.fixture
def contract():
    return world.contract()


@pytest.fixture
def operation(contract):
    made = world.operation(contract, "Voie verte", [world.organisation("CC du Val")],
                           investment_cost=Decimal(1000))  # fmt: skip
    world.line(made, "detr", 400)
    return made


def bring(contract, *rows):
    return add_calls(contract=contract, rows=rows, by=None, at=AT)


def proposed(contract, operation, role="project_lead", today=TODAY):
    viewer = world.viewer(role, contract)
    subject = of_operation(operation, of_contract(contract))
    return proposed_calls(review_one(viewer, operation, subject, today), today)


def aimed(operation, call, asked=Decimal(300)):
    return aim_at(operation=operation, call=call, asked=asked, author_id=None, by=None, at=AT)


def test_a_call_comes_once_and_comes_back_changed(contract):
    assert bring(contract, ROW) == (1, 0)
    assert bring(contract, ROW) == (0, 0)
    assert bring(contract, {**ROW, "name": "MOBILITES rurales", "maximum": Decimal(500)}) == (0, 1)
    (call,) = ProjectCall.objects.all()
    assert (call.maximum, call.closes_on) == (500, CLOSES)
    verbs = JournalEntry.objects.filter(object_kind="project_call").order_by("id")
    assert [entry.verb for entry in verbs] == ["added", "changed"]


@pytest.mark.parametrize(
    "wrong", [{"link": "ftp://x"}, {"opens_on": date(2027, 1, 1)}, {"name": ""}, {"rank": 1}]
)
def test_a_call_that_does_not_hold_is_refused_and_nothing_is_written(contract, wrong):
    with pytest.raises(InputError):
        bring(contract, ROW, {**ROW, "name": "Autre", **wrong})
    assert not ProjectCall.objects.exists()


def test_calls_of_the_contract_and_national_ones_are_proposed_with_their_reasons(
    contract, operation
):
    bring(contract, ROW, {**ROW, "name": "Pour les régions", "owners": ["region"]})
    bring(None, {**ROW, "name": "National"})
    bring(world.contract("ailleurs", "Ailleurs"), {**ROW, "name": "D’un autre contrat"})
    found = proposed(contract, operation)
    assert {one.call.name for one in found} == {"Mobilités rurales", "National"}
    assert {one.match.possible for one in found} == {Decimal(300)}
    assert all(len(one.match.reasons) == 4 for one in found)
    assert proposed(contract, operation, today=date(2026, 7, 2)) == ()


def test_the_call_aimed_at_is_a_draft_that_waits_until_it_is_sent(contract, operation):
    bring(contract, ROW)
    call = ProjectCall.objects.get()
    line = aimed(operation, call)
    assert (line.kind, line.source, line.asked, line.purpose) == (
        "draft", "region", 300, "Mobilités rurales",
    )  # fmt: skip
    assert proposed(contract, operation) == ()
    lead, state = (world.viewer(role, contract) for role in ("project_lead", "prefecture"))
    (due,) = [due for due in world.agenda(lead) if due.kind == "call"]
    assert (due.day, due.line_id, due.urgent) == (CLOSES, line.pk, False)
    assert "Mobilités rurales (Région) se clôt" in due.text
    calendar = ics([due], "Agenda", "exemple.fr", datetime(2026, 6, 1)).decode()
    assert "DTSTART;VALUE=DATE:20260701" in calendar
    assert not [due for due in world.agenda(state) if due.kind == "call"]
    send_draft(line=line, revision=line.revision, today=TODAY, by=lead, at=AT)
    assert not [due for due in world.agenda(lead) if due.kind == "call"]


def test_a_date_that_moves_moves_what_waits(contract, operation):
    bring(None, ROW)
    aimed(operation, ProjectCall.objects.get())
    lead = world.viewer("project_lead", contract)
    world.agenda(lead)
    bring(None, {**ROW, "closes_on": date(2026, 6, 20)})
    (due,) = [due for due in world.agenda(lead) if due.kind == "call"]
    assert due.day == date(2026, 6, 20)


def test_a_call_past_with_its_draft_still_there_is_late(contract, operation):
    bring(contract, ROW)
    aimed(operation, ProjectCall.objects.get())
    lead = world.viewer("project_lead", contract)
    (due,) = [due for due in world.agenda(lead, date(2026, 7, 2)) if due.kind == "call"]
    assert due.urgent
    assert "était clos" in due.text


def test_one_call_is_aimed_at_once_by_its_own_contract(contract, operation):
    bring(contract, ROW)
    call = ProjectCall.objects.get()
    aimed(operation, call)
    with pytest.raises(InputError, match="déjà"):
        aimed(operation, call)
    other = world.operation(world.contract("ailleurs", "Ailleurs"), "Halle")
    with pytest.raises(InputError, match="autre contrat"):
        aimed(other, call)
    with pytest.raises(InputError, match="vise cet appel"):
        remove_call(call=call, by=None, at=AT)
    operation.lines.filter(call=call).delete()
    remove_call(call=call, by=None, at=AT)
    assert not ProjectCall.objects.exists()
