"""XLSX: a sheet a table, then « Sources et méthode ». Codes are text, numbers are numbers.

Texts are written as texts, whatever they start with: none becomes a formula or a link.
"""

import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

import xlsxwriter

from maillage.common.errors import InputError
from maillage.documents.tables.values import (
    Cell,
    Column,
    Kind,
    Measure,
    Row,
    Table,
    Workbook,
    plain,
)

INK, BRAND, TINT, RULE = "#17262B", "#0D5257", "#E4EFEE", "#DDD8CC"
MOST_ROWS = 1_048_575  # of a sheet, its header set aside
LOOKED_AT = 500  # rows that set the widths
NARROWEST, WIDEST = 9, 52
_REFUSED = str.maketrans("", "", "[]:*?/\\")
SOURCES = "Sources et méthode"
EMPTY = (
    "Une case vide est une valeur inconnue, jamais un zéro ; la colonne « état » dit pourquoi. "
    "« Au moins » signale un minimum : une partie est hors du champ ou couverte par le secret."
)


def xlsx(workbook: Workbook) -> bytes:
    """The whole workbook in memory: for answers, whose rows are few."""
    stream = io.BytesIO()
    with _open(stream, constant_memory=False) as book:
        formats = Formats(book)
        for table in workbook.tables:
            _sheet(book, formats, table)
        _sources(book, formats, workbook)
    return stream.getvalue()


def xlsx_stream(workbook: Workbook, rows: Iterable[Row], sink: BinaryIO) -> None:
    """The main table from rows that come one by one; memory holds a row at a time.

    InputError when they are more than a sheet can hold.
    """
    with _open(sink, constant_memory=True) as book:
        formats = Formats(book)
        coming = iter(rows)
        first = tuple(islice(coming, LOOKED_AT))
        sheet = _head(book, formats, workbook.main, first)
        number = 0
        for number, row in enumerate(_all(first, coming), 1):
            if number > MOST_ROWS:
                raise too_many_rows()
            _row(sheet, number, row, [formats.of(column) for column in workbook.main.columns])
        _sources(book, formats, workbook)


def too_many_rows() -> InputError:
    """The error to raise for what no sheet can hold."""
    return InputError(
        problem="une feuille de tableur ne peut pas contenir autant de lignes.",
        remedy="choisissez moins d’années ou d’indicateurs, ou le format CSV.",
    )


def _all(first: tuple[Row, ...], others: Iterator[Row]) -> Iterator[Row]:
    yield from first
    yield from others


def _open(stream: BinaryIO, *, constant_memory: bool) -> Any:
    options = {"constant_memory": constant_memory, "in_memory": not constant_memory}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"author": "Maillage", "comments": EMPTY})
    return book


