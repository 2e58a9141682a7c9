"""Reads of a spreadsheet being brought in: its rows to enter or to correct."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from maillage.accounts.models import Organisation
from maillage.contracts.models import Contract
from maillage.operations.intake.drafts import Doubt, Draft, Skipped, read_drafts, same_key
from maillage.operations.intake.grids import Grid
from maillage.operations.intake.own_sheets import is_own_sheet
from maillage.operations.intake.stages import FUNDING, parted
from maillage.operations.intake.targets import Target, target_of
from maillage.operations.intake.values import plain, shown
from maillage.operations.intake_columns import column_label, grids_of, tables_of
from maillage.operations.intake_rows import CellAsked, IntakeRead, RowRead
from maillage.operations.models import Intake, IntakeRow, Operation
from maillage.operations.money import money, total
from maillage.operations.own_rows import (
    LineRead,
    held_by,
    indicators_read,
    lines_read,
)
from maillage.operations.taken_in import aided, funding_doubts, held, is_new

_NUMBERING = re.compile(
    r"^\s*(?:(?:axe|orientation|objectif|priorité|ambition)\s*)?"
    r"(?:n°\s*)?(?:\d+(?:\.\d+)*|[ivx]+\b)\s*[-–—:.)]*\s*",
    re.I,
)
#: Fields of an operation that hold what it costs.
COSTS = ("investment_cost", "running_cost")


def read_intake(intake: Intake) -> IntakeRead:
    """All the rows of a file whose columns are settled. A constant number of questions."""
    settled = {(row.sheet, row.row): row for row in intake.rows.all()}
    drafts: list[Draft] = []
    skipped: list[Skipped] = []
    where: dict[int, _Where] = {}
    mapping: Mapping[str, Mapping[str, str]] = intake.mapping or {}
    grids = grids_of(intake)
    for table in tables_of(intake, {}):
        chosen = {int(c): field for c, field in mapping.get(table.grid.sheet, {}).items() if field}
        if chosen:
            corrected = replace(table, grid=_corrected(table.grid, settled.values()))
            for found in read_drafts(corrected, chosen):
                if isinstance(found, Draft):
                    drafts.append(found)
                    where[id(found)] = _Where(corrected.grid, chosen)
                else:
                    skipped.append(found)
    known = organisations_of(intake)
    doubles = {id(second): first for first, second in same_key(drafts)}
    existing = _existing(intake.contract)
    there = held_by(intake.contract)
    keys = {draft.key for draft in drafts}
    lines = lines_read(grids, there, keys)
    rows = tuple(
        _with_lines(row, lines)
        for row in _rows_read(drafts, where, settled, existing, known, doubles)
    )
    read = {draft.sheet for draft in drafts} | {row.sheet for row in skipped}
    names = {name for row in rows for name in row.target.owners}
    return IntakeRead(
        rows=rows,
        skipped=tuple(skipped),
        unknown=tuple(sorted(name for name in names if plain(name) not in known)),
        new_nodes=_new_nodes(intake.contract, rows),
        ignored_sheets=tuple(
            grid.sheet for grid in grids if grid.sheet not in read and not is_own_sheet(grid)
        ),
        lines=lines,
        indicators=indicators_read(grids, there, keys),
        paid_on=intake.paid_on,
    )


def _rows_read(
    drafts: Iterable[Draft],
    where: Mapping[int, "_Where"],
    settled: Mapping[tuple[str, int], IntakeRow],
    existing: Mapping[str, Operation],
    known: Mapping[str, Organisation],
    doubles: Mapping[int, Draft],
) -> Iterator[RowRead]:
    for draft in drafts:
        yield _row(
            draft,
            where[id(draft)],
            settled.get((draft.sheet, draft.row)),
            existing,
            known,
            doubles.get(id(draft)),
        )


def _with_lines(row: RowRead, lines: Iterable[LineRead]) -> RowRead:
    """The same, its column of a funder left to its lines where they hold that money.

    A column that alone was changed is followed as before; where both were, a person says.
    """
    mine = [one for one in lines if one.whose == row.draft.key]
    if not mine or row.state == "entered":
        return row
    funding, doubts = dict(row.target.funding), list(row.doubts)
    for name, euros in row.target.funding.items():
        told = _told_of(mine, name)
        before = held(row.operation, name) if row.operation else None
        if told is None or (euros != told and told == before):
            continue
        if euros not in (told, before):
            source = parted(name)[0]
            place = row.draft.places.get(FUNDING + name) or row.draft.places.get(source, "")
            doubts.append(
                Doubt(
                    place,
                    source if source in row.draft.places else FUNDING + name,
                    money(euros),
                    f"ses lignes de financement font {money(told)}",
                    "corrigez cette cellule ou la feuille des lignes.",
                )
            )
        del funding[name]
    if not funding:  # the plan is that of the lines, and the site judges it
        doubts = [doubt for doubt in doubts if not _is_old(doubt, row.draft, ())]
    changes = tuple(c for c in row.changes if _still(c[0], funding))
    state = row.state if row.state == "ignored" else "doubtful" if doubts else "ready"
    return replace(
        row,
        target=replace(row.target, funding=funding),
        changes=changes,
        doubts=tuple(doubts),
        state=state,
    )


def _still(name: str, funding: Mapping[str, Decimal]) -> bool:
    return not name.startswith(FUNDING) or name.removeprefix(FUNDING) in funding


def _told_of(lines: Iterable[LineRead], name: str) -> Decimal | None:
    """What the rows of lines say of a source at a stage; None when none has it."""
    source, stage = parted(name)
    mine = [one.row.values for one in lines if one.row.values.get("source") == source]
    if not mine:
        return None
    if stage == "paid":
        return total(euros for row in mine for _, euros, _ in row.get("payments", ()))
    return total(row.get("asked" if stage == "draft" else stage) for row in mine)


def organisations_of(intake: Intake) -> Mapping[str, Organisation]:
    """By plain name: the parties and owners of the contract, then what a person said."""
    contract = intake.contract
    rows = Organisation.objects.filter(parties__contract=contract) | Organisation.objects.filter(
        piloted__operation__contract=contract
    )
    found = {plain(one.name): one for one in rows.distinct()}
    said = Organisation.objects.in_bulk(list(intake.owners.values()))
    return found | {name: said[id] for name, id in intake.owners.items() if id in said}


def _corrected(grid: Grid, rows: Iterable[IntakeRow]) -> Grid:
    """The sheet with the cells that a person wrote again."""
    cells = [list(row) for row in grid.rows]
    for row in rows:
        if row.sheet == grid.sheet:
            for column, text in row.corrections.items():
                cells[row.row - 1][int(column)] = text or None
    return replace(grid, rows=tuple(map(tuple, cells)))


def _existing(contract: Contract) -> Mapping[str, Operation]:
    """Operations of the contract by key, by number and by title."""
    found: dict[str, Operation] = {}
    rows = contract.operations.prefetch_related(
        "pilots__organisation", "lines__payments", "indicators"
    )
    for operation in rows.select_related("orientation"):
        found.setdefault(f"t {plain(operation.title)}", operation)
        if operation.number:
            found[f"n {plain(operation.number)}"] = operation
        found[f"k {operation.key}"] = operation
    return found


@dataclass(frozen=True)
class _Where:
    """The sheet of a draft, and the field of each of its columns that is read."""

    grid: Grid
    fields: Mapping[int, str]


def _cells(draft: Draft, where: _Where, doubts: Iterable[Doubt]) -> Iterator[CellAsked]:
    """One a column at fault, in the order of the sheet."""
    by_field: dict[str, list[Doubt]] = {}
    for doubt in doubts:
        by_field.setdefault(doubt.field, []).append(doubt)
    for column, field in sorted(where.fields.items()):
        told = by_field.pop(field, None) or by_field.pop(parted(field)[0], None)
        if told:
            text = shown(where.grid.at(draft.row - 1, column))
            yield CellAsked(column, column_label(field), text, tuple(told))


def _row(
    draft: Draft,
    where: _Where,
    settled: IntakeRow | None,
    existing: Mapping[str, Operation],
    known: Mapping[str, Organisation],
    double: Draft | None,
) -> RowRead:
    target = target_of(draft, known)
    operation = existing.get(draft.key)
    changes = tuple(changed_fields(operation, target)) if operation else ()
    doubts = (*draft.doubts, *_more_doubts(draft, target, known, double))
    if target.key:
        doubts = tuple(doubt for doubt in doubts if not _is_old(doubt, draft, changes))
        doubts += tuple(_own_doubts(draft, operation))
    if operation:
        doubts += tuple(funding_doubts(draft, operation, changes))
    state = "doubtful" if doubts else "ready"
    if settled and settled.ignored:
        state = "ignored"
    elif settled and settled.operation_id:
        state, operation = "entered", settled.operation
    cells = tuple(_cells(draft, where, doubts))
    revision = settled.revision if settled else 0
    return RowRead(draft, target, operation, state, doubts, cells, changes, revision)


def _more_doubts(
    draft: Draft, target: Target, known: Mapping[str, Organisation], double: Draft | None
) -> Iterator[Doubt]:
    place = draft.places.get("owner", f"{draft.sheet}, ligne {draft.row}")
    for name in target.owners:
        if plain(name) not in known:
            remedy = "dites qui c’est dans la liste « Maîtres d’ouvrage à reconnaître »."
            yield Doubt(place, "owner", name, "maître d’ouvrage inconnu", remedy)
    if target.fields.get("status") == "blocked" and not target.fields.get("blocked_reason"):
        where = draft.places["status"]
        remedy = "écrivez le motif dans la colonne des remarques, ou changez le statut."
        yield Doubt(where, "status", "Bloquée", "opération bloquée sans motif", remedy)
    if target.fields.get("cotech_opinion") and not target.fields.get("cotech_on"):
        remedy = "écrivez la date de cet avis."
        yield Doubt(draft.places["opinion"], "opinion", "", "avis sans date", remedy)
    if double is not None:
        yield Doubt(
            f"{draft.sheet}, ligne {draft.row}",
            "title",
            str(draft.values.get("number") or draft.values.get("title") or ""),
            f"même opération que la ligne {double.row} de « {double.sheet} »",
            "changez son numéro, ou laissez cette ligne de côté.",
        )


def _is_old(doubt: Doubt, draft: Draft, changes: Sequence[tuple[str, Any, Any]]) -> bool:
    """A plan that was out of balance already, in our own layout, when no amount of it changes."""
    return (
        doubt.field == "cost"
        and "cost" in draft.values
        and not any(name in COSTS or name.startswith(FUNDING) for name, *_ in changes)
    )


def _own_doubts(draft: Draft, operation: Operation | None) -> Iterator[Doubt]:
    """What only our own layout may get wrong."""
    if operation is None:
        yield Doubt(
            draft.places["key"],
            "key",
            str(draft.values["key"]),
            "aucune opération du contrat n’a cet identifiant",
            "videz cette cellule pour en créer une.",
        )
        return
    if operation.stage == "action" and draft.values.get("stage") == "project":
        yield Doubt(
            draft.places["stage"],
            "stage",
            "Fiche projet",
            "cette opération est déjà une fiche action",
            "revenez en fiche projet depuis sa page, avec un motif.",
        )


def differs(before: Any, after: Any) -> bool:
    """Texts are compared as spreadsheets keep them, whatever their blanks."""
    if isinstance(before, str) and isinstance(after, str):
        return before.split() != after.split()
    return bool(before != after)


def changed_fields(operation: Operation, target: Target) -> Iterator[tuple[str, Any, Any]]:
    """What entering would change of an operation: field, before, after."""
    for name, value in target.fields.items():
        if differs(getattr(operation, name), value):
            yield name, getattr(operation, name), value
    for name, euros in target.funding.items():
        if is_new(operation, name, euros):
            yield FUNDING + name, held(operation, name), euros
    lines = aided(operation, target)
    if any(line.eligible != target.eligible for line in lines):
        yield "eligible", lines[0].eligible, target.eligible


def _new_nodes(contract: Contract, rows: Sequence[RowRead]) -> tuple[str, ...]:
    titles = {plain(node.title) for node in contract.strategy.all()}
    numbered = {plain(f"{node.number} {node.title}") for node in contract.strategy.all()}
    asked = dict.fromkeys(text for row in rows for text in row.target.strategy)
    return tuple(t for t in asked if plain(bare(t)) not in titles and plain(t) not in numbered)


def bare(text: str) -> str:
    """« Axe 2 - Mobilités » is titled « Mobilités »; « Axe 2 » keeps its whole text."""
    return _NUMBERING.sub("", text).strip() or text.strip()
