"""The portfolio as one reads it: each operation with its plan and findings, filtered and sorted.

A constant number of questions to the base, whatever the number of operations.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch

from maillage.accounts.perms import Subject, can
from maillage.accounts.viewers import Viewer
from maillage.contracts.models import Contract
from maillage.operations.access import of_contract
from maillage.operations.models import FundingLine, Operation
from maillage.operations.money import ZERO, total
from maillage.operations.money_rules import Finding
from maillage.operations.money_rules.checks import findings
from maillage.operations.plan import Plan, Rate, brought
from maillage.operations.planned import dossier_of, plan_of
from maillage.operations.readiness import Condition, missing
from maillage.operations.same_files import elsewhere
from maillage.operations.visibility import sees_whole_plan, visible_across

GROUPS: Mapping[str, str] = {
    "ongoing": "En cours",
    "blocked": "Bloquées ou en pause",
    "done": "Réalisées",
    "dropped": "Abandonnées",
}


@dataclass(frozen=True)
class Reviewed:
    """One operation in the revue de projets. Amounts are euros, None where not shown or unknown.

    ``lines`` are the rows the viewer sees; ``plan`` counts them without simulations. ``lost``:
    what a fiche action must have and no longer has, as far as these lines tell.
    """

    operation: Operation
    owners: tuple[str, ...]
    lines: tuple[FundingLine, ...]
    plan: Plan
    findings: tuple[Finding, ...]
    whole: bool
    lost: tuple[Condition, ...] = ()

    @property
    def group(self) -> str:
        if self.operation.status == "dropped":
            return "dropped"
        if self.operation.status in {"blocked", "paused"}:
            return "blocked"
        return "done" if self.plan.finished else "ongoing"

    @property
    def cost(self) -> Decimal | None:
        known = [cost for cost in self.plan.costs.values() if cost is not None]
        return total(known) if known else None

    @property
    def found(self) -> Decimal | None:
        """What the lines bring; not said when some are not shown, nor added before and after
        tax."""
        return brought(self.plan.lines) if self.adds else None

    @property
    def granted(self) -> Decimal | None:
        lines = self.plan.lines
        return brought(line for line in lines if line.granted) if self.adds else None

    @property
    def paid(self) -> Decimal | None:
        return total(line.paid for line in self.plan.lines) if self.adds else None

    @property
    def adds(self) -> bool:
        """Whether a sum of its lines means something: all are shown, in one tax basis."""
        return self.whole and not self.plan.mixed()

    @property
    def gap(self) -> Decimal | None:
        """What is still to be found; negative when too much is."""
        return None if self.cost is None or self.found is None else self.cost - self.found

    @property
    def rates(self) -> Mapping[int, Rate]:
        """By id of the line; none for a simulation, which no plan counts."""
        return {line.id: self.plan.rate(line) for line in self.plan.lines}

    @property
    def standing(self) -> tuple[Finding, ...]:
        return tuple(item for item in self.findings if item.stands)


def review(
    viewer: Viewer, contract: Contract, today: date, subject: Subject | None = None
) -> tuple[Reviewed, ...]:
    """Every operation of the contract, in the order of their numbers."""
    return review_across(viewer, {contract.pk: subject or of_contract(contract)}, today)


def review_across(
    viewer: Viewer, subjects: Mapping[int, Subject], today: date
) -> tuple[Reviewed, ...]:
    """The operations of several contracts; those the viewer may not read are left out."""
    subjects = {id: item for id, item in subjects.items() if can(viewer, "operation.read", item)}
    lines = visible_across(viewer, subjects).select_related("funder")
    rows = list(
        Operation.objects.filter(contract_id__in=subjects)
        .select_related("orientation", "contract")
        .prefetch_related(
            "pilots__organisation",
            "derogations",
            "indicators",
            Prefetch("lines", lines.prefetch_related("payments", "years"), to_attr="shown"),
        )
    )
    files = file_numbers(rows)
    twins = elsewhere(viewer, _lines_of(rows))
    whole = {id for id, item in subjects.items() if sees_whole_plan(viewer, item)}
    return tuple(
        _reviewed(row, files, twins.get(row.contract_id, {}), today, row.contract_id in whole)
        for row in rows
    )


def review_one(viewer: Viewer, operation: Operation, subject: Subject, today: date) -> Reviewed:
    """The same for one, its related rows being read or asked for."""
    lines = visible_across(viewer, {operation.contract_id: subject}).select_related(
        "funder", "call"
    )
    same = lines.filter(operation__contract_id=operation.contract_id, kind="programme")
    numbers = same.exclude(file_number="").exclude(operation=operation)
    files: dict[str, dict[int, str]] = defaultdict(dict)
    for number, id, title in numbers.values_list("file_number", "operation", "operation__title"):
        files[number][id] = title
    operation.shown = list(lines.filter(operation=operation).prefetch_related("payments", "years"))
    twins = elsewhere(viewer, _lines_of([operation])).get(operation.contract_id, {})
    return _reviewed(operation, files, twins, today, sees_whole_plan(viewer, subject))


def _lines_of(operations: Iterable[Operation]) -> Iterator[FundingLine]:
    """Those shown of each, which know it."""
    for operation in operations:
        for line in operation.shown:
            line.operation = operation
            yield line


def file_numbers(operations: Iterable[Operation]) -> Mapping[str, Mapping[int, str]]:
    """File number -> operations that carry it: id -> title."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for operation in operations:
        for line in operation.shown:
            if line.file_number and line.kind != "simulation":
                found[line.file_number][operation.pk] = operation.title
    return found


