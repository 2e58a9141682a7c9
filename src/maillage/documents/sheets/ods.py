"""The same workbook as an OpenDocument spreadsheet (ODF 1.3), for LibreOffice."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

from odf import config, dc, number, style, table, text
from odf.namespaces import STYLENS
from odf.opendocument import OpenDocumentSpreadsheet

from maillage.documents.sheets.formulas import open_formula
from maillage.documents.sheets.values import (
    Book,
    Cell,
    Explained,
    Formula,
    Sheet,
    Shown,
    has_cents,
    spans,
)
from maillage.documents.writers.xlsx import BRAND, INK, TINT

_CENTIMETRES = 0.21  # of a character


def ods_book(book: Book) -> bytes:
    """The bytes of the file; formulas carry their value."""
    made: Any = OpenDocumentSpreadsheet()
    made.meta.addElement(dc.Title(text=book.title))
    looks = _Looks(made)
    made.spreadsheet.addElement(
        table.CalculationSettings(
            useregularexpressions="false", searchcriteriamustapplytowholecell="true"
        )
    )
    shown = _page(made)
    for sheet in book.sheets:
        page = table.Table(name=sheet.name, stylename=shown)
        if isinstance(sheet, Explained):
            _explain(page, looks, sheet)
        else:
            _fill(page, looks, sheet)
        made.spreadsheet.addElement(page)
    _freeze(made, book)
    stream = io.BytesIO()
    made.write(stream)
    return stream.getvalue()


class _Looks:
    """Each style made once a document."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._made: dict[tuple[Any, ...], Any] = {}

    def cell(self, form: str = "", **more: str) -> Any:
        """``form``: a kind of ``Shown``, « cents », or nothing; ``more``: of the text."""
        key = ("cell", form, *sorted(more.items()))
        if key not in self._made:
            data = {"datastylename": self._form(form)} if form in _FORMS else {}
            made = style.Style(name=f"c{len(self._made)}", family="table-cell", **data)
            wrap = more.pop("wrapoption", "wrap")
            ground = more.pop("backgroundcolor", "")
            inner = {"backgroundcolor": ground} if ground else {}
            made.addElement(
                style.TableCellProperties(wrapoption=wrap, verticalalign="top", **inner)
            )
            shown = {"color": INK, "fontsize": "11pt", "fontname": "Calibri", **more}
            made.addElement(style.TextProperties(**shown))
            self._keep(key, made)
        return self._made[key]

    def column(self, width: float) -> Any:
        key = ("column", width)
        if key not in self._made:
            made = style.Style(name=f"w{len(self._made)}", family="table-column")
            size = f"{width * _CENTIMETRES:.2f}cm"
            made.addElement(style.TableColumnProperties(columnwidth=size))
            self._keep(key, made)
        return self._made[key]

    def _form(self, form: str) -> Any:
        key = ("form", form)
        if key not in self._made:
            self._keep(key, _FORMS[form](f"n{len(self._made)}"))
        return self._made[key]

    def _keep(self, key: tuple[Any, ...], made: Any) -> None:
        self._document.automaticstyles.addElement(made)
        self._made[key] = made


def _euros(decimals: int) -> Any:
    def made(name: str) -> Any:
        found = number.NumberStyle(name=name, language="fr", country="FR")
        digits = str(decimals)
        found.addElement(number.Number(minintegerdigits="1", decimalplaces=digits, grouping="true"))
        found.addElement(number.Text(text=" €"))
        return found

    return made


def _share(name: str) -> Any:
    found = number.PercentageStyle(name=name, language="fr", country="FR")
    found.addElement(number.Number(minintegerdigits="1", decimalplaces="1"))
    found.addElement(number.Text(text=" %"))
    return found


def _day(name: str) -> Any:
    found = number.DateStyle(name=name, language="fr", country="FR")
    parts = (number.Day(style="long"), number.Month(style="long"), number.Year(style="long"))
    for rank, part in enumerate(parts):
        if rank:
            found.addElement(number.Text(text="/"))
        found.addElement(part)
    return found


_FORMS = {"euros": _euros(0), "cents": _euros(2), "share": _share, "date": _day}


def _fill(page: Any, looks: _Looks, sheet: Sheet) -> None:
    for column in sheet.columns:
        page.addElement(table.TableColumn(stylename=looks.column(column.width)))
    big = looks.cell(fontweight="bold", fontsize="15pt", color=BRAND, wrapoption="no-wrap")
    for line, title in enumerate(sheet.titles):
        _row(page, [title], [looks.cell(wrapoption="no-wrap") if line else big])
    if sheet.titles:
        _row(page, [], [])
    header = table.TableHeaderRows()
    _headings(header, looks, sheet)
    page.addElement(header)
    forms = [
        "cents" if column.shown is Shown.EUROS and has_cents(sheet, rank) else column.shown.value
        for rank, column in enumerate(sheet.columns)
    ]
    plain = [looks.cell(form) for form in forms]
    for row in sheet.rows or ((),):
        _row(page, list(row), plain)
    if sheet.total is not None:
        closing = [looks.cell(form, fontweight="bold", backgroundcolor=TINT) for form in forms]
        _row(page, list(sheet.total), closing)
    if sheet.notes:
        _row(page, [], [])
    for note in sheet.notes:
        _row(page, [note], [looks.cell(fontstyle="italic", wrapoption="no-wrap")])


