"""Reads of a spreadsheet being brought in: its columns to settle, its rows to enter or correct."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from maillage.accounts.models import Organisation
from maillage.contracts.models import Contract
from maillage.operations.funding_sources import funding_sources
from maillage.operations.intake.drafts import Doubt, Draft, Skipped, read_drafts, same_key
from maillage.operations.intake.fields import FUNDING, Guess, fields, guess
from maillage.operations.intake.grids import Grid, read_grids
from maillage.operations.intake.headings import Table, find_table
from maillage.operations.intake.targets import Target, target_of
from maillage.operations.intake.values import plain, shown
from maillage.operations.models import FundingLine, Intake, IntakeRow, KnownHeading, Operation
from maillage.operations.money import money, total

_NUMBERING = re.compile(
    r"^\s*(?:(?:axe|orientation|objectif|priorité|ambition)\s*)?"
    r"(?:n°\s*)?(?:\d+(?:\.\d+)*|[ivx]+\b)\s*[-–—:.)]*\s*",
    re.I,
)
#: Values of a column shown beside its heading.
SAMPLES = 3
#: Fields of an operation that hold what it costs.
COSTS = ("investment_cost", "running_cost")


@dataclass(frozen=True)
class ColumnAsked:
    """A column somebody must say the meaning of. ``field`` is what is proposed; ``sure`` when the
    heading leaves no doubt or the office said so before."""

    index: int
    heading: str
    field: str
    sure: bool
    remembered: bool
    samples: tuple[str, ...]


@dataclass(frozen=True)
class SheetAsked:
    """A sheet that holds operations, and its columns."""

    sheet: str
    columns: tuple[ColumnAsked, ...]


@dataclass(frozen=True)
class CellAsked:
    """A cell to write again: its column, what it is for, what it shows, what is wrong with it."""

    column: int
    label: str
    shown: str
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class RowRead:
    """One row: its draft, what it will write, the operation it updates if there is one.

    ``state``: entered, ignored, doubtful or ready.
    """

    draft: Draft
    target: Target
    operation: Operation | None
    state: str
    doubts: tuple[Doubt, ...]
    cells: tuple[CellAsked, ...]
    changes: tuple[tuple[str, Any, Any], ...]  # field, before, after; of an update
    revision: int = 0  # of what a person settled of it


@dataclass(frozen=True)
class IntakeRead:
    """``unknown`` are the names of maîtres d’ouvrage that stand for no organisation yet;
    ``new_nodes`` the axes and orientations that entering will add."""

    rows: tuple[RowRead, ...]
    skipped: tuple[Skipped, ...]
    unknown: tuple[str, ...]
    new_nodes: tuple[str, ...]
    ignored_sheets: tuple[str, ...]

    @property
    def mark(self) -> str:
        """SHA-256 of what entering would write, and over what: another one when a row was
        settled otherwise, or when an operation it updates was changed."""
        told = [
            (row.draft.sheet, row.draft.row, repr(row.target), row.operation and
             (row.operation.pk, row.operation.revision), repr(row.changes))
            for row in self.of("ready")
        ]  # fmt: skip
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def of(self, state: str) -> tuple[RowRead, ...]:
        return tuple(row for row in self.rows if row.state == state)


def columns_asked(intake: Intake, organisation_id: int | None) -> tuple[SheetAsked, ...]:
    """Every sheet with headings, in the order of the file."""
    known = known_headings(organisation_id)
    return tuple(_sheet_asked(table, known) for table in _tables(intake, known))


def known_headings(organisation_id: int | None) -> Mapping[str, str]:
    """What the office said of headings before: field by plain heading."""
    rows = KnownHeading.objects.filter(organisation_id=organisation_id)
    return dict(rows.values_list("heading", "field"))


def field_choices() -> Iterator[tuple[str, str]]:
    """Id and French label of all that a column may hold."""
    yield "", "Ne pas lire cette colonne"
    for field in fields().values():
        yield field.id, field.title
    for source in funding_sources().values():
        if source.id not in fields():
            yield FUNDING + source.id, f"Financement : {source.short}"


def read_intake(intake: Intake) -> IntakeRead:
    """All the rows of a file whose columns are settled. A constant number of questions."""
    settled = {(row.sheet, row.row): row for row in intake.rows.all()}
    drafts: list[Draft] = []
    skipped: list[Skipped] = []
    where: dict[int, _Where] = {}
    mapping: Mapping[str, Mapping[str, str]] = intake.mapping or {}
    grids = grids_of(intake)
    for table in _tables(intake, {}):
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
    rows = tuple(
        _row(
            draft,
            where[id(draft)],
            settled.get((draft.sheet, draft.row)),
            existing,
            known,
            doubles.get(id(draft)),
        )
        for draft in drafts
    )
    read = {draft.sheet for draft in drafts} | {row.sheet for row in skipped}
    names = {name for row in rows for name in row.target.owners}
    return IntakeRead(
        rows=rows,
        skipped=tuple(skipped),
        unknown=tuple(sorted(name for name in names if plain(name) not in known)),
        new_nodes=_new_nodes(intake.contract, rows),
        ignored_sheets=tuple(grid.sheet for grid in grids if grid.sheet not in read),
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


def grids_of(intake: Intake) -> tuple[Grid, ...]:
    with intake.file.open("rb") as stream:
        return _grids(stream.read(), intake.name)


@lru_cache(maxsize=8)
def _grids(content: bytes, name: str) -> tuple[Grid, ...]:
    """One reads the same file several times while settling its rows."""
    return read_grids(content, name)


def _tables(intake: Intake, known: Mapping[str, str]) -> Iterator[Table]:
    sources = tuple(funding_sources().values())

    def meaning(heading: str) -> Guess:
        said = known.get(plain(heading))
        return guess(heading, sources) if said is None else Guess(said, sure=True)

    for grid in grids_of(intake):
        table = find_table(grid, meaning)
        if table is not None:
            yield table


def _sheet_asked(table: Table, known: Mapping[str, str]) -> SheetAsked:
    columns = tuple(
        ColumnAsked(
            index=column.index,
            heading=column.heading,
            field=column.guess.field,
            sure=column.guess.sure,
            remembered=plain(column.heading) in known,
            samples=_samples(table, column.index),
        )
        for column in table.columns
    )
    return SheetAsked(table.grid.sheet, columns)


def _samples(table: Table, column: int) -> tuple[str, ...]:
    values = (row[column] for row in table.grid.rows[table.first :])
    texts = dict.fromkeys(str(value)[:60] for value in values if value is not None)
    return tuple(texts)[:SAMPLES]


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
    rows = contract.operations.prefetch_related("pilots__organisation", "lines", "indicators")
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
    labels = dict(field_choices())
    for column, field in sorted(where.fields.items()):
        if told := by_field.pop(field, None):
            text = shown(where.grid.at(draft.row - 1, column))
            yield CellAsked(column, labels.get(field, field), text, tuple(told))


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
        doubts += tuple(_own_doubts(draft, operation, changes))
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


def _own_doubts(
    draft: Draft, operation: Operation | None, changes: Sequence[tuple[str, Any, Any]]
) -> Iterator[Doubt]:
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
    for name, before, after in changes:
        if name.startswith(FUNDING) and len(_programmed(operation, name)) > 1:
            source = name.removeprefix(FUNDING)
            yield Doubt(
                draft.places.get(name, draft.places.get(source, "")),
                source if source in draft.places else name,
                money(after),
                f"plusieurs lignes de cette source, qui font {money(before)}",
                "modifiez-les dans le plan de financement de l’opération.",
            )


def _programmed(operation: Operation, name: str) -> list[FundingLine]:
    source = name.removeprefix(FUNDING)
    rows = [line for line in operation.lines.all() if line.kind == "programme"]
    return [line for line in rows if line.source == source]


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
    for source, euros in target.funding.items():
        asked = [line.asked for line in _programmed(operation, source)]
        known = [amount for amount in asked if amount is not None]
        before = total(known) if known else None
        if before != euros:
            yield FUNDING + source, before, euros


def _new_nodes(contract: Contract, rows: Sequence[RowRead]) -> tuple[str, ...]:
    titles = {plain(node.title) for node in contract.strategy.all()}
    numbered = {plain(f"{node.number} {node.title}") for node in contract.strategy.all()}
    asked = dict.fromkeys(text for row in rows for text in row.target.strategy)
    return tuple(t for t in asked if plain(bare(t)) not in titles and plain(t) not in numbered)


def bare(text: str) -> str:
    """« Axe 2 - Mobilités » is titled « Mobilités »; « Axe 2 » keeps its whole text."""
    return _NUMBERING.sub("", text).strip() or text.strip()
