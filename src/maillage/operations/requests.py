"""What a funder is asked for: where, by whom, how much, and what it answered."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from maillage.accounts.viewers import Viewer
from maillage.contracts.models import Contract
from maillage.contracts.reading import by_name
from maillage.operations.funding_sources import funding_sources
from maillage.operations.models import FundingLine, Operation
from maillage.operations.money import ZERO, total
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
class AskedIn:
    """What is asked of somebody in one contract: lines and euros that wait, lines answered, euros
    granted."""

    contract_id: int
    waiting_count: int
    waiting: Decimal
    answered_count: int
    granted: Decimal


@dataclass(frozen=True)
class Asked:
    """Sums of what is asked of the viewer, in euros, and how many lines of how many contracts."""

    waiting: Decimal
    waiting_count: int
    granted: Decimal
    paid: Decimal
    contracts: int


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


def asked_in(viewer: Viewer, among: Q | None = None) -> tuple[AskedIn, ...]:
    """Contract by contract, in the order of their names: three questions to the base at most.
    Most people are asked nothing: the base finds it at once, and adds nothing up."""
    rows = _rows(viewer, among).order_by()
    if not rows.exists():
        return ()
    found = rows.values("operation__contract").annotate(
        waiting_count=Count("pk", filter=WAITS),
        waiting=Sum("asked", filter=WAITS),
        every=Count("pk"),
        granted=Sum(Coalesce("agreed", "notified"), filter=GRANTED & Q(refused_on=None)),
    )
    parts = (
        AskedIn(
            contract_id=row["operation__contract"],
            waiting_count=row["waiting_count"],
            waiting=row["waiting"] or ZERO,
            answered_count=row["every"] - row["waiting_count"],
            granted=row["granted"] or ZERO,
        )
        for row in found
    )
    held = {part.contract_id: part for part in parts}
    return tuple(held[id] for id in by_name(held))


def sums_asked(
    viewer: Viewer, among: Q | None = None, parts: tuple[AskedIn, ...] | None = None
) -> Asked:
    """Added by the base, however many lines there are; ``parts`` spare a question."""
    parts = asked_in(viewer, among) if parts is None else parts
    granted = _rows(viewer, among).filter(GRANTED, refused_on=None)
    return Asked(
        waiting=total(part.waiting for part in parts),
        waiting_count=sum(part.waiting_count for part in parts),
        granted=total(part.granted for part in parts),
        paid=granted.aggregate(euros=Sum("payments__amount"))["euros"] or ZERO,
        contracts=len(parts),
    )


@dataclass(frozen=True)
class AskedLines:
    """Lines to page through: those that wait, or those answered. Only the contracts of a page are
    read, their counts being known."""

    viewer: Viewer
    parts: tuple[AskedIn, ...]
    waiting: bool

    def count(self) -> int:
        return sum(map(self._size, self.parts))

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> tuple[Request, ...]:
        start, stop = part.start or 0, self.count() if part.stop is None else part.stop
        read: list[int] = []
        before = seen = 0
        for item in self.parts:
            size = self._size(item)
            if seen + size > start and seen < stop and size:
                before = before if read else seen
                read.append(item.contract_id)
            seen += size
        rows = lines_asked(self.viewer, waiting=self.waiting, among=Q(pk__in=read))
        return as_requests(rows[start - before : stop - before])

    def _size(self, part: AskedIn) -> int:
        return part.waiting_count if self.waiting else part.answered_count


def _rows(viewer: Viewer, among: Q | None) -> QuerySet[FundingLine]:
    """Each way to be asked is a question of its own, which its own index answers."""
    every = FundingLine.objects.filter(kind="programme", asked__isnull=False).order_by()
    kept = Contract.objects.all() if among is None else Contract.objects.filter(among)
    ways = []
    asked = asked_of(viewer)
    if asked != NOTHING:
        own = every.filter(asked)
        ways.append(own if among is None else own.filter(operation__contract__in=kept.values("pk")))
    if over := _state_over(viewer):
        state = [source.id for source in funding_sources().values() if source.family == "state"]
        reach = kept.filter(over).values("pk")
        ways.append(every.filter(source__in=state, operation__contract__in=reach))
    if len(ways) < 2:
        return ways[0] if ways else every.none()
    return FundingLine.objects.filter(pk__in=ways[0].values("pk").union(ways[1].values("pk")))


def _state_over(viewer: Viewer) -> Q:
    """Contracts where the viewer answers for the State’s own sources; empty when there is none."""
    over = Q()
    for capacity in viewer.capacities:
        if capacity.role in STATE_ROLES:
            places = Contract.objects.filter(places__place__in=capacity.places)
            over |= (
                Q(pk__in=places.values("pk"))
                if capacity.contract_id is None
                else Q(pk=capacity.contract_id)
            )
    return over


#: Lines that the funder has granted, and those it has not answered, as ``Request`` tells them.
GRANTED = Q(agreed__isnull=False) | Q(notified__isnull=False)
WAITS = ~GRANTED & Q(refused_on=None, lapsed_on=None)
