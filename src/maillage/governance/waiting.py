"""Meetings among what waits (``operations.dues``): those to come, their convocation, and once the
day has passed who came, what was decided, the minutes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from maillage.accounts.viewers import Viewer
from maillage.common.french import counted
from maillage.contracts.models import Contract
from maillage.contracts.reading import reached, reached_by
from maillage.governance.findings import MINUTES_DAYS, OVER
from maillage.governance.models import Meeting
from maillage.governance.reading import moment, title_of
from maillage.governance.tables import ITEMS
from maillage.operations.dues.due import Due
from maillage.operations.dues.sources import Drawn, Source
from maillage.operations.models import KeptDue

#: Days before a meeting by which its convocation should have left: usage, no text fixes it.
NOTICE_DAYS = 15
#: Kinds for whoever holds meetings.
HELD = ("convene", "minutes", "decision")
#: Who is told a meeting of the contracts of their places: they sit in it.
SEATED = frozenset({"local_agent", "elected"})
#: Points that call for a decision, and have neither it nor another outcome.
UNDECIDED = Q(
    items__kind__in=[id for id, kind in ITEMS.items() if kind.kind],
    items__decision=None,
    items__outcome="",
)


def draw_meetings(contracts: Mapping[int, Contract], today: date) -> Mapping[int, Drawn]:
    """Under the contract that holds the committee; one question to the base."""
    alive = [id for id, contract in contracts.items() if contract.status not in OVER]
    rows = Meeting.objects.filter(
        Q(status="called") | Q(status="held", reference=""), committee__contract__in=alive
    ).annotate(undecided=Count("items", filter=UNDECIDED))
    found: dict[int, list[Meeting]] = {}
    for row in rows.select_related("committee").order_by("pk"):
        found.setdefault(row.committee.contract_id, []).append(row)
    return {id: _drawn(contracts[id], meetings, today) for id, meetings in found.items()}


def _drawn(contract: Contract, meetings: list[Meeting], today: date) -> Drawn:
    """Until the day of the first meeting to come: on its morrow, its minutes wait."""
    dues = (
        KeptDue(contract=contract, about=row.pk, kind=kind, day=day, detail=detail)
        for row in meetings
        for kind, day, detail in _of_meeting(row, today)
    )
    ahead = [row.day for row in meetings if row.status == "called" and row.day >= today]
    return Drawn(tuple(dues), min(ahead, default=None))


def _of_meeting(row: Any, today: date) -> Iterator[tuple[str, date, str]]:
    """Kind, day, and what the sentence needs besides the meeting."""
    due = row.day + timedelta(days=MINUTES_DAYS)
    if row.status == "called" and row.day >= today:
        yield "meeting", row.day, ""
        if row.convened_on is None:
            yield "convene", row.day - timedelta(days=NOTICE_DAYS), ""
    elif row.status == "called":
        yield "minutes", row.day, "attendance"
    else:
        yield "minutes", due, ""
        if row.undecided:
            yield "decision", due, str(row.undecided)


def told_meetings(viewer: Viewer) -> Q:
    """Whoever holds the meetings is told what is to be done; who sits there, when it is."""
    held = Q(contract__in=reached(viewer, "meeting.edit").values("pk"))
    return held | Q(kind="meeting", contract__in=_seated(viewer).values("pk"))


def reach_of_meetings(viewer: Viewer) -> QuerySet[Contract]:
    held = Q(pk__in=reached(viewer, "meeting.edit").values("pk"))
    return Contract.objects.filter(held | Q(pk__in=_seated(viewer).values("pk")))


def _seated(viewer: Viewer) -> QuerySet[Contract]:
    allowed = Q(pk=None)
    for capacity in viewer.capacities:
        if capacity.role in SEATED:
            allowed |= Q(pk__in=reached_by(capacity, "contract.read").values("pk"))
    return Contract.objects.filter(allowed)


def say_meetings(rows: Sequence[KeptDue], today: date) -> Mapping[int, Due]:
    """One question to the base."""
    ids = {row.about for row in rows}
    meetings = Meeting.objects.select_related("committee__contract").in_bulk(list(ids))
    return {row.pk: _said(row, meetings[row.about or 0], today) for row in rows}


def _said(row: KeptDue, meeting: Meeting, today: date) -> Due:
    text, remedy = _words(row, meeting)
    return Due(
        kind=row.kind,
        day=row.day,
        title=title_of(meeting),
        text=text,
        remedy=remedy,
        contract=row.contract,
        key=f"{row.kind}-{row.contract.uuid}-{meeting.pk}",
        about=meeting.pk,
        urgent=row.kind in HELD and row.day is not None and row.day < today,
    )


def _words(row: KeptDue, meeting: Meeting) -> tuple[str, str]:
    """What waits, what to do."""
    if row.kind == "meeting":
        place = f", {meeting.place}" if meeting.place else ""
        return f"{moment(meeting.starts_at)}{place}.", "Lisez l’ordre du jour."
    if row.kind == "convene":
        return (
            f"Réunion le {moment(meeting.starts_at)} : sa convocation n’est pas partie.",
            "Envoyez la convocation et l’ordre du jour, puis dites-la envoyée.",
        )
    if row.kind == "decision":
        count = int(row.detail)
        waits = counted(count, "point attend sa décision", "points attendent leur décision")
        return f"{waits}.", "Consignez-la, ou dites la suite donnée, avant le compte rendu."
    if row.detail == "attendance":
        return "La date est passée.", "Consignez les présences, ou annulez la réunion."
    return "Le compte rendu manque.", "Consignez-le : ses décisions s’y réfèrent."


def meetings_told(dues: QuerySet[KeptDue]) -> QuerySet[Meeting]:
    """Those to come, for calendars that tell their hour: ``dues`` are those of somebody."""
    ids = dues.filter(kind="meeting").values("about")
    return Meeting.objects.filter(pk__in=ids).select_related("committee__contract")


SOURCE = Source(
    kinds=frozenset({"meeting", *HELD}),
    written_in=("maillage.governance", ("waiting.py", "findings.py", "data/agenda.yaml")),
    draw=draw_meetings,
    told=told_meetings,
    reach=reach_of_meetings,
    say=say_meetings,
)