class Formats:
    """Formats by what they show, made once a workbook. A French Excel shows them the French way."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, bool], Any] = {}
        font = {"font_name": "Calibri", "font_size": 11, "font_color": INK}
        self._font = font
        self.title = book.add_format({**font, "bold": True, "font_size": 15, "font_color": BRAND})
        head = {"bold": True, "font_color": "#FFFFFF", "bg_color": BRAND, "valign": "vcenter"}
        shown = {**font, **head, "text_wrap": True}
        self.head = book.add_format({**shown, "indent": 1})
        self.number_head = book.add_format({**shown, "align": "right"})
        self.label = book.add_format({**font, "bold": True, "valign": "top"})
        self.text = book.add_format({**font, "text_wrap": True, "valign": "top"})

    def of(self, column: Column, cell: Cell = None, *, total: bool = False) -> Any:
        """That of a cell in its column."""
        if isinstance(cell, Measure):
            return self.named(measure_format(cell), total=total)
        return self.named(_PLAIN[column.kind], total=total)

    def named(self, number_format: str, *, total: bool = False) -> Any:
        key = (number_format, total)
        if key not in self._made:
            closing = {"bold": True, "top": 1, "bg_color": TINT} if total else {}
            closing |= {"indent": 1} if number_format == "@" else {}
            shown = {"num_format": number_format, **self._font, **closing}
            self._made[key] = self._book.add_format(shown)
        return self._made[key]


_PLAIN = {Kind.CODE: "@", Kind.TEXT: "@", Kind.DATE: "@", Kind.NUMBER: "#,##0", Kind.YEAR: "0"}
_DECIMAL = "#,##0.0"
_RIGHT = {Kind.NUMBER, Kind.YEAR}


def measure_format(cell: Measure) -> str:
    """As ``common.french.measure`` writes it, in the code of Excel."""
    decimals = "." + "0" * cell.decimals if cell.decimals else ""
    match cell.unit:
        case "share" | "gap":
            return f"0{decimals}%"
        case "percent":
            return f'0{decimals}" %"'
        case "permil":
            return f'0{decimals}" ‰"'
        case "km":
            return f'#,##0{decimals}" km"'
        case "eur":
            return '#,##0" €"'
    return f"#,##0{decimals}"


def _sheet(book: Any, formats: Formats, table: Table) -> None:
    sheet = _head(book, formats, table, table.rows[:LOOKED_AT])
    columns = [
        formats.named(_DECIMAL) if is_fine(column, table.rows, number) else formats.of(column)
        for number, column in enumerate(table.columns)
    ]
    for number, row in enumerate(table.rows, 1):
        own = [
            formats.of(column, cell) if isinstance(cell, Measure) else usual
            for column, cell, usual in zip(table.columns, row, columns, strict=True)
        ]
        _row(sheet, number, row, own)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    if table.total is not None:
        pairs = zip(table.columns, table.total, strict=True)
        last = [formats.of(column, cell, total=True) for column, cell in pairs]
        _row(sheet, len(table.rows) + 1, table.total, last, blank=True)


def is_fine(column: Column, rows: tuple[Row, ...], number: int) -> bool:
    """Whether whole numbers would hide what the column says."""
    if column.kind is not Kind.NUMBER:
        return False
    known = [v for row in rows if isinstance(v := plain(row[number]), int | float)]
    small = bool(known) and max(map(abs, known)) < 100
    return small and any(value != int(value) for value in known)


def _head(book: Any, formats: Formats, table: Table, first: tuple[Row, ...]) -> Any:
    """A sheet with its header: frozen, repeated on paper, columns as wide as what they hold."""
    others = [sheet.get_name() for sheet in book.worksheets()]
    sheet = book.add_worksheet(sheet_name(table, others))
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, width_of(column, first, number))
        head = formats.number_head if column.kind in _RIGHT else formats.head
        sheet.write_string(0, number, column.label, head)
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 2 if len(table.columns) > 4 else 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&8Maillage&R&8&P / &N")
    return sheet


def sheet_name(table: Table, others: Iterable[str]) -> str:
    """At most 31 characters, none that Excel refuses, unlike those already there."""
    title = table.title if table.name != "main" else "Données"
    base = title.split(" : ")[-1].translate(_REFUSED).strip("' ")[:28] or "Données"
    base = base[0].upper() + base[1:]
    taken = {name.lower() for name in others}
    names = (base, *(f"{base} {number}" for number in range(2, 100)))
    return next(name for name in names if name.lower() not in taken)


def width_of(column: Column, first: tuple[Row, ...], number: int) -> float:
    longest = max((len(_shown(row[number])) for row in first), default=0)
    word = max(map(len, column.label.split()), default=0)
    return min(max(longest, word, len(column.label) / 2) + 2.5, WIDEST) if longest else NARROWEST


def _shown(cell: Cell) -> str:
    """About as long as what Excel shows: euros in full, where people read millions."""
    if isinstance(cell, Measure) and cell.unit != "eur":
        return cell.text
    value = plain(cell)
    if isinstance(value, float):
        return f"{value:,.1f}"
    return "" if value is None else str(value)


def _row(sheet: Any, line: int, row: Row, formats: list[Any], *, blank: bool = False) -> None:
    """An unknown figure is an empty cell."""
    for number, (cell, shown) in enumerate(zip(row, formats, strict=True)):
        value = plain(cell)
        if isinstance(value, str) and value:
            sheet.write_string(line, number, value, shown)
        elif isinstance(value, int | float):
            sheet.write_number(line, number, value, shown)
        elif blank:
            sheet.write_blank(line, number, None, shown)


def _sources(book: Any, formats: Formats, workbook: Workbook) -> None:
    """What the figures need to be quoted, then what each column holds."""
    sheet = book.add_worksheet(SOURCES)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 100)
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, workbook.title, formats.title)
    sheet.set_row(0, 26)
    for number, (label, value) in enumerate(source_lines(workbook), 2):
        sheet.write_string(number, 0, label, formats.label)
        sheet.write_string(number, 1, value, formats.text)


def source_lines(workbook: Workbook) -> list[tuple[str, str]]:
    """What the last sheet says, line by line."""
    lines = [(fact.label, fact.value) for fact in workbook.facts]
    lines += [("À savoir", note) for note in workbook.notes]
    lines += [("Cases vides", EMPTY), ("", "")]
    for table in workbook.tables:
        lines += [(f"Colonnes : {table.title.split(' : ')[-1]}", "")]
        lines += [(column.label, f"clé {column.key}") for column in table.columns]
    return lines
