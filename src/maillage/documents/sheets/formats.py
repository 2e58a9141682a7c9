"""The formats of workbooks that compute, by the word that stands in an address."""

from collections.abc import Callable, Mapping

from maillage.documents.formats import EXCEL_CSV, ODS, XLSX, Format
from maillage.documents.sheets.ods import ods_book
from maillage.documents.sheets.text import csv_archive, csv_book
from maillage.documents.sheets.values import Book
from maillage.documents.sheets.xlsx import xlsx_book

LIVE_XLSX = Format(XLSX.id, XLSX.suffix, XLSX.mime, "Classeur XLSX", "les formules calculent", True)
TEXT = Format("csv", ".csv", EXCEL_CSV.mime, "CSV", "les opérations seules")
TABLES = Format("zip", ".zip", "application/zip", "Tableaux CSV", "un fichier par feuille", True)
WRITERS: Mapping[Format, Callable[[Book], bytes]] = {
    LIVE_XLSX: xlsx_book,
    ODS: ods_book,
    TEXT: csv_book,
    TABLES: csv_archive,
}
SHEET_FORMATS: Mapping[str, Format] = {format.id: format for format in WRITERS}


def written_book(book: Book, format: Format) -> bytes:
    return WRITERS[format](book)
