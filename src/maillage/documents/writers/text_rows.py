"""CSV: one for programs, one for a double-click in a French Excel.

The first is that of RFC 4180 with English keys, commas and decimal points. The second has French
headings, semicolons, decimal commas, a byte order mark, and writes the codes that Excel would
change (``01001``, fourteen digits) as ``="01001"``, which Excel and LibreOffice open as text. When
one code of a column needs it, all its figures-only codes get it: a column is text or numbers,
never both.

In both, a text that a spreadsheet would run as a formula is preceded by an apostrophe (OWASP, CSV
Injection).
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from maillage.documents.tables.values import Cell, Column, Kind, Row, Table, plain

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_DIGITS = re.compile(r"\d+")
#: A leading zero, more digits than a number keeps, or what looks like 2E5.
_CHANGED = re.compile(r"0\d+|\d{12,}|\d+[eE]\d+")
BOM = "\ufeff"


def plain_csv(table: Table) -> bytes:
    """The rows for a program: UTF-8, commas, English keys."""
    return b"".join(plain_lines(table.columns, table.rows))


def excel_csv(table: Table) -> bytes:
    """The rows for a French Excel."""
    return b"".join(excel_lines(table.columns, table.rows, armoured(table.columns, table.rows)))


def plain_lines(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """The same, line after line."""
    yield _line([column.key for column in columns], ",", "\n")
    for row in rows:
        yield _line([_plain(cell) for cell in row], ",", "\n")


def excel_lines(
    columns: Sequence[Column], rows: Iterable[Row], armour: Collection[int]
) -> Iterator[bytes]:
    """``armour``: positions of the columns whose codes Excel must be kept from changing."""
    yield BOM.encode() + _line([column.label for column in columns], ";", "\r\n")
    for row in rows:
        cells = [_french(cell, number in armour) for number, cell in enumerate(row)]
        yield _line(cells, ";", "\r\n")


def armoured(columns: Sequence[Column], rows: Iterable[Row]) -> frozenset[int]:
    """Positions of the code columns that hold a code Excel would change."""
    codes = [number for number, column in enumerate(columns) if column.kind is Kind.CODE]
    return frozenset(
        number for row in rows for number in codes if _CHANGED.fullmatch(str(row[number] or ""))
    )


def neutral(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _plain(cell: Cell) -> str:
    value = plain(cell)
    return neutral(value) if isinstance(value, str) else _number(value)


def _french(cell: Cell, armour: bool) -> str:
    value = plain(cell)
    if not isinstance(value, str):
        return _number(value).replace(".", ",")
    if armour and (_DIGITS.fullmatch(value) or _CHANGED.fullmatch(value)):
        return f'="{value}"'
    return neutral(value)


def _number(value: float | None) -> str:
    """Twelve digits: all that the figures say, without the noise of a sum of doubles."""
    if value is None:
        return ""
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _line(cells: list[str], delimiter: str, end: str) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator=end).writerow(cells)
    return stream.getvalue().encode()
