"""Sheets as rows of text, for Excel in French: semicolons, decimal commas."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal

from maillage.documents.sheets.values import Book, Cell, Formula, Sheet

#: What a spreadsheet would compute: an apostrophe keeps it a text, and the import removes it.
_COMPUTED = ("=", "+", "-", "@")


def csv_book(book: Book) -> bytes:
    """UTF-8 with its mark. Values only: a text file computes nothing."""
    return _sheet(next(sheet for sheet in book.sheets if isinstance(sheet, Sheet)))


def csv_archive(book: Book) -> bytes:
    """Every table as such a file, of the name of its sheet, in one archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for sheet in book.sheets:
            if isinstance(sheet, Sheet):
                entry = zipfile.ZipInfo(f"{sheet.name}.csv", (1980, 1, 1, 0, 0, 0))
                made.writestr(entry, _sheet(sheet), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _sheet(sheet: Sheet) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.label for column in sheet.columns])
    writer.writerows([_text(cell) for cell in row] for row in sheet.rows)
    return stream.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str:
    value = cell.value if isinstance(cell, Formula) else cell
    match value:
        case None:
            return ""
        case date():
            return f"{value:%d/%m/%Y}"
        case Decimal():
            return f"{value:f}".replace(".", ",")
        case str() if value.startswith(_COMPUTED):
            return f"'{value}"
    return str(value)
