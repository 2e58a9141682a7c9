"""The calls for projects that an operation may aim at: from rows to values, and back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from maillage.contracts.models import Contract
from maillage.operations.models import ProjectCall
from maillage.operations.portfolio import Reviewed
from maillage.operations.project_calls.matching import Candidate, Match, Wanted, matches


@dataclass(frozen=True)
class Proposed:
    """A call, and why it suits."""

    call: ProjectCall
    match: Match


def calls_of(contract: Contract) -> QuerySet[ProjectCall]:
    """Its own and the national ones, the soonest to close first."""
    return ProjectCall.objects.filter(Q(contract=contract) | Q(contract=None))


def proposed_calls(row: Reviewed, today: date) -> tuple[Proposed, ...]:
    """Those that suit an operation and that none of its lines aims at; one question to the base."""
    aimed = {line.call_id for line in row.lines}
    calls = calls_of(row.operation.contract).filter(Q(closes_on=None) | Q(closes_on__gte=today))
    known = {call.pk: call for call in calls if call.pk not in aimed}
    found = matches(_wanted(known.values()), _candidate(row), today)
    return tuple(Proposed(known[match.call_id], match) for match in found)


def _wanted(calls: Iterable[ProjectCall]) -> tuple[Wanted, ...]:
    return tuple(
        Wanted(
            id=call.pk,
            opens_on=call.opens_on,
            closes_on=call.closes_on,
            owners=frozenset(call.owners),
            themes=frozenset(call.themes),
            minimum=call.minimum,
            maximum=call.maximum,
            rate=call.rate,
        )
        for call in calls
    )


def _candidate(row: Reviewed) -> Candidate:
    return Candidate(
        owners=frozenset(owner.nature for owner in row.plan.owners),
        themes=frozenset(issue for _, issue in row.operation.cells),
        begun=row.plan.started,
        over=row.plan.finished or row.operation.status == "dropped",
        cost=row.cost,
        gap=row.gap,
    )
