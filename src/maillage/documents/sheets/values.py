"""A workbook as a value: columns under their headings, cells that hold or compute.

Formulas are written as Excel stores them, in English, with commas: ``formulas`` turns them into
those of OpenDocument.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import ceil
from string import ascii_uppercase


class Shown(StrEnum):
    """How the cells of a column are shown."""

    TEXT = "text"
    CODE = "code"  # text, whatever it looks like; kept on one line
    WHOLE = "whole"
    EUROS = "euros"
    SHARE = "share"
    DATE = "date"


@dataclass(frozen=True)
class Formula:
    """What a cell computes, and what it is worth today, for readers that compute nothing."""

    text: str
    value: Decimal | str


Cell = str | int | Decimal | date | Formula | None


@dataclass(frozen=True)
class Column:
    """``width`` in characters. Columns of one ``group`` stand under one heading."""

    label: str
    shown: Shown = Shown.TEXT
    width: float = 14
    group: str = ""


@dataclass(frozen=True)
class Sheet:
    """``titles`` above the headings, ``notes`` under the rows; ``fixed`` columns stay in sight."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fixed: int = 0

    @property
    def grouped(self) -> bool:
        return any(column.group for column in self.columns)

    @property
    def head(self) -> int:
        """Row of the headings, from 0: after the titles, a blank row and the groups."""
        return (len(self.titles) + 1 if self.titles else 0) + self.grouped

    @property
    def first(self) -> int:
        """Row of the first cells, from 0."""
        return self.head + 1

    @property
    def last(self) -> int:
        """Row of the last cells, that of the first when there are none."""
        return self.first + max(len(self.rows), 1) - 1


@dataclass(frozen=True)
class Explained:
    """A sheet of words: pairs of a term and what it means, under a title."""

    name: str
    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Book:
    """``stem`` names the file, without its extension."""

    stem: str
    title: str
    sheets: tuple[Sheet | Explained, ...]


def letters(column: int) -> str:
    """0 is A, 26 is AA."""
    text, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = ascii_uppercase[rest] + text
    return text


def spans(columns: tuple[Column, ...]) -> tuple[tuple[int, int, str], ...]:
    """First and last columns of each group that has a name, in order."""
    found: list[tuple[int, int, str]] = []
    for number, column in enumerate(columns):
        if column.group and found and found[-1][1:] == (number - 1, column.group):
            found[-1] = (found[-1][0], number, column.group)
        elif column.group:
            found.append((number, number, column.group))
    return tuple(found)


def has_cents(sheet: Sheet, column: int) -> bool:
    """Whether an amount of the column is not whole."""
    values = (_amount(row[column]) for row in sheet.rows)
    return any(value is not None and value != value.to_integral_value() for value in values)


def _amount(cell: Cell) -> Decimal | None:
    value = cell.value if isinstance(cell, Formula) else cell
    return value if isinstance(value, Decimal) else None


def height(sheet: Sheet, row: tuple[Cell, ...]) -> int:
    """Lines of text that the fullest cell of a row takes, eight at most."""
    taken = (
        ceil(len(part) * 1.1 / column.width) or 1
        for column, cell in zip(sheet.columns, row, strict=True)
        if isinstance(cell, str) and column.shown is Shown.TEXT
        for part in [max(cell.split("\n"), key=len) + " " * (cell.count("\n") * int(column.width))]
    )
    return min(max(taken, default=1), 8)
