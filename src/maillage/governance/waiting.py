"""Meetings that wait for somebody: those to come, those held whose minutes are not recorded."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from maillage.accounts.viewers import Viewer
from maillage.contracts.models import Contract
from maillage.contracts.reading import reached, reached_by
from maillage.governance.models import Meeting
from maillage.governance.reading import moment, title_of

#: Days ahead that meetings are told.
AHEAD = 60
#: Who is told a meeting of the contracts of their places: they sit in it.
SEATED = frozenset({"local_agent", "elected"})


@dataclass(frozen=True)
class Waiting:
    """A meeting and what it asks: to be there, or to be finished."""

    meeting: Meeting
    title: str
    text: str
    remedy: str
    late: bool


def meetings_waiting(viewer: Viewer, now: datetime) -> tuple[Waiting, ...]:
    """Late ones first, then the soonest; one question to the base. Whoever holds the meetings is
    told those to finish too."""
    held = Q(committee__contract__in=reached(viewer, "meeting.edit").values("pk"))
    unfinished = Q(status="held", reference="") | Q(status="called", starts_at__lt=now)
    soon = Q(status="called", starts_at__range=(now, now + timedelta(days=AHEAD)))
    told = (held & (unfinished | soon)) | (Q(committee__contract__in=_seated(viewer)) & soon)
    rows = Meeting.objects.filter(told).select_related("committee__contract")
    return tuple(_waiting(row, now) for row in rows.distinct().order_by("starts_at", "pk"))


def _seated(viewer: Viewer) -> QuerySet[Contract]:
    allowed = Q(pk=None)
    for capacity in viewer.capacities:
        if capacity.role in SEATED:
            allowed |= Q(pk__in=reached_by(capacity, "contract.read").values("pk"))
    return Contract.objects.filter(allowed).values("pk")


def _waiting(row: Meeting, now: datetime) -> Waiting:
    title = title_of(row)
    if row.status == "held":
        return Waiting(row, title, "Le compte rendu manque.", "Consignez-le.", True)
    if row.starts_at < now:
        remedy = "Consignez les présences, ou annulez la réunion."
        return Waiting(row, title, "La date est passée.", remedy, True)
    place = f", {row.place}" if row.place else ""
    return Waiting(row, title, f"{moment(row.starts_at)}{place}.", "Lisez l’ordre du jour.", False)
