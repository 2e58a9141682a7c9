"""The formats answers are given in, by the word that stands in an address."""

from collections.abc import Callable
from dataclasses import dataclass

from maillage.documents.geo.geojson import geojson
from maillage.documents.geo.geopackage import geopackage
from maillage.documents.geo.layers import Atlas
from maillage.documents.geo.qgis_bundle import qgis_bundle
from maillage.documents.tables.values import Workbook, flat
from maillage.documents.writers.json_text import json_text
from maillage.documents.writers.ods import ods
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
ODS = Format(
    "ods",
    ".ods",
    "application/vnd.oasis.opendocument.spreadsheet",
    "Classeur ODS",
    "pour LibreOffice",
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
    ODS: ods,
    EXCEL_CSV: lambda workbook: excel_csv(flat(workbook)),
    CSV: lambda workbook: plain_csv(flat(workbook)),
    JSON: json_text,
    PARQUET: parquet,
}
_ZIP = "application/zip"
QGIS = Format("qgis.zip", "_qgis.zip", _ZIP, "Projet QGIS", "prêt à ouvrir", packed=True)
GPKG = Format(
    "gpkg", ".gpkg", "application/geopackage+sqlite3", "GeoPackage", "styles compris", packed=True
)
GEOJSON = Format("geojson", ".geojson", "application/geo+json", "GeoJSON", "pour le web")
MAPPERS: dict[Format, Callable[[Atlas], bytes]] = {
    QGIS: qgis_bundle,
    GPKG: geopackage,
    GEOJSON: geojson,
}
TABLE_FORMATS = {format.id: format for format in WRITERS}
MAP_FORMATS = {format.id: format for format in MAPPERS}


def written(workbook: Workbook, format: Format) -> bytes:
    """The bytes of a file of tables."""
    return WRITERS[format](workbook)


def mapped(atlas: Atlas, format: Format) -> bytes:
    """The bytes of a file of layers."""
    return MAPPERS[format](atlas)


SVG = Format("svg", ".svg", "image/svg+xml", "Image SVG", "à agrandir ou à retoucher")
PNG = Format("png", ".png", "image/png", "Image PNG", "pour une présentation", packed=True)
A3 = Format("a3.pdf", "_a3.pdf", "application/pdf", "Page A3 en PDF", "à imprimer", packed=True)
PICTURE_FORMATS = {format.id: format for format in (A3, PNG, SVG)}
