"""The columns of a spreadsheet being brought in: what each holds, or is asked to hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from maillage.operations.funding_sources import funding_sources
from maillage.operations.intake.fields import Guess, fields, guess
from maillage.operations.intake.grids import Grid, read_grids
from maillage.operations.intake.headings import Table, find_table
from maillage.operations.intake.own_sheets import is_own_sheet
from maillage.operations.intake.stages import FUNDING, SECTIONS, STAGES, meaning_of, takes_stage
from maillage.operations.intake.values import plain
from maillage.operations.models import Intake, KnownHeading
from maillage.operations.vocabulary import label as word

#: Values of a column shown beside its heading.
SAMPLES = 3


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


def columns_asked(intake: Intake, organisation_id: int | None) -> tuple[SheetAsked, ...]:
    """Every sheet with headings, in the order of the file."""
    known = known_headings(organisation_id)
    return tuple(_sheet_asked(table, known) for table in tables_of(intake, known))


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


def column_label(field: str) -> str:
    """« Financement : DETR, notifié, fonctionnement »; as given where no such field is."""
    said = meaning_of(field)
    told = [dict(field_choices()).get(said.base, field)]
    told += [STAGES[said.stage]] * takes_stage(said.base)
    told += [SECTIONS[said.section]] if said.section else []
    told += [word("question", said.question).lower()] if said.question else []
    return ", ".join(told)


def grids_of(intake: Intake) -> tuple[Grid, ...]:
    with intake.file.open("rb") as stream:
        return _grids(stream.read(), intake.name)


@lru_cache(maxsize=8)
def _grids(content: bytes, name: str) -> tuple[Grid, ...]:
    """One reads the same file several times while settling its rows."""
    return read_grids(content, name)


def tables_of(intake: Intake, known: Mapping[str, str]) -> Iterator[Table]:
    sources = tuple(funding_sources().values())

    def meaning(heading: str) -> Guess:
        said = known.get(plain(heading))
        return guess(heading, sources) if said is None else Guess(said, sure=True)

    for grid in grids_of(intake):
        if is_own_sheet(grid):
            continue
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
