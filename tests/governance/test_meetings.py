"""A meeting from its convocation to its minutes: what may be written when, and what is kept."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from tests.operations import world
from tests.operations.world import AT, TODAY

from maillage.accounts.conflicts import ConflictError
from maillage.accounts.models import JournalEntry
from maillage.common.errors import InputError
from maillage.contracts.actions.decisions import Authority, record_decision
from maillage.contracts.history import line_of
from maillage.contracts.models import Decision
from maillage.governance.actions.committees import add_member, edit_committee, edit_member
from maillage.governance.actions.decided import attach_decision, decide
from maillage.governance.actions.held import (
    Came,
    conclude,
    correct,
    record_attendance,
    record_minutes,
)
from maillage.governance.actions.meetings import (
    Point,
    cancel_meeting,
    edit_meeting,
    write_agenda,
)
from maillage.governance.models import Correction, Meeting, Member
from maillage.governance.reading import attachable, members_at, next_copil, sittings

SOON, PAST = AT + timedelta(days=30), AT - timedelta(days=3)


def write(pays, meeting, *points):
    meeting.refresh_from_db()
    write_agenda(meeting=meeting, revision=meeting.revision, points=points, by=pays.lead, at=AT)
    return list(meeting.items.all())


def hold(pays, meeting, **presence):
    meeting.refresh_from_db()
    rows = list(meeting.attendances.all())
    came = {row.pk: Came("present") for row in rows} | {
        rows[int(n[1:])].pk: Came(p) for n, p in presence.items()
    }
    record_attendance(
        meeting=meeting, revision=meeting.revision, came=came, guests="", by=pays.lead, at=AT
    )
    meeting.refresh_from_db()
    return meeting


def close(pays, meeting, document=None):
    record_minutes(
        meeting=meeting, revision=meeting.revision, reference="CR 4", document=document,
        by=pays.lead, at=AT,
    )  # fmt: skip
    meeting.refresh_from_db()


def test_those_who_sit_that_day_are_invited_and_keep_the_words_of_their_day(pays):
    gone = add_member(
        committee=pays.copil,
        organisation=pays.epci,
        name="Ancien",
        since=TODAY,
        by=pays.lead,
        at=AT,
    )
    edit_member(member=gone, revision=gone.revision, changes={"until": TODAY}, by=pays.lead, at=AT)
    meeting = pays.call(pays.copil, SOON)
    rows = list(meeting.attendances.all())
    assert [(row.function, row.quality) for row in rows] == [
        ("Préfète", "chair"),
        ("Présidente", "chair"),
    ]
    member = Member.objects.get(committee=pays.copil, name="Anne Roy")
    edit_member(
        member=member, revision=member.revision, changes={"name": "Luc Roy"}, by=pays.lead, at=AT
    )
    assert meeting.attendances.filter(name="Anne Roy").exists()
    assert "Luc Roy" in [one.name for one in members_at(pays.copil, TODAY)]


def test_who_arrives_before_a_moved_meeting_is_invited_too(pays):
    meeting = pays.call(pays.copil, SOON)
    add_member(
        committee=pays.copil, organisation=pays.state, name="Nouvelle",
        since=TODAY + timedelta(days=40), by=pays.lead, at=AT,
    )  # fmt: skip
    assert meeting.attendances.count() == 2
    later = {"starts_at": AT + timedelta(days=50)}
    edit_meeting(meeting=meeting, revision=meeting.revision, changes=later, by=pays.lead, at=AT)
    assert meeting.attendances.count() == 3


def test_numbers_follow_one_another_in_each_committee(pays):
    numbers = [pays.call(c, SOON).number for c in (pays.copil, pays.copil, pays.cotech)]
    assert numbers == [1, 2, 1]


def test_an_agenda_is_written_whole_in_order_and_a_decided_point_stays(pays):
    meeting = pays.call(pays.copil, PAST)
    first, second = write(
        pays, meeting, Point("information", "Bilan"), Point("decision", "Inscrire la halle")
    )
    hold(pays, meeting)
    decide(
        meeting=meeting, contract=pays.contract, item=second, subject="La halle est inscrite",
        kind="operations", by=pays.lead, at=AT,
    )  # fmt: skip
    rows = write(pays, meeting, Point("information", "Tour de table"))
    assert [(row.rank, row.title) for row in rows] == [
        (1, "Tour de table"),
        (2, "Inscrire la halle"),
    ]
    assert not meeting.items.filter(pk=first.pk).exists()


def test_two_people_on_one_agenda_lose_nothing(pays):
    meeting = pays.call(pays.copil, SOON)
    theirs = meeting.revision
    write(pays, meeting, Point("decision", "Le leur"))
    with pytest.raises(ConflictError) as caught:
        write_agenda(
            meeting=meeting, revision=theirs, points=[Point("decision", "Le mien")],
            by=pays.lead, at=AT,
        )  # fmt: skip
    assert caught.value.now == {"agenda": "Le leur"}
    assert caught.value.mine == {"agenda": "Le mien"}
    assert [item.title for item in meeting.items.all()] == ["Le leur"]


def test_a_decision_takes_the_body_the_day_and_the_reference_of_its_meeting(pays):
    meeting = hold(pays, pays.call(pays.copil, PAST))
    made = decide(
        meeting=meeting, contract=pays.contract, subject="On continue", kind="operations",
        by=pays.lead, at=AT,
    )  # fmt: skip
    assert (made.instance, made.decided_on) == ("copil", PAST.date())
    assert made.reference.replace("\u00a0", " ") == "Compte rendu du copil n° 1 du 29 mai 2026"
    assert [item.decision for item in meeting.items.all()] == [made]


def test_a_decision_recorded_elsewhere_that_day_is_attached_once(pays):
    meeting = hold(pays, pays.call(pays.copil, PAST))
    other = record_decision(
        contract=pays.contract, kind="funding", authority=Authority("copil", PAST.date(), "CR"),
        by=pays.lead, at=AT,
    )  # fmt: skip
    record_decision(
        contract=pays.contract, kind="funding", authority=Authority("prefect", PAST.date(), "A"),
        by=pays.lead, at=AT,
    )  # fmt: skip
    assert attachable(meeting, [pays.contract]) == [other]
    attach_decision(meeting=meeting, decision=other, by=pays.lead, at=AT)
    assert attachable(meeting, [pays.contract]) == []
    with pytest.raises(InputError, match="déjà rattachée"):
        attach_decision(meeting=meeting, decision=other, by=pays.lead, at=AT)


def test_nothing_is_recorded_of_a_meeting_to_come(pays):
    meeting = pays.call(pays.copil, SOON)
    with pytest.raises(InputError, match="pas encore eu lieu"):
        hold(pays, meeting)
    with pytest.raises(InputError, match="pas encore dite tenue"):
        decide(
            meeting=meeting, contract=pays.contract, subject="Trop tôt", kind="other",
            by=pays.lead, at=AT,
        )  # fmt: skip
    with pytest.raises(InputError, match="pas encore dite tenue"):
        close(pays, meeting)
    assert Decision.objects.count() == 0


def test_minutes_close_the_meeting_and_go_to_its_decisions(pays, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    meeting = pays.call(pays.copil, PAST)
    [item] = write(pays, meeting, Point("decision", "Inscrire la halle"))
    hold(pays, meeting)
    made = decide(
        meeting=meeting, contract=pays.contract, item=item, subject="Inscrite", kind="operations",
        by=pays.lead, at=AT,
    )  # fmt: skip
    close(pays, meeting, ContentFile(b"%PDF-1.7 compte rendu", "cr.pdf"))
    made.refresh_from_db()
    assert made.document.read() == b"%PDF-1.7 compte rendu"
    assert meeting.minutes.read() == b"%PDF-1.7 compte rendu"
    item.meeting.refresh_from_db()
    refused = (
        lambda: write(pays, meeting, Point("decision", "Autre")),
        lambda: hold(pays, meeting),
        lambda: conclude(
            item=item, revision=meeting.revision, outcome="Autre", by=pays.lead, at=AT
        ),
        lambda: decide(
            meeting=meeting, contract=pays.contract, subject="Autre", kind="other",
            by=pays.lead, at=AT,
        ),
        lambda: close(pays, meeting),
    )  # fmt: skip
    for act in refused:
        with pytest.raises(InputError, match="ne se réécrit plus"):
            act()
    correct(meeting=meeting, text="Lire : à l’unanimité.", by=pays.lead, at=AT)
    assert [one.text for one in meeting.corrections.all()] == ["Lire : à l’unanimité."]


@pytest.mark.django_db
def test_the_base_itself_keeps_minutes_and_corrections(pays):
    meeting = hold(pays, pays.call(pays.copil, PAST))
    close(pays, meeting)
    made = correct(meeting=meeting, text="Lire : trois voix.", by=pays.lead, at=AT)
    acts = (
        lambda: Meeting.objects.filter(pk=meeting.pk).update(reference="Autre"),
        lambda: Correction.objects.filter(pk=made.pk).update(text="Autre"),
        lambda: Correction.objects.filter(pk=made.pk).delete(),
        lambda: Meeting.objects.filter(pk=meeting.pk).update(number=9),
    )
    for act in acts:
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_a_cancelled_meeting_says_why_and_stops_there(pays):
    meeting = pays.call(pays.copil, SOON)
    with pytest.raises(InputError, match="se motive"):
        cancel_meeting(meeting=meeting, revision=meeting.revision, reason=" ", by=pays.lead, at=AT)
    cancel_meeting(meeting=meeting, revision=meeting.revision, reason="Neige", by=pays.lead, at=AT)
    with pytest.raises(InputError, match="annulée"):
        write(pays, meeting, Point("decision", "Autre"))
    assert next_copil(pays.contract, AT) is None


def test_a_common_committee_is_read_from_each_of_its_contracts(pays):
    other = world.contract("autre", "Autre pays")
    edit_committee(
        committee=pays.copil, revision=pays.copil.revision, changes={}, shared_with=[other],
        by=pays.lead, at=AT,
    )  # fmt: skip
    pays.call(pays.copil, SOON)
    [there] = sittings(other, AT)
    assert there.committee == pays.copil
    assert there.coming == next_copil(other, AT)
    assert [one.committee.kind for one in sittings(pays.contract, AT)] == ["copil", "cotech"]


def test_every_act_is_told_in_french_and_addresses_of_people_are_not(pays):
    member = add_member(
        committee=pays.copil, organisation=pays.epci, name="Zoé", email="zoe@exemple.fr",
        since=TODAY, by=pays.lead, at=AT,
    )  # fmt: skip
    changes = {"email": "z@exemple.fr", "quality": "consulted"}
    edit_member(member=member, revision=member.revision, changes=changes, by=pays.lead, at=AT)
    meeting = pays.call(pays.copil, PAST)
    write(pays, meeting, Point("decision", "Halle"))
    hold(pays, meeting)
    close(pays, meeting)
    lines = [line_of(row) for row in JournalEntry.objects.filter(contract_id=pays.contract.pk)]
    said = [line.sentence for line in lines]
    for sentence in ("Instance constituée", "Réunion convoquée", "Compte rendu consigné"):
        assert sentence in said
    text = str([line.details for line in lines])
    assert "Voix consultative" in text
    assert "exemple.fr" not in text
