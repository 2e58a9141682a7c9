"""Calling a meeting, moving it, cancelling it; writing its agenda."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from maillage.accounts.conflicts import claim, save_revised
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.actions.told import known
from maillage.contracts.models import Avenant
from maillage.governance.actions.told import refuse_closed, refuse_unless_called, tell_of
from maillage.governance.models import AgendaItem, Attendance, Committee, Meeting
from maillage.governance.reading import members_at, moment
from maillage.governance.tables import FORMATIONS, ITEMS
from maillage.operations.models import Operation

#: What ``edit_meeting`` may write.
EDITABLE = ("starts_at", "place", "formation", "note")


@dataclass(frozen=True)
class Point:
    """A line of an agenda as one writes it; ``id`` is that of the item it changes, if any."""

    kind: str
    title: str
    detail: str = ""
    id: int | None = None
    operation: Operation | None = None
    avenant: Avenant | None = None
    year: int | None = None


@transaction.atomic
def call_meeting(
    *,
    committee: Committee,
    starts_at: datetime,
    by: Viewer,
    at: datetime,
    place: str = "",
    formation: str = "plenary",
    note: str = "",
) -> Meeting:
    """Those who sit that day are invited. InputError for a committee that is closed."""
    known(formation, FORMATIONS, "Formation")
    day = localtime(starts_at).date()
    if committee.closed_on is not None and committee.closed_on < day:
        raise InputError(
            problem="cette instance est close à cette date.",
            remedy="convoquez-en une autre, ou corrigez sa date de clôture.",
        )
    Committee.objects.select_for_update().get(pk=committee.pk)
    last = committee.meetings.order_by("-number").first()
    made = Meeting.objects.create(
        committee=committee,
        number=last.number + 1 if last else 1,
        starts_at=starts_at,
        place=place.strip(),
        formation=formation,
        note=note.strip(),
    )
    invite_members(made)
    tell_of(made, "called", by, at, after={"starts_at": moment(starts_at), "place": made.place})
    return made


@transaction.atomic
def edit_meeting(
    *, meeting: Meeting, revision: int, changes: Mapping[str, Any], by: Viewer, at: datetime
) -> None:
    """ConflictError; InputError once it was held: its day is then a fact."""
    refused = set(changes) - set(EDITABLE)
    if refused:
        raise TypeError(f"not editable: {sorted(refused)}")
    known(changes.get("formation", meeting.formation), FORMATIONS, "Formation")
    refuse_unless_called(meeting)
    old = meeting.starts_at
    before, after = save_revised(meeting, revision, changes)
    if "starts_at" in after:
        before, after = (
            before | {"starts_at": moment(old)},
            after | {"starts_at": moment(meeting.starts_at)},
        )
        invite_members(meeting)
    if meeting.convened_on and {"starts_at", "place"} & set(after):
        # Those who were told the old day or the old place are to be told again.
        Meeting.objects.filter(pk=meeting.pk).update(convened_on=None)
        before, after = before | {"convened_on": meeting.convened_on}, after | {"convened_on": None}
        meeting.convened_on = None
    if after:
        tell_of(meeting, "edited", by, at, before=before, after=after)


@transaction.atomic
def convene(*, meeting: Meeting, revision: int, day: date, by: Viewer, at: datetime) -> None:
    """Says that the convocation left that day. ConflictError; InputError for a day to come, or
    once the meeting was held."""
    refuse_unless_called(meeting)
    if day > at.date():
        raise InputError(
            problem="une convocation se dit envoyée une fois partie.", remedy="corrigez la date.",
            value=day.isoformat(),
        )  # fmt: skip
    save_revised(meeting, revision, {"convened_on": day})
    tell_of(meeting, "convened", by, at, after={"convened_on": day})


@transaction.atomic
def cancel_meeting(
    *, meeting: Meeting, revision: int, reason: str, by: Viewer, at: datetime
) -> None:
    """ConflictError; InputError without a reason, or once it was held."""
    refuse_unless_called(meeting)
    if not reason.strip():
        raise InputError(problem="une annulation se motive.", remedy="dites pourquoi.")
    changes = {"status": "cancelled", "cancelled_reason": reason.strip()}
    save_revised(meeting, revision, changes)
    tell_of(meeting, "cancelled", by, at, after={"reason": reason.strip()})


@transaction.atomic
def write_agenda(
    *, meeting: Meeting, revision: int, points: Iterable[Point], by: Viewer, at: datetime
) -> None:
    """The whole agenda, in order. An item that a decision answers stays, whatever is said.

    ConflictError when somebody wrote on the meeting since; InputError once its minutes are there.
    """
    refuse_closed(meeting)
    points = list(points)
    was = {item.pk: item for item in meeting.items.all()}
    before = [item.title for item in was.values()]
    told = " ; ".join(before)
    claim(meeting, revision, {"agenda": _line(points)}, {"agenda": told})
    kept = [_written(meeting, was, rank, point) for rank, point in enumerate(points, 1)]
    gone = [item for id, item in was.items() if id not in kept]
    for rank, item in enumerate((i for i in gone if i.decision_id), len(points) + 1):
        AgendaItem.objects.filter(pk=item.pk).update(rank=rank)
    AgendaItem.objects.filter(pk__in=[i.pk for i in gone if not i.decision_id]).delete()
    after = list(meeting.items.values_list("title", flat=True))
    if before != after:
        changed = {"agenda": " ; ".join(after)}
        tell_of(meeting, "agenda_written", by, at, before={"agenda": told}, after=changed)


def _line(points: Iterable[Point]) -> str:
    return " ; ".join(point.title for point in points)


def _written(meeting: Meeting, was: Mapping[int, AgendaItem], rank: int, point: Point) -> int:
    known(point.kind, ITEMS, "Nature du point")
    if not point.title.strip():
        raise InputError(problem="un point de l’ordre du jour a un intitulé.", remedy="écrivez-le.")
    fields = {"rank": rank, "title": point.title.strip(), "detail": point.detail.strip()}
    if point.id is not None and point.id in was:
        AgendaItem.objects.filter(pk=point.id).update(**fields)
        return point.id
    made = AgendaItem.objects.create(
        meeting=meeting, kind=point.kind, operation=point.operation, avenant=point.avenant,
        year=point.year, **fields,
    )  # fmt: skip
    return made.pk


def invite_members(meeting: Meeting) -> None:
    """Those who sit on that day, in the words of today; those already invited stay."""
    known_ids = set(meeting.attendances.values_list("member_id", flat=True))
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            member=member,
            organisation=member.organisation.name,
            name=member.name,
            function=member.function,
            quality=member.quality,
        )
        for member in members_at(meeting.committee, meeting.day)
        if member.pk not in known_ids
    )
