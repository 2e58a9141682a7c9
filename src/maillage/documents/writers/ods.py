"""OpenDocument spreadsheet (ODF 1.3): a sheet a table, then « Sources et méthode ».

Written as text: a row costs no more than its own length. Codes are text, numbers are numbers, and
no text becomes a formula.
"""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from maillage.documents.open_document import packed
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
from maillage.documents.writers.ods_parts import (
    CONTENT,
    MANIFEST,
    META,
    MIME,
    SETTINGS,
    frozen,
    number_style,
)
from maillage.documents.writers.xlsx import (
    LOOKED_AT,
    SOURCES,
    is_fine,
    sheet_name,
    source_lines,
    width_of,
)

#: Characters that XML has no way to write.
_UNWRITTEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def ods(workbook: Workbook) -> bytes:
    """The bytes of the file."""
    names: list[str] = []
    for table in workbook.tables:
        names.append(sheet_name(table, names))
    looks = _Looks()
    sheets = [
        _sheet(name, table, looks) for name, table in zip(names, workbook.tables, strict=True)
    ]
    sheets.append(_sources(workbook, looks))
    parts = {
        "META-INF/manifest.xml": MANIFEST,
        "meta.xml": META.replace("@title", _said(workbook.title)),
        "settings.xml": SETTINGS.replace("@sheets", "".join(map(frozen, map(_quoted, names)))),
        "content.xml": CONTENT.replace("@styles", looks.written()).replace(
            "@body", "".join(sheets)
        ),
    }
    return packed(MIME, parts)


class _Looks:
    """Styles by what they show, each made once."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, bool], str] = {}
        self._widths: dict[str, str] = {}

    def number(self, unit: str, decimals: int, *, total: bool = False) -> str:
        return self._numbers.setdefault((unit, decimals, total), f"n{len(self._numbers)}")

    def width(self, characters: float) -> str:
        """About a fifth of a centimetre each."""
        size = f"{0.21 * characters:.2f}cm"
        return self._widths.setdefault(size, f"w{len(self._widths)}")

    def written(self) -> str:
        columns = (
            f'<style:style style:name="{name}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{size}"/></style:style>'
            for size, name in self._widths.items()
        )
        numbers = (number_style(name, *key) for key, name in self._numbers.items())
        return "".join((*columns, *numbers))


def _sheet(name: str, table: Table, looks: _Looks) -> str:
    first = table.rows[:LOOKED_AT]
    fine = [is_fine(column, table.rows, n) for n, column in enumerate(table.columns)]
    columns = "".join(
        _column(looks.width(width_of(column, first, number)))
        for number, column in enumerate(table.columns)
    )
    head = _row("".join(_text(column.label, "head") for column in table.columns))
    rows = (_cells(table.columns, row, fine, looks) for row in table.rows)
    total = "" if table.total is None else _cells(table.columns, table.total, fine, looks, True)
    body = f"<table:table-header-rows>{head}</table:table-header-rows>{''.join(rows)}{total}"
    return _table(name, columns + body)


def _cells(
    columns: tuple[Column, ...], row: Row, fine: list[bool], looks: _Looks, total: bool = False
) -> str:
    """An unknown figure is an empty cell."""
    cells = zip(columns, row, fine, strict=True)
    return _row("".join(_cell(column, cell, small, looks, total) for column, cell, small in cells))


def _cell(column: Column, cell: Cell, fine: bool, looks: _Looks, total: bool) -> str:
    value = plain(cell)
    if isinstance(value, str) and value:
        return _text(value, "total" if total else "text")
    if not isinstance(value, int | float):
        return "<table:table-cell/>"
    unit, decimals = "year" if column.kind is Kind.YEAR else "", int(fine)
    if isinstance(cell, Measure):
        unit, decimals = cell.unit, cell.decimals
    style = looks.number(unit, decimals, total=total)
    given = f'table:style-name="{style}" office:value-type="float" office:value="{value!r}"'
    return f"<table:table-cell {given}/>"


def _sources(workbook: Workbook, looks: _Looks) -> str:
    """What the figures need to be quoted, then what each column holds."""
    lines = (_row(_text(label, "total") + _text(words, "text")) for label, words in _told(workbook))
    columns = _column(looks.width(34)) + _column(looks.width(100))
    return _table(SOURCES, columns + "".join(lines))


def _told(workbook: Workbook) -> Iterator[tuple[str, str]]:
    yield workbook.title, ""
    yield from source_lines(workbook)


def _table(name: str, inner: str) -> str:
    return f"<table:table table:name={_quoted(name)}>{inner}</table:table>"


def _column(style: str) -> str:
    return f'<table:table-column table:style-name="{style}"/>'


def _row(inner: str) -> str:
    return f"<table:table-row>{inner}</table:table-row>"


def _text(words: str, style: str) -> str:
    lines = "".join(f"<text:p>{_said(line)}</text:p>" for line in words.split("\n"))
    given = f'table:style-name="{style}" office:value-type="string"'
    return f"<table:table-cell {given}>{lines}</table:table-cell>"


def _said(words: str) -> str:
    return escape(_UNWRITTEN.sub("", words))


def _quoted(words: str) -> str:
    return quoteattr(_UNWRITTEN.sub("", words))
