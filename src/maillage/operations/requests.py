"""What a funder is asked for: where, by whom, how much, and what it answered."""

from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from maillage.accounts.viewers import Viewer
from maillage.contracts.models import Contract
from maillage.operations.funding_sources import funding_sources
from maillage.operations.models import FundingLine, Operation
from maillage.operations.money import ZERO, money
from maillage.operations.plan import PlanLine
from maillage.operations.planned import plan_line
from maillage.operations.visibility import NOTHING, asked_of

#: Roles that answer for the State’s own sources over their places.
STATE_ROLES = frozenset({"sous_prefecture", "prefecture", "sgar"})


@dataclass(frozen=True)
class Request:
    """One line asked of the viewer."""

    row: FundingLine
    line: PlanLine
    operation: Operation

    @property
    def owners(self) -> str:
        return ", ".join(item.organisation.name for item in self.operation.pilots.all())

    @property
    def asked_text(self) -> str:
        return money(self.line.asked.euros if self.line.asked else None)

    @property
    def waiting(self) -> bool:
        return not (self.line.granted or self.line.refused or self.line.lapsed)

    @property
    def state(self) -> str:
        """In French, for the page."""
        if self.line.refused:
            return "Refusée"
        if self.line.lapsed:
            return "Caduque"
        if self.line.agreed:
            return "Conventionnée"
        return "Notifiée" if self.line.notified else "En attente"


@dataclass(frozen=True)
class Asked:
    """Sums of what is asked of the viewer, in euros, and how many lines of how many contracts."""

    waiting: Decimal
    waiting_count: int
    granted: Decimal
    paid: Decimal
    contracts: int


def requests_to(viewer: Viewer) -> tuple[Request, ...]:
    """Programmed lines with an amount, asked of the organisations the viewer acts for, or of the
    State in its places; a constant number of questions to the base."""
    return as_requests(lines_asked(viewer))


def lines_asked(
    viewer: Viewer, *, waiting: bool | None = None, among: Q | None = None
) -> QuerySet[FundingLine]:
    """Their rows, contract by contract; those that wait for an answer, or have one, when told;
    ``among``: those of contracts that answer it."""
    rows = _rows(viewer, among)
    if waiting is not None:
        rows = rows.filter(WAITS) if waiting else rows.exclude(WAITS)
    return rows.order_by("operation__contract__filed", "operation__number", "id")


def as_requests(rows: QuerySet[FundingLine]) -> tuple[Request, ...]:
    """Rows of ``lines_asked``, a page of them for instance, as what is read."""
    read = rows.select_related("funder", "operation__contract").prefetch_related(
        "payments", "operation__pilots__organisation"
    )
    return tuple(Request(row, plan_line(row), row.operation) for row in read)


def _rows(viewer: Viewer, among: Q | None) -> QuerySet[FundingLine]:
    rows = FundingLine.objects.filter(_asked(viewer), asked__isnull=False)
    if among is None:
        return rows
    return rows.filter(operation__contract__in=Contract.objects.filter(among).values("pk"))


def sums_asked(viewer: Viewer, among: Q | None = None) -> Asked:
    """Added by the base, however many lines there are."""
    rows = _rows(viewer, among)
    granted = rows.filter(GRANTED, refused_on=None)
    waiting = rows.filter(WAITS).aggregate(euros=Sum("asked"), count=Count("pk"))
    return Asked(
        waiting=waiting["euros"] or ZERO,
        waiting_count=waiting["count"],
        granted=granted.aggregate(euros=Sum(Coalesce("agreed", "notified")))["euros"] or ZERO,
        paid=granted.aggregate(euros=Sum("payments__amount"))["euros"] or ZERO,
        contracts=rows.aggregate(count=Count("operation__contract", distinct=True))["count"],
    )


#: Lines that the funder has granted, and those it has not answered, as ``Request`` tells them.
GRANTED = Q(agreed__isnull=False) | Q(notified__isnull=False)
WAITS = ~GRANTED & Q(refused_on=None, lapsed_on=None)


def _asked(viewer: Viewer) -> Q:
    state = [source.id for source in funding_sources().values() if source.family == "state"]
    by_state = [
        Q(operation__contract_id=c.contract_id)
        if c.contract_id is not None
        else Q(operation__contract__in=Contract.objects.filter(places__place__in=c.places))
        for c in viewer.capacities
        if c.role in STATE_ROLES
    ]
    over = reduce(or_, by_state, NOTHING)
    return asked_of(viewer) | (Q(kind="programme", source__in=state) & over)
