"""Meetings among what waits: to whom, when, in which words; in the letter, in the calendar."""

from datetime import timedelta

import pytest
from tests.governance.test_meetings import close, hold, write
from tests.operations import world
from tests.operations.test_dues import fresh, kept
from tests.operations.world import AT, TODAY

from maillage.accounts.actions.memberships import grant
from maillage.accounts.conflicts import ConflictError
from maillage.common.errors import InputError
from maillage.governance.actions.decided import decide
from maillage.governance.actions.held import conclude
from maillage.governance.actions.meetings import Point, cancel_meeting, convene, edit_meeting
from maillage.governance.waiting import meetings_told
from maillage.operations.calendars import ics
from maillage.operations.dues.reading import EVERYTHING, agenda, survey, tally
from maillage.operations.dues.rights import dues_of
from maillage.operations.reminders import reminders

MEETINGS = {"meeting", "convene", "minutes", "decision"}
SOON, PAST = AT + timedelta(days=9), AT - timedelta(days=20)


def told(viewer, day=TODAY):
    world.draw(day)
    return [(due.kind, due.day, due.urgent) for due in agenda(viewer, day) if due.kind in MEETINGS]


def sent(pays, meeting, day=TODAY):
    convene(meeting=meeting, revision=meeting.revision, day=day, by=pays.lead, at=AT)


def test_a_meeting_to_come_waits_and_its_convocation_until_it_is_sent(pays):
    meeting = pays.call(pays.copil, SOON)
    pays.call(pays.copil, AT + timedelta(days=200))
    first = ("convene", SOON.date() - timedelta(days=15), True)
    then = ("meeting", SOON.date(), False)
    assert told(pays.lead) == [first, then]
    sent(pays, meeting)
    assert told(pays.lead) == [then]


def test_a_meeting_that_moves_is_to_be_convened_again(pays):
    meeting = pays.call(pays.copil, SOON, place="Mairie")
    sent(pays, meeting)
    note = {"note": "Venez nombreux."}
    edit_meeting(meeting=meeting, revision=meeting.revision, changes=note, by=pays.lead, at=AT)
    assert meeting.convened_on == TODAY
    place = {"place": "Salle des fêtes"}
    edit_meeting(meeting=meeting, revision=meeting.revision, changes=place, by=pays.lead, at=AT)
    meeting.refresh_from_db()
    assert meeting.convened_on is None
    assert [kind for kind, *_ in told(pays.lead)] == ["convene", "meeting"]


def test_a_convocation_is_said_sent_once_it_left_by_whoever_read_the_last_one(pays):
    meeting = pays.call(pays.copil, SOON)
    with pytest.raises(InputError, match="une fois partie"):
        sent(pays, meeting, TODAY + timedelta(days=1))
    read = meeting.revision
    changes = {"place": "Mairie"}
    edit_meeting(meeting=meeting, revision=read, changes=changes, by=pays.lead, at=AT)
    with pytest.raises(ConflictError):
        convene(meeting=meeting, revision=read, day=TODAY, by=pays.lead, at=AT)


def test_after_its_day_come_those_present_then_decisions_and_minutes(pays):
    meeting = pays.call(pays.copil, PAST)
    first, second, _ = write(
        pays, meeting, Point("decision", "Halle"), Point("blocked", "École"),
        Point("information", "Bilan"),
    )  # fmt: skip
    assert told(pays.lead) == [("minutes", PAST.date(), True)]
    hold(pays, meeting)
    late = PAST.date() + timedelta(days=14)
    assert told(pays.lead) == [("decision", late, True), ("minutes", late, True)]
    decide(
        meeting=meeting, contract=pays.contract, item=first, subject="Inscrite", kind="operations",
        by=pays.lead, at=AT,
    )  # fmt: skip
    world.draw()
    [waits] = [due for due in agenda(pays.lead, TODAY) if due.kind == "decision"]
    assert waits.text.replace("\u00a0", " ") == "1 point attend sa décision."
    second.refresh_from_db()
    meeting.refresh_from_db()
    conclude(item=second, revision=meeting.revision, outcome="On attend.", by=pays.lead, at=AT)
    assert told(pays.lead) == [("minutes", late, True)]
    meeting.refresh_from_db()
    close(pays, meeting)
    assert told(pays.lead) == []


def test_a_cancelled_meeting_waits_for_nobody(pays):
    meeting = pays.call(pays.copil, SOON)
    cancel_meeting(meeting=meeting, revision=meeting.revision, reason="Neige", by=pays.lead, at=AT)
    assert told(pays.lead) == []


def test_what_is_kept_of_meetings_is_exact_every_day(pays):
    """Drawn again when a meeting is over, and only then."""
    for ahead in (3, 9, 30):
        pays.call(pays.copil, AT + timedelta(days=ahead))
    drawings = 0
    for ahead in range(40):
        day = TODAY + timedelta(days=ahead)
        drawings += world.draw(day)
        assert kept(pays.contract) == fresh(pays.contract, day), day
    assert drawings == 4


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        ("project_lead", ["minutes", "convene", "meeting"]),
        ("sous_prefecture", ["minutes", "convene", "meeting"]),
        ("prefecture", ["minutes", "convene", "meeting"]),
        ("elected", ["meeting"]),
        ("local_agent", ["meeting"]),
        ("sgar", []),
        ("anct", []),
        ("region", []),
        ("funder", []),
        ("public", []),
    ],
)
def test_each_is_told_what_they_may_do(pays, role, kinds):
    """Seated: the meeting alone. Nobody else is told anything of it."""
    pays.call(pays.copil, SOON)
    pays.call(pays.cotech, PAST)
    assert [kind for kind, *_ in told(world.viewer(role, pays.contract, pays.epci))] == kinds


def test_nothing_is_told_of_the_meetings_of_another_contract(pays):
    pays.call(pays.copil, SOON)
    assert told(world.viewer("project_lead", world.contract("autre", "Autre"), pays.epci)) == []


def test_meetings_are_counted_with_the_rest_and_in_the_letter(pays):
    pays.call(pays.copil, SOON)
    world.draw()
    rows = {row.kind: row.counts for row in tally(survey(pays.lead, TODAY)).rows}
    assert rows["meeting"]["30-jours"] == 1
    assert rows["convene"]["retard"] == 1
    person = world.person()
    grant(
        person=person, role="project_lead", contract_id=pays.contract.pk, organisation=pays.epci,
        by=None, at=AT, since=TODAY,
    )  # fmt: skip
    [letter] = reminders(TODAY, "https://exemple.fr")
    assert "Convocation à envoyer" in letter.body
    assert "Comité de pilotage du 10 juin 2026" in letter.body.replace("\u00a0", " ")


def test_a_calendar_has_the_hour_of_a_meeting_and_no_second_event(pays):
    meeting = pays.call(pays.copil, SOON)
    world.draw()
    assert [*meetings_told(EVERYTHING.of(dues_of(pays.lead), TODAY))] == [meeting]
    content = ics(agenda(pays.lead, TODAY), "Nom", "exemple.fr", AT).decode()
    assert f"UID:convene-{pays.contract.uuid}" in content.replace("\r\n ", "")
    assert "UID:meeting-" not in content


def test_the_number_of_questions_does_not_grow(pays, django_assert_num_queries):
    for ahead in range(1, 8):
        pays.call(pays.copil, AT + timedelta(days=ahead))
    world.draw()
    with django_assert_num_queries(3):
        agenda(pays.lead, TODAY)
