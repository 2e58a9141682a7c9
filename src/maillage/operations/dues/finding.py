"""What waits in the contracts of a list, drawn from their rows by the rules; nothing is written.

A constant number of questions to the base, whatever the number of contracts.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Prefetch

from maillage.contracts.models import Contract
from maillage.contracts.models.contracts import RUNNING
from maillage.operations.dues.kinds import ANSWERED_DAYS
from maillage.operations.dues.sources import Drawn, drawn_elsewhere
from maillage.operations.models import FundingLine, KeptDue, Operation, Proposal
from maillage.operations.money_rules import Finding, money_rules
from maillage.operations.money_rules.calendar import deadline
from maillage.operations.plan import Plan, PlanLine
from maillage.operations.planned import dossier_of
from maillage.operations.portfolio import file_numbers, judged
from maillage.operations.readiness import missing


def draw(contracts: Iterable[Contract], today: date) -> Mapping[int, Drawn]:
    """By id of the contract."""
    known = {contract.pk: contract for contract in contracts}
    operations: dict[int, list[Operation]] = defaultdict(list)
    for row in _operations(known):
        operations[row.contract_id].append(row)
    proposals: dict[int, list[Proposal]] = defaultdict(list)
    for item in Proposal.objects.filter(contract_id__in=known, state="received"):
        proposals[item.contract_id].append(item)
    others = drawn_elsewhere(known, today)
    return {
        id: _joined([_contract(contract, operations[id], proposals[id], today), *others[id]])
        for id, contract in known.items()
    }


def _joined(parts: list[Drawn]) -> Drawn:
    """All of them, until the first day on which one changes."""
    ends = [part.until for part in parts if part.until]
    return Drawn(tuple(due for part in parts for due in part.dues), min(ends, default=None))


def _operations(contracts: Iterable[int]) -> Iterable[Operation]:
    lines = FundingLine.objects.exclude(kind="simulation").select_related("funder", "call")
    return (
        Operation.objects.filter(contract_id__in=contracts)
        .select_related("contract")
        .prefetch_related(
            "pilots__organisation",
            "derogations",
            "indicators",
            Prefetch("lines", lines.prefetch_related("payments"), to_attr="worked"),
        )
    )


def _contract(
    contract: Contract, operations: list[Operation], proposals: list[Proposal], today: date
) -> Drawn:
    """Twice when there are drafts: with and without them; what is alike is kept once."""
    with_drafts, changes = _side(operations, today, drafts=True)
    without = with_drafts
    if any(line.kind == "draft" for row in operations for line in row.worked):
        without, more = _side(operations, today, drafts=False)
        changes |= more
    changes |= _changes_of_rules()
    dues = [
        *_both(contract, with_drafts, without),
        *(KeptDue(contract=contract, kind="proposal", proposal=item) for item in proposals),
    ]
    if contract.status in RUNNING and contract.ends_on is not None:
        dues.append(KeptDue(contract=contract, kind="term", day=contract.ends_on))
    ahead = [day for day in changes if day > today]
    return Drawn(tuple(dues), min(ahead) - timedelta(days=1) if ahead else None)


@dataclass(frozen=True)
class _Due:
    """What tells one due of a contract from another."""

    kind: str
    operation_id: int
    line_id: int | None = None
    day: date | None = None
    amount: Decimal | None = None
    detail: str = ""


def _both(contract: Contract, with_drafts: set[_Due], without: set[_Due]) -> Iterator[KeptDue]:
    for due in with_drafts | without:
        yield KeptDue(
            contract=contract,
            **vars(due),
            with_drafts=due in with_drafts,
            without_drafts=due in without,
        )


def _side(operations: list[Operation], today: date, *, drafts: bool) -> tuple[set[_Due], set[date]]:
    """The dues, and the days on which they change."""
    for row in operations:
        row.shown = [line for line in row.worked if drafts or line.kind != "draft"]
    files = file_numbers(operations)
    found: set[_Due] = set()
    changes: set[date] = set()
    for row in operations:
        plan, findings = judged(row, row.shown, files, today)
        changes |= _changes(row, plan)
        found |= set(_operation(row, plan, findings, today))
    return found, changes


def _changes(operation: Operation, plan: Plan) -> set[date]:
    """When the work starts, another delay runs; on the morrow of a deadline, it is an error."""
    days = {operation.starts_on} if operation.starts_on else set()
    days |= {day + timedelta(days=1) for _, _, day in _deadlines(plan)}
    return days | {day + timedelta(days=ANSWERED_DAYS + 1) for _, day in _answered(operation)}


def _changes_of_rules() -> set[date]:
    rules = money_rules().values()
    first = {rule.since for rule in rules if rule.since}
    return first | {rule.until + timedelta(days=1) for rule in rules if rule.until}


def _deadlines(plan: Plan) -> Iterator[tuple[PlanLine, str, date]]:
    for line in plan.of("investment"):
        due = deadline(plan, line)
        if due is not None:
            yield line, *due


def _operation(
    row: Operation, plan: Plan, found: tuple[Finding, ...], today: date
) -> Iterator[_Due]:
    """Nothing of what is done or dropped, save the answers of funders; a fiche projet is told
    when its start comes near."""
    for line_id, day in _answered(row):
        if (today - day).days <= ANSWERED_DAYS:
            yield _Due("answered", row.pk, line_id)
    if plan.finished or row.status == "dropped":
        return
    yield from _grants(row, plan)
    yield from _calls(row)
    if row.next_step_on is not None:
        yield _Due("step", row.pk, day=row.next_step_on)
    lacking = missing(dossier_of(row, found, len(plan.lines)), today)
    codes = ",".join(item.code for item in lacking)
    if lacking and row.stage == "action":
        yield _Due("lost", row.pk, detail=codes)
    elif lacking and row.phase != "operation" and row.starts_on is not None:
        yield _Due("missing", row.pk, day=row.starts_on, detail=codes)


def _answered(row: Operation) -> Iterator[tuple[int, date]]:
    """Lines that their funder answered in place, and when."""
    for line in row.shown:
        if line.answered_at is not None:
            yield line.pk, line.answered_at.date()


def _calls(row: Operation) -> Iterator[_Due]:
    """The close of each call for projects that a draft aims at: once sent, nothing waits."""
    for line in row.shown:
        if line.kind == "draft" and line.call is not None and line.call.closes_on is not None:
            yield _Due("call", row.pk, line.pk, day=line.call.closes_on)


def _grants(row: Operation, plan: Plan) -> Iterator[_Due]:
    """The last day of each grant that may lapse, unless the rule was set aside."""
    if any(item.rule == "lapse" for item in plan.derogations):
        return
    for line, delay, day in _deadlines(plan):
        assert line.granted is not None  # else no delay runs
        left = line.granted.euros - line.paid
        yield _Due("lapse", row.pk, line.id, day, left, delay)
