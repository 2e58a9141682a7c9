"""Reads of a spreadsheet being brought in: its rows to enter or to correct."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from maillage.accounts.models import Organisation
from maillage.contracts.models import Contract
from maillage.contracts.programmes import programmes_of
from maillage.operations.intake.drafts import Draft, Skipped, read_drafts, same_key
from maillage.operations.intake.grids import Grid
from maillage.operations.intake.own_sheets import is_own_sheet
from maillage.operations.intake.values import plain
from maillage.operations.intake_columns import grids_of, tables_of
from maillage.operations.intake_judging import Where, row_read
from maillage.operations.intake_lines import with_lines
from maillage.operations.intake_rows import IntakeRead, RowRead
from maillage.operations.models import Intake, IntakeRow, Operation
from maillage.operations.own_rows import held_by, indicators_read, lines_read

_NUMBERING = re.compile(
    r"^\s*(?:(?:axe|orientation|objectif|priorité|ambition)\s*)?"
    r"(?:n°\s*)?(?:\d+(?:\.\d+)*|[ivx]+\b)\s*[-–—:.)]*\s*",
    re.I,
)


def read_intake(intake: Intake) -> IntakeRead:
    """All the rows of a file whose columns are settled. A constant number of questions."""
    settled = {(row.sheet, row.row): row for row in intake.rows.all()}
    drafts: list[Draft] = []
    skipped: list[Skipped] = []
    where: dict[int, Where] = {}
    mapping: Mapping[str, Mapping[str, str]] = intake.mapping or {}
    grids = grids_of(intake)
    for table in tables_of(intake, {}):
        chosen = {int(c): field for c, field in mapping.get(table.grid.sheet, {}).items() if field}
        if chosen:
            corrected = replace(table, grid=_corrected(table.grid, settled.values()))
            for found in read_drafts(corrected, chosen):
                if isinstance(found, Draft):
                    drafts.append(found)
                    where[id(found)] = Where(corrected.grid, chosen)
                else:
                    skipped.append(found)
    known = organisations_of(intake)
    doubles = {id(second): first for first, second in same_key(drafts)}
    existing = _existing(intake.contract)
    programmes = {plain(name): name for name in programmes_of(intake.contract)}
    there = held_by(intake.contract)
    keys = {draft.key for draft in drafts}
    lines = lines_read(grids, there, keys)
    rows = tuple(
        with_lines(row, lines)
        for row in _rows_read(drafts, where, settled, existing, known, doubles, programmes)
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
    where: Mapping[int, Where],
    settled: Mapping[tuple[str, int], IntakeRow],
    existing: Mapping[str, Operation],
    known: Mapping[str, Organisation],
    doubles: Mapping[int, Draft],
    programmes: Mapping[str, str],
) -> Iterator[RowRead]:
    for draft in drafts:
        yield row_read(
            draft,
            where[id(draft)],
            settled.get((draft.sheet, draft.row)),
            existing,
            known,
            doubles.get(id(draft)),
            programmes,
        )


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


def _new_nodes(contract: Contract, rows: Sequence[RowRead]) -> tuple[str, ...]:
    titles = {plain(node.title) for node in contract.strategy.all()}
    numbered = {plain(f"{node.number} {node.title}") for node in contract.strategy.all()}
    asked = dict.fromkeys(text for row in rows for text in row.target.strategy)
    return tuple(t for t in asked if plain(bare(t)) not in titles and plain(t) not in numbered)


def bare(text: str) -> str:
    """« Axe 2 - Mobilités » is titled « Mobilités »; « Axe 2 » keeps its whole text."""
    return _NUMBERING.sub("", text).strip() or text.strip()
