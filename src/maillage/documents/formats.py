"""The formats an answer’s tables are given in, by the word that stands in an address."""

from collections.abc import Callable
from dataclasses import dataclass

from maillage.documents.tables.values import Workbook, flat
from maillage.documents.writers.json_text import json_text
from maillage.documents.writers.parquet import parquet
from maillage.documents.writers.text_rows import excel_csv, plain_csv
from maillage.documents.writers.xlsx import xlsx


@dataclass(frozen=True)
class Format:
    """``id`` stands in addresses, ``suffix`` ends the name of the file; ``packed``: zipped already.

    ``label`` and ``hint`` are French: what it is, for whom.
    """

    id: str
    suffix: str
    mime: str
    label: str
    hint: str
    packed: bool = False


CSV = Format("csv", ".csv", "text/csv; charset=utf-8", "CSV", "pour un programme")
EXCEL_CSV = Format(
    "excel.csv", "_excel.csv", "text/csv; charset=utf-8", "CSV pour Excel", "s’ouvre d’un clic"
)
XLSX = Format(
    "xlsx",
    ".xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "Classeur XLSX",
    "avec ses sources",
    packed=True,
)
PARQUET = Format(
    "parquet",
    ".parquet",
    "application/vnd.apache.parquet",
    "Parquet",
    "pour l’analyse",
    packed=True,
)
JSON = Format("json", ".json", "application/json", "JSON", "pour un programme")

WRITERS: dict[Format, Callable[[Workbook], bytes]] = {
    XLSX: xlsx,
    EXCEL_CSV: lambda workbook: excel_csv(flat(workbook)),
    CSV: lambda workbook: plain_csv(flat(workbook)),
    JSON: json_text,
    PARQUET: parquet,
}
TABLE_FORMATS = {format.id: format for format in WRITERS}


def written(workbook: Workbook, format: Format) -> bytes:
    """The bytes of the file."""
    return WRITERS[format](workbook)
