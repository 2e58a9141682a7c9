"""After the meeting: who came, what was concluded, its minutes, what is put right."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import File
from django.db import transaction

from maillage.accounts.conflicts import claim, save_revised
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.actions.papers import attach_minutes
from maillage.contracts.actions.told import known
from maillage.contracts.tables import OPINIONS
from maillage.governance.actions.opinions import fill_opinion
from maillage.governance.actions.told import refuse_closed, refuse_unless_held, tell_of
from maillage.governance.models import AgendaItem, Attendance, Correction, Meeting
from maillage.governance.reading import gives_opinion, reference_of
from maillage.governance.tables import PRESENCES


@dataclass(frozen=True)
class Came:
    """Whether somebody invited came; ``stand_in``: who did in their place."""

    presence: str
    stand_in: str = ""


@transaction.atomic
def record_attendance(
    *,
    meeting: Meeting,
    revision: int,
    came: Mapping[int, Came],
    guests: str,
    by: Viewer,
    at: datetime,
) -> None:
    """``came`` by id of attendance; the meeting is held. ConflictError; InputError before its day
    or once its minutes are there."""
    refuse_closed(meeting)
    if meeting.starts_at > at:
        raise InputError(
            problem="cette réunion n’a pas encore eu lieu.",
            remedy="revenez après, ou corrigez sa date.",
        )
    rows = {row.pk: row for row in meeting.attendances.all()}
    now = {"guests": meeting.guests} | {
        _field(id): PRESENCES[row.presence] for id, row in rows.items()
    }
    mine = {"guests": guests} | {_field(id): PRESENCES.get(c.presence) for id, c in came.items()}
    claim(meeting, revision, mine, {name: now.get(name, "") for name in mine})
    for id, each in came.items():
        if id in rows:
            known(each.presence, PRESENCES, "Présence")
            Attendance.objects.filter(pk=id).update(
                presence=each.presence, stand_in=each.stand_in.strip()
            )
    Meeting.objects.filter(pk=meeting.pk).update(status="held", guests=guests.strip())
    meeting.refresh_from_db()
    there = meeting.attendances.filter(presence__in=("present", "represented")).count()
    tell_of(meeting, "held", by, at, after={"present": there})


def _field(id: int) -> str:
    return f"presence_{id}"


@transaction.atomic
def conclude(
    *,
    item: AgendaItem,
    revision: int,
    outcome: str,
    by: Viewer,
    at: datetime,
    opinion: str = "",
) -> None:
    """What was concluded on an item; ``opinion``: that of the cotech on its operation, which goes
    to the fiche. ConflictError; InputError once the minutes are there, or for another opinion."""
    meeting = item.meeting
    refuse_unless_held(meeting)
    if opinion:
        _refuse_opinion(item, opinion)
    mine = {"outcome": outcome, "opinion": opinion}
    claim(meeting, revision, mine, {"outcome": item.outcome, "opinion": item.opinion})
    AgendaItem.objects.filter(pk=item.pk).update(outcome=outcome.strip(), opinion=opinion)
    if opinion != item.opinion:
        fill_opinion(item=item, opinion=opinion, reference=reference_of(meeting), by=by, at=at)
    told = {"point": item.title, "outcome": outcome.strip(), "opinion": OPINIONS.get(opinion, "")}
    tell_of(meeting, "concluded", by, at, after=told)


def _refuse_opinion(item: AgendaItem, opinion: str) -> None:
    known(opinion, OPINIONS, "Avis du comité technique")
    if not gives_opinion(item):
        raise InputError(
            problem="seul le comité technique rend un avis, et sur une opération.",
            remedy="écrivez la suite donnée.",
        )


@transaction.atomic
def record_minutes(
    *,
    meeting: Meeting,
    revision: int,
    reference: str,
    document: File | None,
    by: Viewer,
    at: datetime,
) -> None:
    """Closes the meeting; its decisions that have no minutes get these. ConflictError; InputError
    before it is held, without a reference, or twice."""
    refuse_unless_held(meeting)
    if not reference.strip():
        raise InputError(problem="un compte rendu a une référence.", remedy="écrivez-la.")
    called = reference_of(meeting)
    save_revised(meeting, revision, {"reference": reference.strip()})
    for item in meeting.items.exclude(opinion="").filter(operation__cotech_reference=called):
        fill_opinion(item=item, opinion=item.opinion, reference=meeting.reference, by=by, at=at)
    if document is not None:
        meeting.minutes.save(document.name or "compte-rendu.pdf", document, save=False)
        Meeting.objects.filter(pk=meeting.pk).update(minutes=meeting.minutes.name)
        for item in meeting.items.filter(decision__isnull=False).select_related("decision"):
            if item.decision is not None and not item.decision.document:
                document.seek(0)
                attach_minutes(decision=item.decision, document=document, by=by, at=at)
    tell_of(meeting, "minutes_recorded", by, at, after={"reference": reference.strip()})


@transaction.atomic
def correct(*, meeting: Meeting, text: str, by: Viewer, at: datetime) -> Correction:
    """Put right after the minutes. InputError before them, or without a text."""
    if not meeting.closed:
        raise InputError(
            problem="le compte rendu n’est pas encore consigné.", remedy="corrigez la réunion même."
        )
    if not text.strip():
        raise InputError(problem="une rectification dit ce qui change.", remedy="écrivez-le.")
    made = Correction.objects.create(meeting=meeting, text=text.strip(), made_on=at.date())
    tell_of(meeting, "corrected", by, at, after={"text": made.text})
    return made
