"""What waits for somebody: counted by kind and delay, by contract, and told one by one.

A constant number of questions to the base; only what is shown is read and worded.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    Min,
    QuerySet,
    Sum,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber

from maillage.accounts.viewers import Viewer
from maillage.contracts.models import Contract
from maillage.contracts.reading import by_name
from maillage.operations.dues.choices import Choices
from maillage.operations.dues.due import Due
from maillage.operations.dues.kinds import (
    DELAYS,
    KINDS,
    URGENT_DAYS,
    at_risk,
    delay_of,
    urgent,
)
from maillage.operations.dues.requested import Requested, requested
from maillage.operations.dues.rights import dues_of
from maillage.operations.dues.wording import worded
from maillage.operations.models import KeptDue
from maillage.operations.money import ZERO

EVERYTHING = Choices()


@dataclass(frozen=True)
class Counted:
    """Things of one kind, or of all: how many in each of ``DELAYS``; ``amount``: euros at stake,
    None for kinds that have none."""

    kind: str
    counts: Mapping[str, int]
    amount: Decimal | None = None

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Tally:
    """A row for each kind that has something, and their sum."""

    rows: tuple[Counted, ...]

    @property
    def whole(self) -> Counted:
        counts = {delay: sum(row.counts[delay] for row in self.rows) for delay in DELAYS}
        return Counted("", counts)


@dataclass(frozen=True)
class Group:
    """What waits in one contract: how many things, of which late; the first ones in ``dues``."""

    contract_id: int
    count: int
    late: int = 0
    requests: Requested | None = None
    contract: Contract | None = None
    dues: tuple[Due, ...] = ()

    @property
    def more(self) -> bool:
        """Whether some are not in ``dues``, where requests are one."""
        asked = 1 if self.requests else 0
        own = self.count - (self.requests.count if self.requests else 0)
        return own > len(self.dues) - asked


def agenda(viewer: Viewer, today: date, choices: Choices = EVERYTHING) -> tuple[Due, ...]:
    """Everything, the soonest first, what has no day last; requests one by contract."""
    rows = choices.of(dues_of(viewer), today).order_by(F("day").asc(nulls_last=True), "kind", "pk")
    return (*worded(rows, today), *_requests(viewer, choices))


@dataclass(frozen=True)
class Dated:
    """A day and what it is the day of, in few words."""

    day: date
    kind: str
    title: str
    contract: str


def days_of(viewer: Viewer, today: date) -> tuple[Dated, ...]:
    """Everything that has a day, day by day, then by name of contract; one question, no sentence:
    what a calendar of thousands of dates needs."""
    rows = EVERYTHING.of(dues_of(viewer), today).exclude(day=None)
    title = Coalesce("operation__title", "contract__name")
    found = rows.annotate(title=title).order_by("day", "contract__filed", "contract_id", "pk")
    return tuple(Dated(*row) for row in found.values_list("day", "kind", "title", "contract__name"))


def first_dues(
    viewer: Viewer, today: date, count: int, choices: Choices = EVERYTHING
) -> tuple[Due, ...]:
    """What to look at first: money about to be lost, what is late, then the soonest."""
    rows = worded(_urgent_first(choices.of(dues_of(viewer), today), today)[:count], today)
    short = count - len(rows)
    return (*rows, *_requests(viewer, choices)[:short]) if short else rows


@dataclass(frozen=True)
class Cell:
    """Things of one kind and delay in one contract; ``first``: the soonest of their days."""

    contract_id: int
    kind: str
    delay: str
    count: int
    euros: Decimal | None
    first: date | None


@dataclass(frozen=True)
class Survey:
    """Everything that waits, counted once; ``order``: the contracts by name."""

    cells: tuple[Cell, ...]
    asked: tuple[Requested, ...]
    order: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(c.count for c in self.cells) + sum(item.count for item in self.asked)


def survey(viewer: Viewer, today: date, choices: Choices = EVERYTHING) -> Survey:
    """Four questions to the base at most."""
    rows = choices.of(dues_of(viewer), today).order_by().annotate(delay=delay_of(today))
    found = rows.values_list("contract_id", "kind", "delay").annotate(
        count=Count("pk"), euros=Sum("amount"), first=Min("day")
    )
    cells, asked = tuple(Cell(*row) for row in found), requested(viewer, choices)
    named = {cell.contract_id for cell in cells} | {item.contract_id for item in asked}
    return Survey(cells, asked, by_name(named))


def tally(found: Survey) -> Tally:
    counts = {kind: dict.fromkeys(DELAYS, 0) for kind in KINDS}
    sums: dict[str, Decimal] = {}
    for cell in found.cells:
        counts[cell.kind][cell.delay] += cell.count
        if cell.euros is not None:
            sums[cell.kind] = sums.get(cell.kind, ZERO) + cell.euros
    for asked in found.asked:
        counts["request"]["sans-date"] += asked.count
        sums["request"] = sums.get("request", ZERO) + asked.euros
    told = (Counted(kind, counts[kind], sums.get(kind)) for kind in KINDS)
    return Tally(tuple(row for row in told if row.total))


def groups(found: Survey, today: date) -> list[Group]:
    """Contract by contract, not filled: first those where a grant is about to be lost, then those
    whose first day is the soonest, then those where nothing has a day; then by name."""
    asked = {item.contract_id: item for item in found.asked}
    cells: dict[int, list[Cell]] = {id: [] for id in found.order}
    for cell in found.cells:
        cells[cell.contract_id].append(cell)
    risky = today + timedelta(days=URGENT_DAYS)

    def urgency(id: int) -> tuple[date, date]:
        days = [cell.first for cell in cells[id] if cell.first]
        grants = [cell.first for cell in cells[id] if cell.kind == "lapse" and cell.first]
        risk = min(grants, default=date.max)
        return risk if risk <= risky else date.max, min(days, default=date.max)

    return [
        Group(
            contract_id=id,
            count=sum(cell.count for cell in cells[id]) + (asked[id].count if id in asked else 0),
            late=sum(cell.count for cell in cells[id] if cell.delay == "retard"),
            requests=asked.get(id),
        )
        for id in sorted(found.order, key=urgency)
    ]


def filled(
    viewer: Viewer, today: date, choices: Choices, page: Iterable[Group], most: int
) -> tuple[Group, ...]:
    """The same with their contract and their ``most`` first dues."""
    page = list(page)
    ids = [group.contract_id for group in page]
    rows = choices.of(dues_of(viewer), today).filter(contract__in=ids)
    rank = Window(RowNumber(), partition_by="contract_id", order_by=_order(today))
    first = _urgent_first(rows.annotate(rank=rank).filter(rank__lte=most), today)
    contracts = Contract.objects.in_bulk(ids)
    by_contract: dict[int, list[Due]] = {id: [] for id in ids}
    for due in worded(first, today):
        by_contract[due.contract.pk].append(due)
    return tuple(
        replace(
            group,
            contract=contracts[group.contract_id],
            dues=(*by_contract[group.contract_id], *_asked(group, contracts)),
        )
        for group in page
    )


def of_one(viewer: Viewer, today: date, choices: Choices) -> QuerySet[KeptDue]:
    """Rows to page through and to word: the soonest first."""
    rows = choices.of(dues_of(viewer), today)
    return rows.order_by(F("day").asc(nulls_last=True), "kind", "pk")


def _asked(group: Group, contracts: Mapping[int, Contract]) -> tuple[Due, ...]:
    asked = group.requests
    return (asked.due(contracts[group.contract_id]),) if asked else ()


def _requests(viewer: Viewer, choices: Choices) -> tuple[Due, ...]:
    found = requested(viewer, choices)
    contracts = Contract.objects.in_bulk([item.contract_id for item in found]) if found else {}
    return tuple(item.due(contracts[item.contract_id]) for item in found)


def _urgent_first(rows: QuerySet[KeptDue], today: date) -> QuerySet[KeptDue]:
    return rows.order_by(*_order(today))


def _order(today: date) -> tuple[object, ...]:
    first = Case(
        When(at_risk(today), then=Value(0)), When(urgent(today), then=Value(1)),
        default=Value(2), output_field=IntegerField(),
    )  # fmt: skip
    return first, F("day").asc(nulls_last=True), "kind", "pk"
