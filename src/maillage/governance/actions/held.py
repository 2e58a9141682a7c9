"""After the meeting: who came, what was concluded and decided, its minutes, what is put right."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from maillage.accounts.conflicts import claim, save_revised
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.actions.decisions import Authority, record_decision
from maillage.contracts.actions.papers import attach_minutes
from maillage.contracts.actions.told import known, tell
from maillage.contracts.models import Contract, Decision
from maillage.governance.actions.meetings import refuse_closed
from maillage.governance.models import AgendaItem, Attendance, Correction, Meeting
from maillage.governance.reading import reference_of
from maillage.governance.tables import ITEMS, KINDS, PRESENCES


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
    _tell(meeting, "held", by, at, {"present": there})


def _field(id: int) -> str:
    return f"presence_{id}"


@transaction.atomic
def conclude(*, item: AgendaItem, revision: int, outcome: str, by: Viewer, at: datetime) -> None:
    """What was concluded on an item. ConflictError; InputError once the minutes are there."""
    meeting = item.meeting
    _refuse_unless_held(meeting)
    claim(meeting, revision, {"outcome": outcome}, {"outcome": item.outcome})
    AgendaItem.objects.filter(pk=item.pk).update(outcome=outcome.strip())
    _tell(meeting, "concluded", by, at, {"point": item.title, "outcome": outcome.strip()})


@transaction.atomic
def decide(
    *,
    meeting: Meeting,
    contract: Contract,
    subject: str,
    kind: str,
    by: Viewer,
    at: datetime,
    item: AgendaItem | None = None,
    opinion: str = "",
    opinion_on: Any = None,
) -> Decision:
    """A decision of this meeting, on an item or besides the agenda: its instance, its day and its
    reference are the meeting’s. InputError when the item has one already."""
    _refuse_unless_held(meeting)
    _refuse_second(item)
    authority = Authority(
        KINDS[meeting.committee.kind].instance, meeting.day, reference_of(meeting),
        opinion, opinion_on,
    )  # fmt: skip
    avenant = item.avenant if item is not None and kind == "avenant" else None
    made = record_decision(
        contract=contract, kind=kind, authority=authority, subject=subject, avenant=avenant,
        by=by, at=at,
    )  # fmt: skip
    attach_decision(meeting=meeting, decision=made, item=item, by=by, at=at)
    return made


@transaction.atomic
def attach_decision(
    *,
    meeting: Meeting,
    decision: Decision,
    by: Viewer,
    at: datetime,
    item: AgendaItem | None = None,
) -> None:
    """A decision recorded elsewhere (a maquette arrêtée, a gate) was taken at this meeting."""
    _refuse_unless_held(meeting)
    _refuse_second(item)
    if AgendaItem.objects.filter(decision=decision).exists():
        raise InputError(
            problem="cette décision est déjà rattachée à une réunion.",
            remedy="choisissez-en une autre.",
        )
    if item is None:
        last = meeting.items.order_by("-rank").first()
        AgendaItem.objects.create(
            meeting=meeting, rank=last.rank + 1 if last else 1, kind="decision",
            title=decision.subject[:300], decision=decision,
        )  # fmt: skip
    else:
        AgendaItem.objects.filter(pk=item.pk).update(decision=decision)
    _tell(meeting, "decision_attached", by, at, {"decision": decision.subject})


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
    _refuse_unless_held(meeting)
    if not reference.strip():
        raise InputError(problem="un compte rendu a une référence.", remedy="écrivez-la.")
    save_revised(meeting, revision, {"reference": reference.strip()})
    if document is not None:
        meeting.minutes.save(document.name or "compte-rendu.pdf", document, save=False)
        Meeting.objects.filter(pk=meeting.pk).update(minutes=meeting.minutes.name)
        for item in meeting.items.filter(decision__isnull=False).select_related("decision"):
            if item.decision is not None and not item.decision.document:
                document.seek(0)
                attach_minutes(decision=item.decision, document=document, by=by, at=at)
    _tell(meeting, "minutes_recorded", by, at, {"reference": reference.strip()})


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
    _tell(meeting, "corrected", by, at, {"text": made.text})
    return made


def _refuse_unless_held(meeting: Meeting) -> None:
    refuse_closed(meeting)
    if meeting.status != "held":
        raise InputError(
            problem="cette réunion n’est pas encore dite tenue.",
            remedy="consignez d’abord les présences.",
        )


def _refuse_second(item: AgendaItem | None) -> None:
    if item is not None and item.decision_id is not None:
        raise InputError(
            problem="ce point a déjà sa décision.",
            remedy="consignez-en une autre hors de l’ordre du jour.",
        )


def kind_for(item: AgendaItem | None) -> str:
    """The object of the decision that an item usually calls for."""
    return (ITEMS[item.kind].kind if item else "") or "operations"


def _tell(meeting: Meeting, verb: str, by: Viewer, at: datetime, after: dict[str, Any]) -> None:
    committee = meeting.committee
    about = {"title": f"{committee.name}, réunion n° {meeting.number}"}
    tell(committee.contract, verb, meeting, by=by, at=at, after=about | after)
