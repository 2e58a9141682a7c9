"""A table of figures as a value: what a CSV, a spreadsheet or a GeoPackage are written from."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Self

import numpy as np

from maillage.common import french


class Kind(StrEnum):
    """What a column holds, whatever the file: a code is text that may look like a number."""

    CODE = "code"
    TEXT = "text"
    NUMBER = "number"
    YEAR = "year"
    DATE = "date"  # ISO


@dataclass(frozen=True)
class Measure:
    """A number that has a unit of its own, where rows of one column differ.

    ``unit`` is that of cards (``share``, ``eur``…); ``label`` stands for it where the number is
    but the code of a class.
    """

    value: float | None
    unit: str = ""
    decimals: int = 1
    label: str = ""

    @property
    def text(self) -> str:
        """As people read it."""
        return self.label or french.measure(self.value, self.unit, self.decimals)


Cell = str | int | float | Measure | None
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """``key`` is English and stable, ``label`` French. ``short``: a terminal shows it too."""

    key: str
    label: str
    kind: Kind = Kind.TEXT
    short: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under their columns. None is unknown, never zero; a column beside says why.

    ``total`` closes the rows. Files made for programs leave it out: it would be summed again.
    """

    name: str  # English key, unique in its workbook
    title: str  # French
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None

    def shortened(self) -> Self:
        """The columns that a terminal has room for."""
        kept = [number for number, column in enumerate(self.columns) if column.short]

        def cut(row: Row) -> Row:
            return tuple(row[number] for number in kept)

        return replace(
            self,
            columns=cut_columns(self.columns, kept),
            rows=tuple(map(cut, self.rows)),
            total=None if self.total is None else cut(self.total),
        )


def cut_columns(columns: tuple[Column, ...], kept: list[int]) -> tuple[Column, ...]:
    """Those at these positions."""
    return tuple(columns[number] for number in kept)


@dataclass(frozen=True)
class Fact:
    """What holds for every figure of a workbook. ``repeated``: a flat file says it on each row."""

    key: str
    label: str
    value: str
    repeated: bool = False


@dataclass(frozen=True)
class Workbook:
    """One answer as tables, the main one first, with what its figures need to be quoted.

    ``stem`` names the file, without its extension. ``notes`` are sentences on the answer.
    """

    stem: str
    title: str
    tables: tuple[Table, ...]
    facts: tuple[Fact, ...]
    notes: tuple[str, ...] = ()

    @property
    def main(self) -> Table:
        return self.tables[0]

    def told(self, *facts: Fact) -> Self:
        """The same, with more facts; those without a value are left out."""
        return replace(self, facts=(*self.facts, *(fact for fact in facts if fact.value)))


def flat(workbook: Workbook) -> Table:
    """The main table, each row with the facts that a file without a second sheet must repeat."""
    facts = [fact for fact in workbook.facts if fact.repeated]
    main = workbook.main
    taken = {column.key for column in main.columns}
    added = [fact for fact in facts if fact.key not in taken]
    columns = tuple(Column(fact.key, fact.label) for fact in added)
    values = tuple(fact.value for fact in added)
    return replace(
        main,
        columns=(*main.columns, *columns),
        rows=tuple((*row, *values) for row in main.rows),
        total=None,
    )


def plain(cell: Cell) -> str | int | float | None:
    """What a cell holds, for a program: never NaN, nor a number of numpy’s."""
    value: Any = cell.value if isinstance(cell, Measure) else cell
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and math.isnan(value) else value


def records(table: Table) -> Iterator[dict[str, str | int | float | None]]:
    """Rows by key."""
    keys = [column.key for column in table.columns]
    for row in table.rows:
        yield dict(zip(keys, map(plain, row), strict=True))
