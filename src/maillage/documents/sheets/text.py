"""The first sheet as rows of text, for Excel in French: semicolons, decimal commas."""

import csv
import io
from datetime import date
from decimal import Decimal

from maillage.documents.sheets.values import Book, Cell, Formula, Sheet

#: What a spreadsheet would compute: an apostrophe keeps it a text, and the import removes it.
_COMPUTED = ("=", "+", "-", "@")


def csv_book(book: Book) -> bytes:
    """UTF-8 with its mark. Values only: a text file computes nothing."""
    sheet = next(sheet for sheet in book.sheets if isinstance(sheet, Sheet))
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
