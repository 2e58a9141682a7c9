"""Reads: the committees of a contract, their meetings, how one calls them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.timezone import localtime

from maillage.common.errors import NotFoundError
from maillage.common.french import NO_BREAK, long_date
from maillage.contracts.models import Contract, Decision
from maillage.governance.models import AgendaItem, Attendance, Committee, Meeting, Member
from maillage.governance.tables import KINDS, QUALITIES
from maillage.operations.models import Operation

#: Qualities that vote, presences that count (``data/committees.yaml``).
VOTING, THERE = ("chair", "voting"), ("present", "represented")


@dataclass(frozen=True)
class Sitting:
    """A committee with its meetings, the next one first asked, and those who preside."""

    committee: Committee
    chairs: tuple[Member, ...]
    seats: int
    coming: Meeting | None
    last: Meeting | None


def committees_of(contract: Contract) -> QuerySet[Committee]:
    """Its own and those common with others."""
    mine = Q(contract=contract) | Q(shared_with=contract)
    return Committee.objects.filter(mine).distinct().select_related("contract")


def committee_of(contract: Contract, id: int) -> Committee:
    """NotFoundError for one of another contract."""
    found = committees_of(contract).filter(pk=id).first()
    if found is None:
        raise NotFoundError("cette instance n’est pas de ce contrat.")
    return found


def meetings_of(contract: Contract) -> QuerySet[Meeting]:
    """Of every committee of the contract, the latest first."""
    return Meeting.objects.filter(committee__in=committees_of(contract)).select_related(
        "committee__contract"
    )


def meeting_of(contract: Contract, id: int) -> Meeting:
    found = meetings_of(contract).filter(pk=id).first()
    if found is None:
        raise NotFoundError("cette réunion n’est pas de ce contrat.")
    return found


def sittings(contract: Contract, now: datetime) -> tuple[Sitting, ...]:
    """In the order of kinds; a constant number of questions."""
    rows = committees_of(contract).prefetch_related(
        "meetings", Prefetch("members", _members(now.date()), to_attr="sitting")
    )
    order = list(KINDS)
    found = (_sitting(row, now) for row in rows)
    return tuple(sorted(found, key=lambda one: (order.index(one.committee.kind), one.committee.pk)))


def _sitting(committee: Any, now: datetime) -> Sitting:
    held = [m for m in committee.meetings.all() if m.status != "cancelled"]
    coming = [m for m in held if m.status == "called" and m.starts_at >= now]
    past = [m for m in held if m.status == "held"]
    return Sitting(
        committee=committee,
        chairs=tuple(m for m in committee.sitting if m.quality == "chair"),
        seats=len(committee.sitting),
        coming=coming[-1] if coming else None,
        last=past[0] if past else None,
    )


def members_at(committee: Committee, day: date) -> list[Member]:
    """Those who sit on a day: who presides first, then by quality."""
    return list(_ordered(_members(day).filter(committee=committee)))


def _members(day: date) -> QuerySet[Member]:
    rows = Member.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day)
    return rows.select_related("organisation")


def _ordered(rows: QuerySet[Member]) -> list[Member]:
    order = list(QUALITIES)
    return sorted(rows, key=lambda member: (order.index(member.quality), member.pk))


def next_copil(contract: Contract, now: datetime) -> Meeting | None:
    """The next one called, for the pack that is shown there."""
    rows = meetings_of(contract).filter(
        committee__kind="copil", status="called", starts_at__gte=now
    )
    return rows.order_by("starts_at").first()


@dataclass(frozen=True)
class Quorum:
    """Of those who vote: how many are called, how many came or are represented, how many are
    asked for."""

    called: int
    there: int
    asked: int

    @property
    def reached(self) -> bool:
        return self.there >= self.asked


def quorum_of(meeting: Meeting, attendances: Iterable[Attendance]) -> Quorum | None:
    """None when the committee asks for none."""
    asked = meeting.committee.quorum
    voting = [row for row in attendances if row.quality in VOTING]
    there = [row for row in voting if row.presence in THERE]
    return None if asked is None else Quorum(len(voting), len(there), asked)


def gives_opinion(item: AgendaItem) -> bool:
    """A cotech, on an operation."""
    return item.meeting.committee.kind == "cotech" and item.operation_id is not None


def opinion_given(operation: Operation) -> Meeting | None:
    """The meeting that gave the opinion its fiche has."""
    given = AgendaItem.objects.filter(operation=operation, opinion=operation.cotech_opinion)
    rows = given.exclude(opinion="").select_related("meeting__committee").order_by("-pk")
    named = (item.meeting for item in rows)
    return next((one for one in named if reference_of(one) == operation.cotech_reference), None)


def attachable(meeting: Meeting, contracts: list[Contract]) -> list[Decision]:
    """Decisions of the same body and day, recorded elsewhere, that no meeting has."""
    taken = AgendaItem.objects.filter(decision__isnull=False).values("decision_id")
    instance = KINDS[meeting.committee.kind].instance
    rows = Decision.objects.filter(
        contract__in=contracts, instance=instance, decided_on=meeting.day, rectifies=None
    )
    return list(rows.exclude(pk__in=taken))


def moment(at: datetime) -> str:
    """« 12 mars 2026 à 9 h 30 », in the time of Paris."""
    here = localtime(at)
    return f"{long_date(here.date())} à {here.hour}{NO_BREAK}h{NO_BREAK}{here.minute:02d}"


def title_of(meeting: Meeting) -> str:
    """« Comité de pilotage du 12 mars 2026 »."""
    return f"{meeting.committee.name} du {long_date(meeting.day)}"


def reference_of(meeting: Meeting) -> str:
    """That of its minutes; what they will be called, until they are there."""
    article = KINDS[meeting.committee.kind].article
    day = long_date(meeting.day)
    return meeting.reference or f"Compte rendu {article} n° {meeting.number} du {day}"
