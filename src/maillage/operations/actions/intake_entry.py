"""Entering the rows of a spreadsheet: operations opened or updated, with their money."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from maillage.accounts.conflicts import ConflictError
from maillage.accounts.models import Organisation
from maillage.accounts.viewers import Viewer
from maillage.contracts.actions.strategy import add_node
from maillage.contracts.models import Contract, StrategyNode
from maillage.operations.actions.attached import link_indicator, unlink_indicator
from maillage.operations.actions.intake_funding import Entering, fund
from maillage.operations.actions.intakes import say_intake
from maillage.operations.actions.operations import edit_operation, open_operation
from maillage.operations.actions.own_rows import enter_indicators, enter_lines, pass_gate
from maillage.operations.intake.values import plain
from maillage.operations.intake_changes import changed_indicators, differs
from maillage.operations.intake_rows import IntakeRead, RowRead
from maillage.operations.intakes import bare, organisations_of, read_intake
from maillage.operations.models import Intake, IntakeRow, Operation
from maillage.operations.own_rows import held_by


@transaction.atomic
def enter_rows(*, intake: Intake, seen: str, by: Viewer, at: datetime) -> tuple[int, int]:
    """Every row without a doubt becomes an operation or updates the one it tells: created, updated.

    All or none: a fault found while writing leaves the portfolio as it was. ConflictError when
    what would enter is no longer what was read (``seen``: its mark).
    """
    known = organisations_of(intake)
    read = read_intake(intake)
    if read.mark != seen:
        raise ConflictError(intake, {})
    written: dict[str, tuple[Operation, bool, bool]] = {}
    for row in read.of("ready"):
        owners = [known[plain(name)] for name in row.target.owners]
        orientation = _strategy(intake.contract, row.target.strategy, by, at)
        given = dict(row.target.fields)
        if orientation is not None:
            given["orientation_id"] = orientation.pk
        if row.operation is None:
            operation = open_operation(
                contract=intake.contract,
                title=given.pop("title"),
                by=by,
                at=at,
                owners=owners,
                fields=given,
            )
            differed = False
        else:
            operation = row.operation
            if given.get("status") == "dropped":
                given.setdefault("dropped_reason", f"Abandonnée dans « {intake.name} »")
            differed = _update(operation, row, given, owners, by, at)
        fund(Entering(operation, row.target, tuple(owners), intake.paid_on, by, at))
        _judge(operation, row, by, at)
        IntakeRow.objects.update_or_create(
            intake=intake,
            sheet=row.draft.sheet,
            row=row.draft.row,
            defaults={"operation": operation},
        )
        written[row.draft.key] = (operation, row.operation is None, differed)
    created, updated = _further(read, intake.contract, written, by, at)
    say_intake(intake, "rows_entered", by, at, {"created": created, "updated": updated})
    return created, updated


def _further(
    read: IntakeRead,
    contract: Contract,
    written: Mapping[str, tuple[Operation, bool, bool]],
    by: Viewer,
    at: datetime,
) -> tuple[int, int]:
    """Lines of money, indicators and the gate, once the operations are there: how many operations
    were created, how many others changed."""
    there = dict(held_by(contract).operations)
    there |= {key: operation for key, (operation, _, _) in written.items()}
    touched = enter_lines(read.lines, there, by, at)
    touched |= enter_indicators(read.indicators, there, by, at)
    for row in read.of("ready"):
        operation = written[row.draft.key][0]
        if row.target.stage == "action" and operation.stage == "project":
            pass_gate(operation, row.target.ready_on, by, at)
    new = {operation.pk for operation, is_new, _ in written.values() if is_new}
    touched |= {operation.pk for operation, _, differed in written.values() if differed}
    return len(new), len(touched - new)


def _update(
    operation: Operation,
    row: RowRead,
    given: Mapping[str, object],
    owners: list[Organisation],
    by: Viewer,
    at: datetime,
) -> bool:
    """Whether something differed."""
    differ = {
        name: value for name, value in given.items() if differs(getattr(operation, name), value)
    }
    kept = [pilot.organisation_id for pilot in operation.pilots.all()]
    moved = bool(owners) and kept != [owner.pk for owner in owners]
    if differ or moved:
        edit_operation(
            operation=operation,
            revision=operation.revision,
            fields=differ,
            by=by,
            at=at,
            owners=owners if moved else None,
        )
    return bool(differ or moved or row.changes)


def _judge(operation: Operation, row: RowRead, by: Viewer, at: datetime) -> None:
    """Those added, and those that the row says otherwise, each in place of what it was."""
    for said, link in list(changed_indicators(operation, row.target)):
        given = {"name": said.name, "question": said.question}
        given |= {"target": said.target, "unit": said.unit}
        kept = {} if link is None else {"indicator": link.indicator, "due_on": link.due_on}
        if link is not None:
            unlink_indicator(link=link, by=by, at=at)
        link_indicator(operation=operation, by=by, at=at, **given, **kept)


def _strategy(
    contract: Contract, titles: tuple[str, ...], by: Viewer, at: datetime
) -> StrategyNode | None:
    """The deepest node that the row names; those that are not there yet are added."""
    parent: StrategyNode | None = None
    for text in titles:
        sisters = StrategyNode.objects.filter(contract=contract, parent=parent)
        found = next((node for node in sisters if _is_named(node, text)), None)
        parent = found or add_node(
            contract=contract, parent=parent, title=bare(text)[:300], by=by, at=at
        )
    return parent


def _is_named(node: StrategyNode, text: str) -> bool:
    return plain(text) in (plain(f"{node.number} {node.title}"), plain(node.title)) or plain(
        bare(text)
    ) == plain(node.title)