def _reviewed(
    operation: Operation,
    files: Mapping[str, Mapping[int, str]],
    twins: Mapping[str, str],
    today: date,
    whole: bool,
) -> Reviewed:
    shown = tuple(operation.shown)
    counted = [line for line in shown if line.kind != "simulation"]
    plan, found = judged(operation, counted, files, today, twins)
    found = found if whole else ()
    return Reviewed(
        operation=operation,
        owners=tuple(owner.name for owner in plan.owners),
        lines=shown,
        plan=plan,
        findings=found,
        whole=whole,
        lost=_lost(operation, plan, found, today) if whole else (),
    )


def judged(
    operation: Operation,
    lines: Iterable[FundingLine],
    files: Mapping[str, Mapping[int, str]],
    today: date,
    twins: Mapping[str, str] | None = None,
) -> tuple[Plan, tuple[Finding, ...]]:
    """Its plan with these lines, and what the rules find in it: nothing once it is dropped.
    ``files`` are those of ``file_numbers``, ``twins`` those of other contracts (``elsewhere``)."""
    lines = list(lines)
    others = {
        line.file_number: title
        for line in lines
        for id, title in files.get(line.file_number, {}).items()
        if id != operation.pk
    }
    plan = plan_of(operation, lines, today, others, twins)
    return plan, findings(plan, today) if operation.status != "dropped" else ()


def _lost(
    operation: Operation, plan: Plan, found: tuple[Finding, ...], today: date
) -> tuple[Condition, ...]:
    """Nothing of a fiche projet, which is still worked on, nor of what is over."""
    if operation.stage != "action" or plan.finished or operation.status == "dropped":
        return ()
    return missing(dossier_of(operation, found, len(plan.lines)), today)


@dataclass(frozen=True)
class Summary:
    """How many operations of each group, and their money in euros.

    ``mixed``: operations whose lines are in two tax bases, whose funding is in no sum;
    ``after_tax``: those whose amounts are all taxes included, added to the others as they are.
    ``outside``: operations out of the contract, told apart with their cost and what they found; in
    no other figure, unless there is nothing else (not ``inside``).
    """

    counts: Mapping[str, int]
    cost: Decimal
    found: Decimal | None
    granted: Decimal | None
    paid: Decimal | None
    alerts: int
    uncosted: int
    mixed: int = 0
    after_tax: int = 0
    outside: int = 0
    outside_cost: Decimal = ZERO
    outside_found: Decimal | None = None
    inside: bool = True


def summary(rows: Iterable[Reviewed]) -> Summary:
    """Dropped operations are counted; their money is not. Those out of the contract are apart."""
    every = list(rows)
    inside = [row for row in every if not row.operation.outside]
    rows = inside or every
    apart = [row for row in every if row.operation.outside]
    alive = [row for row in rows if row.group != "dropped"]
    whole = all(row.whole for row in rows)
    out = [row for row in apart if row.group != "dropped"]
    return Summary(
        counts={group: sum(row.group == group for row in rows) for group in GROUPS},
        cost=total(row.cost for row in alive),
        found=total(row.found for row in alive) if whole else None,
        granted=total(row.granted for row in alive) if whole else None,
        paid=total(row.paid for row in alive) if whole else None,
        alerts=sum(bool(row.standing) for row in alive),
        uncosted=sum(row.cost is None for row in alive),
        mixed=sum(bool(row.plan.mixed()) for row in alive) if whole else 0,
        after_tax=sum(row.plan.tax == "ttc" for row in alive),
        outside=len(apart),
        outside_cost=total(row.cost for row in out),
        outside_found=total(row.found for row in out) if all(row.whole for row in out) else None,
        inside=bool(inside) or not apart,
    )
