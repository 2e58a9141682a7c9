"""The figures of a whole mesh as a file that is written while it is computed.

One row a figure, so that each has its unit, its state and its source: what a pivot table, R or
pandas want. Memory holds a few thousand rows, never the whole.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from maillage.documents.formats import CSV, EXCEL_CSV, PARQUET, XLSX, Format
from maillage.documents.tables.facts import ESTIMATED, FICTIONAL, file_text
from maillage.documents.tables.names import stem
from maillage.documents.tables.values import Column, Fact, Kind, Measure, Row, Table, Workbook
from maillage.documents.writers.parquet import parquet_rows, parquet_schema
from maillage.documents.writers.text_rows import armoured, excel_lines, plain_lines
from maillage.documents.writers.xlsx import MOST_ROWS, too_many_rows, xlsx_stream
from maillage.engine.edition import Edition
from maillage.observatory.answers.mesh_figures import FileOfFigures, UnitFigure
from maillage.observatory.whole_mesh import Sought, expected, files_of, whole_mesh

T = TypeVar("T")
COLUMNS = (
    Column("territory", "Code", Kind.CODE),
    Column("name", "Territoire"),
    Column("flow", "Flux"),
    Column("year", "Année", Kind.YEAR),
    Column("indicator_id", "Code de l’indicateur", Kind.CODE),
    Column("indicator", "Indicateur"),
    Column("value", "Valeur", Kind.NUMBER),
    Column("unit", "Unité"),
    Column("status", "État"),
    Column("grade", "Précision"),
    Column("error", "Erreur type", Kind.NUMBER),
    Column("unmeasured", "Pourquoi la précision manque"),
    Column("universe", "Champ"),
    Column("source", "Source"),
)
ROWS = 8192  # written together
CHUNK = 1 << 18
BATCH_FORMATS = {format.id: format for format in (CSV, EXCEL_CSV, XLSX, PARQUET)}


def batch_workbook(edition: Edition, sought: Sought) -> Workbook:
    """The head of the file: its name, its columns, its facts; rows come apart."""
    level = edition.geography.mesh(sought.level)
    title = f"{level.label} : flux et indicateurs"
    status = [FICTIONAL] * edition.fictional
    facts = (
        Fact("mesh", "Maille", f"{level.label}, {level.year}"),
        Fact("geography", "Géographie", f"communes au 1er janvier {edition.geography.cog}"),
        Fact("status", "Statut", " ".join(status)),
        Fact("edition", "Millésime de Maillage", edition.id),
    )
    name = stem("export-" + "-".join([sought.level, *_slugs(edition, sought)]), year=_years(sought))
    table = Table("main", title, COLUMNS, ())
    return Workbook(name, title, (table,), tuple(fact for fact in facts if fact.value))


def _slugs(edition: Edition, sought: Sought) -> list[str]:
    cards = edition.catalog.flows
    slugs = [cards[flow].slug if flow in cards else flow for flow in sought.flows]
    return slugs if len(slugs) < 3 else ["flux"]


def _years(sought: Sought) -> str:
    years = sorted(sought.years)
    return "-".join(map(str, [years[0], years[-1]] if len(years) > 2 else years))


def batch_rows(figures: Iterable[UnitFigure], files: Iterable[FileOfFigures]) -> Iterator[Row]:
    read = {(file.flow, file.year): (file.title, _source(file)) for file in files}
    for one in figures:
        title, source = read[one.flow, one.year]
        yield (
            one.id,
            one.name,
            title,
            one.year,
            one.indicator,
            one.title,
            Measure(one.value, one.unit, one.decimals),
            one.unit_label,
            one.status,
            one.precision.grade,
            one.precision.standard_error,
            one.precision.why_label,
            one.universe,
            source,
        )


def _source(file: FileOfFigures) -> str:
    said = [ESTIMATED] * file.source.estimated + [FICTIONAL] * file.source.fictional
    return " ".join([f"{' ; '.join(map(file_text, file.source.files))}.", *said])


def batch_bytes(edition: Edition, sought: Sought, format: Format) -> Iterator[bytes]:
    """The file, piece after piece. Errors come before the first piece."""
    rows = batch_rows(whole_mesh(edition, sought), files_of(edition, sought))
    workbook = batch_workbook(edition, sought)
    if format is CSV:
        return _joined(plain_lines(COLUMNS, rows))
    if format is EXCEL_CSV:
        mesh = edition.geography.mesh(sought.level)
        codes = [(f"{mesh.prefix}{code}", *(None,) * 3, "") for code in mesh.codes]
        armour = armoured(COLUMNS[:5], codes)
        return _joined(excel_lines(COLUMNS, rows, armour))
    if format is XLSX and expected(edition, sought) > MOST_ROWS:
        raise too_many_rows()
    write = _write_xlsx if format is XLSX else _write_parquet
    return _from_disk(lambda sink: write(workbook, rows, sink))


def write_batch(edition: Edition, sought: Sought, format: Format, path: Path) -> None:
    """The same on a disk, whole or absent."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as sink:
            for piece in batch_bytes(edition, sought, format):
                sink.write(piece)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _joined(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Lines by thousands: a line is too small a piece to send."""
    for some in _batches(lines, ROWS):
        yield b"".join(some)


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    coming = iter(items)
    while some := list(islice(coming, size)):
        yield some


def _from_disk(fill: Callable[[BinaryIO], None]) -> Iterator[bytes]:
    """Formats that are written out of order: first on a disk, then sent."""
    with tempfile.TemporaryFile() as sink:
        fill(sink)
        sink.seek(0)
        while piece := sink.read(CHUNK):
            yield piece


def _write_xlsx(workbook: Workbook, rows: Iterator[Row], sink: BinaryIO) -> None:
    xlsx_stream(workbook, rows, sink)


def _write_parquet(workbook: Workbook, rows: Iterator[Row], sink: BinaryIO) -> None:
    schema = parquet_schema(COLUMNS, workbook.title, workbook.facts)
    with pq.ParquetWriter(pa.PythonFile(sink, mode="w"), schema, compression="zstd") as writer:
        for some in _batches(rows, ROWS):
            writer.write_table(parquet_rows(schema, some))
