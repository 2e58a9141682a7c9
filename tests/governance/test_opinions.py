"""What a meeting writes elsewhere: an opinion on the fiche, operations that a decision names."""

from datetime import timedelta

import pytest
from tests.governance.test_meetings import PAST, close, hold, write
from tests.operations import world
from tests.operations.world import AT, TODAY

from maillage.accounts.conflicts import ConflictError
from maillage.accounts.models import JournalEntry
from maillage.common.errors import InputError
from maillage.contracts.actions.decisions import Votes
from maillage.contracts.models import Decision
from maillage.governance.actions.decided import decide
from maillage.governance.actions.held import Came, conclude, record_attendance
from maillage.governance.actions.meetings import Point
from maillage.governance.models import Committee
from maillage.governance.reading import opinion_given, quorum_of
from maillage.operations.actions.operations import edit_operation
from maillage.operations.planned import gate_dossier
from maillage.operations.readiness import missing

CALLED = "Compte rendu du cotech n° 1 du 29 mai 2026"


@pytest.fixture
def operation(pays):
    made = world.operation(pays.contract, "Halle", (pays.epci,), number="1")
    world.complete(made, world.orientation(pays.contract))
    edit_operation(
        operation=made, revision=made.revision, by=pays.lead, at=AT,
        fields={"cotech_opinion": "", "cotech_on": None, "cotech_reference": ""},
    )  # fmt: skip
    world.line(made, "own_funds", 1000)
    return made


def put(pays, committee, operation, at=PAST):
    """A point on the operation, in a meeting that was held."""
    meeting = pays.call(committee, at)
    [item] = write(pays, meeting, Point("opinion", "Halle", operation=operation))
    hold(pays, meeting)
    item.refresh_from_db()
    return item


def opine(pays, item, opinion, outcome=""):
    item.refresh_from_db()
    item.meeting.refresh_from_db()
    conclude(
        item=item, revision=item.meeting.revision, outcome=outcome, opinion=opinion,
        by=pays.lead, at=AT,
    )  # fmt: skip


def fiche(operation):
    operation.refresh_from_db()
    reference = operation.cotech_reference.replace("\u00a0", " ")
    return operation.cotech_opinion, operation.cotech_on, reference


def lacks(operation):
    return [item.code for item in missing(gate_dossier(operation, TODAY), TODAY)]


def test_an_opinion_of_the_cotech_fills_the_fiche_and_its_gate(pays, operation):
    item = put(pays, pays.cotech, operation)
    assert "opinion" in lacks(operation)
    opine(pays, item, "favourable", "Sans réserve.")
    assert fiche(operation) == ("favourable", PAST.date(), CALLED)
    assert "opinion" not in lacks(operation)
    assert opinion_given(operation) == item.meeting
    line = JournalEntry.objects.filter(object_kind="operation", verb="edited").first()
    assert line.after["cotech_opinion"] == "favourable"


def test_an_opinion_changed_or_taken_back_follows_on_the_fiche(pays, operation):
    item = put(pays, pays.cotech, operation)
    opine(pays, item, "favourable")
    opine(pays, item, "reserved")
    assert fiche(operation) == ("reserved", PAST.date(), CALLED)
    opine(pays, item, "")
    assert fiche(operation) == ("", None, "")


def test_the_fiche_keeps_a_later_opinion_and_one_that_came_from_elsewhere(pays, operation):
    late = {"cotech_opinion": "reserved", "cotech_on": TODAY, "cotech_reference": "Cotech 9"}
    edit_operation(
        operation=operation, revision=operation.revision, fields=late, by=pays.lead, at=AT
    )
    item = put(pays, pays.cotech, operation)
    opine(pays, item, "favourable")
    opine(pays, item, "")
    assert fiche(operation) == ("reserved", TODAY, "Cotech 9")
    assert opinion_given(operation) is None


def test_the_fiche_takes_the_reference_of_the_minutes(pays, operation):
    item = put(pays, pays.cotech, operation)
    opine(pays, item, "favourable")
    item.meeting.refresh_from_db()
    close(pays, item.meeting)
    assert fiche(operation) == ("favourable", PAST.date(), "CR 4")


def test_only_a_cotech_gives_an_opinion_and_on_an_operation(pays, operation):
    item = put(pays, pays.copil, operation)
    with pytest.raises(InputError, match="seul le comité technique"):
        opine(pays, item, "favourable")
    bare = put(pays, pays.cotech, None, PAST + timedelta(hours=2))
    with pytest.raises(InputError, match="seul le comité technique"):
        opine(pays, bare, "favourable")
    assert fiche(operation) == ("", None, "")


def test_two_opinions_at_once_lose_nothing(pays, operation):
    item = put(pays, pays.cotech, operation)
    read = item.meeting.revision
    opine(pays, item, "favourable")
    item.refresh_from_db()
    with pytest.raises(ConflictError) as caught:
        conclude(item=item, revision=read, outcome="", opinion="reserved", by=pays.lead, at=AT)
    assert caught.value.now["opinion"] == "favourable"


def test_a_decision_names_its_operations_and_keeps_its_votes(pays, operation):
    item = put(pays, pays.copil, operation)
    made = decide(
        meeting=item.meeting, contract=pays.contract, item=item, subject="La halle attendra",
        kind="correction", operations=[operation], becomes="reorient", votes=Votes(12, 1, 2),
        by=pays.lead, at=AT,
    )  # fmt: skip
    [outcome] = operation.outcomes.all()
    assert (outcome.decision, outcome.label) == (made, "Réorientée")
    assert made.votes == "12 pour, 1 contre, 2 abstentions"
    assert Decision(votes_for=3).votes == "3 pour"
    assert Decision().votes == ""


def test_an_operation_of_another_contract_is_not_named(pays):
    other = world.operation(world.contract("autre", "Autre"), "Ailleurs")
    meeting = hold(pays, pays.call(pays.copil, PAST))
    with pytest.raises(InputError):
        decide(
            meeting=meeting, contract=pays.contract, subject="Stop", kind="other",
            operations=[other], becomes="stop", by=pays.lead, at=AT,
        )  # fmt: skip
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("second", "there"), [("present", 2), ("represented", 2), ("excused", 1), ("absent", 1)]
)
def test_a_quorum_counts_those_who_vote_and_came_or_are_represented(pays, second, there):
    Committee.objects.filter(pk=pays.copil.pk).update(quorum=2)
    meeting = pays.call(pays.copil, PAST)
    rows = list(meeting.attendances.all())
    rows[0].quality, guest = "consulted", rows[0]
    guest.save(update_fields=["quality"])
    third = meeting.attendances.model.objects.create(
        meeting=meeting, member=pays.cotech.members.first(), organisation="Région",
        function="Conseillère", quality="voting",
    )  # fmt: skip
    came = {guest.pk: Came("present"), rows[1].pk: Came("present"), third.pk: Came(second)}
    record_attendance(
        meeting=meeting, revision=meeting.revision, came=came, guests="", by=pays.lead, at=AT
    )
    meeting.committee.refresh_from_db()
    found = quorum_of(meeting, meeting.attendances.all())
    assert (found.called, found.there, found.reached) == (2, there, there == 2)


def test_no_quorum_is_counted_where_none_is_asked(pays):
    meeting = hold(pays, pays.call(pays.copil, PAST))
    assert quorum_of(meeting, meeting.attendances.all()) is None
