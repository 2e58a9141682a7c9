"""A workbook for Excel. Texts are written as texts: none becomes a formula or a link."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

from maillage.documents.sheets.values import (
    Book,
    Cell,
    Explained,
    Formula,
    Sheet,
    Shown,
    has_cents,
    height,
    spans,
)
from maillage.documents.writers.xlsx import BRAND, INK, TINT

_FONT = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "top"}
_HEAD = {"bold": True, "font_color": "#FFFFFF", "bg_color": BRAND, "text_wrap": True}
_NUMBERS = {
    Shown.TEXT: "General",
    Shown.CODE: "@",
    Shown.WHOLE: "0",
    Shown.EUROS: '#,##0" €"',
    Shown.SHARE: "0.0%",
    Shown.DATE: "dd/mm/yyyy",
}
_CENTS = '#,##0.00" €"'


def xlsx_book(book: Book) -> bytes:
    """The bytes of the file; formulas carry their value for readers that compute nothing."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as made:
        made.set_properties({"title": book.title, "author": "Maillage"})
        made.set_calc_mode("auto")
        styles = _Styles(made)
        for sheet in book.sheets:
            page = made.add_worksheet(sheet.name)
            if isinstance(sheet, Explained):
                _explain(page, styles, sheet)
            else:
                _fill(page, styles, sheet)
    return stream.getvalue()


class _Styles:
    """Each look made once a workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, bool, bool], Any] = {}
        self.title = self.made(bold=True, font_size=15, font_color=BRAND)
        self.line = self.made()
        self.label = self.made(bold=True)
        self.wrapped = self.made(text_wrap=True)
        self.note = self.made(italic=True)
        self.head = self.made(**_HEAD, indent=1)
        self.number_head = self.made(**_HEAD, align="right")
        self.group = self.made(bold=True, bg_color=TINT, align="center", font_color=BRAND)

    def made(self, **more: Any) -> Any:
        return self._book.add_format({**_FONT, **more})

    def cell(self, shown: Shown, *, total: bool, cents: bool) -> Any:
        key = (shown.value, total, cents)
        if key not in self._made:
            form = _CENTS if cents and shown is Shown.EUROS else _NUMBERS[shown]
            look = {"num_format": form, "text_wrap": shown is Shown.TEXT}
            look |= {"bold": True, "top": 1, "bg_color": TINT} if total else {}
            self._made[key] = self.made(**look)
        return self._made[key]


def _fill(page: Any, styles: _Styles, sheet: Sheet) -> None:
    for line, text in enumerate(sheet.titles):
        page.write_string(line, 0, text, styles.title if not line else styles.line)
    _headings(page, styles, sheet)
    looks = [
        [
            styles.cell(column.shown, total=total, cents=has_cents(sheet, number))
            for total in (False, True)
        ]
        for number, column in enumerate(sheet.columns)
    ]
    for line, row in enumerate(sheet.rows, sheet.first):
        page.set_row(line, 15 * height(sheet, row))
        for number, cell in enumerate(row):
            _write(page, line, number, cell, looks[number][0])
    if sheet.total is not None:
        for number, cell in enumerate(sheet.total):
            _write(page, sheet.last + 1, number, cell, looks[number][1])
    for line, text in enumerate(sheet.notes, sheet.last + 3):
        page.write_string(line, 0, text, styles.note)
    _paper(page, sheet)


def _headings(page: Any, styles: _Styles, sheet: Sheet) -> None:
    for first, last, text in spans(sheet.columns):
        if first == last:
            page.write_string(sheet.head - 1, first, text, styles.group)
        else:
            page.merge_range(sheet.head - 1, first, sheet.head - 1, last, text, styles.group)
    for number, column in enumerate(sheet.columns):
        right = column.shown in {Shown.EUROS, Shown.SHARE, Shown.WHOLE}
        page.set_column(number, number, column.width)
        look = styles.number_head if right else styles.head
        page.write_string(sheet.head, number, column.label, look)
    page.set_row(sheet.head, 32)


def _paper(page: Any, sheet: Sheet) -> None:
    page.freeze_panes(sheet.first, sheet.fixed)
    page.autofilter(sheet.head, 0, sheet.last, len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(8 if len(sheet.columns) > 12 else 9)  # A3, A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(sheet.head)
    page.set_footer("&L&8Maillage&R&8&P / &N")


def _write(page: Any, line: int, number: int, cell: Cell, look: Any) -> None:
    match cell:
        case Formula():
            value = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
            page.write_formula(line, number, f"={cell.text}", look, value)
        case str() if cell:
            page.write_string(line, number, cell, look)
        case date():
            page.write_datetime(line, number, cell, look)
        case int() | Decimal():
            page.write_number(line, number, float(cell), look)
        case _:
            page.write_blank(line, number, None, look)


def _explain(page: Any, styles: _Styles, sheet: Explained) -> None:
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 100)
    page.set_portrait()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.hide_gridlines(2)
    page.write_string(0, 0, sheet.title, styles.title)
    for line, (label, text) in enumerate(sheet.lines, 2):
        page.write_string(line, 0, label, styles.label)
        page.write_string(line, 1, text, styles.wrapped)