def _headings(page: Any, looks: _Looks, sheet: Sheet) -> None:
    if sheet.grouped:
        look = looks.cell(fontweight="bold", color=BRAND, backgroundcolor=TINT)
        held = {first: (last, label) for first, last, label in spans(sheet.columns)}
        line, covered = table.TableRow(), 0
        for rank in range(len(sheet.columns)):
            if rank in held:
                covered = held[rank][0] - rank
                merged = {"numbercolumnsspanned": covered + 1, "numberrowsspanned": 1}
                cell = table.TableCell(valuetype="string", stylename=look, **merged)
                cell.addElement(text.P(text=held[rank][1]))
            else:
                cell = table.CoveredTableCell() if covered > 0 else table.TableCell()
                covered -= 1
            line.addElement(cell)
        page.addElement(line)
    head = looks.cell(fontweight="bold", color="#FFFFFF", backgroundcolor=BRAND)
    labels: list[Cell] = [column.label for column in sheet.columns]
    _row(page, labels, [head] * len(labels))


def _row(page: Any, cells: list[Cell], looks: list[Any]) -> None:
    line = table.TableRow()
    for cell, look in zip(cells, looks, strict=False):
        line.addElement(_cell(cell, look))
    page.addElement(line)


def _cell(cell: Cell, look: Any) -> Any:
    given: dict[str, Any] = {"stylename": look}
    if isinstance(cell, Formula):
        given["formula"], cell = open_formula(cell.text), cell.value
    match cell:
        case str() if cell or "formula" in given:
            made = table.TableCell(valuetype="string", **given)
            for line in cell.split("\n"):
                made.addElement(text.P(text=line))
            return made
        case date():
            return table.TableCell(valuetype="date", datevalue=cell.isoformat(), **given)
        case int() | Decimal():
            kind = "float"
            return table.TableCell(valuetype=kind, value=str(cell), **given)
    return table.TableCell(**given)


def _explain(page: Any, looks: _Looks, sheet: Explained) -> None:
    for width in (34, 90):
        page.addElement(table.TableColumn(stylename=looks.column(width)))
    big = looks.cell(fontweight="bold", fontsize="15pt", color=BRAND)
    _row(page, [sheet.title], [big])
    _row(page, [], [])
    for label, words in sheet.lines:
        _row(page, [label, words], [looks.cell(fontweight="bold"), looks.cell()])


def _page(document: Any) -> Any:
    """Sheets print across, as wide as the paper."""
    layout = style.PageLayout(name="Across")
    size = {"pagewidth": "42cm", "pageheight": "29.7cm", "margin": "1.2cm"}
    inner = style.PageLayoutProperties(printorientation="landscape", **size)
    inner.setAttrNS(STYLENS, "scale-to-X", "1")
    inner.setAttrNS(STYLENS, "scale-to-Y", "0")
    layout.addElement(inner)
    document.automaticstyles.addElement(layout)
    document.masterstyles.addElement(style.MasterPage(name="Across", pagelayoutname=layout))
    made = style.Style(name="sheet", family="table", masterpagename="Across")
    made.addElement(style.TableProperties(display="true"))
    document.automaticstyles.addElement(made)
    return made


def _freeze(document: Any, book: Book) -> None:
    """Headings stay in sight: where LibreOffice keeps the state of a view."""
    views = config.ConfigItemMapIndexed(name="Views")
    view = config.ConfigItemMapEntry()
    view.addElement(config.ConfigItem(name="ViewId", type="string", text="view1"))
    tables = config.ConfigItemMapNamed(name="Tables")
    for sheet in book.sheets:
        if isinstance(sheet, Sheet):
            tables.addElement(_frozen(sheet))
    view.addElement(tables)
    views.addElement(view)
    held = config.ConfigItemSet(name="ooo:view-settings")
    held.addElement(views)
    document.settings.addElement(held)


def _frozen(sheet: Sheet) -> Any:
    entry = config.ConfigItemMapEntry(name=sheet.name)
    wanted = {
        "HorizontalSplitMode": ("short", "2" if sheet.fixed else "0"),
        "VerticalSplitMode": ("short", "2"),
        "HorizontalSplitPosition": ("int", str(sheet.fixed)),
        "VerticalSplitPosition": ("int", str(sheet.first)),
        "PositionRight": ("int", str(sheet.fixed)),
        "PositionBottom": ("int", str(sheet.first)),
    }
    for name, (kind, value) in wanted.items():
        entry.addElement(config.ConfigItem(name=name, type=kind, text=value))
    return entry
