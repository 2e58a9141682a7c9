"""From the bytes of a mirror to a table an engine can scan: archives, encodings, headers."""

import codecs
import csv
import gzip
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, cast

import pyarrow as pa
import pyarrow.parquet as pq

from maillage.common.errors import InputError

HEAD = 1 << 16  # bytes enough for any header
_BLOCK = 1 << 20
_DELIMITERS = ";,\t|"
_TEXT = {".csv", ".txt", ".tsv"}
_WORKBOOKS = {".xlsx", ".xls", ".ods"}
_UTF8 = codecs.lookup("utf-8").incrementaldecoder


class Format(StrEnum):
    """How the bytes of a file are read, once out of their archive."""

    CSV = "csv"  # any delimited text
    PARQUET = "parquet"
    XLSX = "xlsx"
    OTHER = "other"  # geojson…: the layout opens it itself


@dataclass(frozen=True)
class Entry:
    """A file of a mirror, or a member of one of its zip archives. ``name`` is what people read."""

    path: Path
    name: str
    member: str | None = None

    @property
    def format(self) -> Format:
        name = self.name.lower().removesuffix(".gz")
        suffix = Path(name).suffix
        known = {".parquet": Format.PARQUET, ".xlsx": Format.XLSX}
        return Format.CSV if suffix in _TEXT else known.get(suffix, Format.OTHER)

    @property
    def is_workbook(self) -> bool:
        return Path(self.name.lower()).suffix in _WORKBOOKS


@dataclass(frozen=True)
class Header:
    """The first line of a table: its columns, and what a delimited text takes to read it."""

    columns: tuple[str, ...]
    delimiter: str = ""
    encoding: str = ""


@dataclass(frozen=True)
class PlainTable:
    """A table an engine can scan: UTF-8 csv with a header, or Parquet. ``name`` is for errors."""

    path: Path
    name: str
    header: Header

    @property
    def parquet(self) -> bool:
        return not self.header.delimiter


def entries_of(path: Path, name: str) -> list[Entry]:
    """The file itself, or the members of a zip archive. InputError if the archive is cut short."""
    if path.suffix.lower() != ".zip":
        return [Entry(path, name)]
    try:
        with zipfile.ZipFile(path) as archive:
            members = [item.filename for item in archive.infolist() if not item.is_dir()]
    except zipfile.BadZipFile as error:
        raise _broken_archive(name) from error
    return [Entry(path, f"{name}/{member}", member) for member in sorted(members)]


@contextmanager
def open_bytes(entry: Entry) -> Iterator[IO[bytes]]:
    """The bytes of an entry, out of its archive. InputError when the archive is damaged."""
    try:
        if entry.member is not None:
            with zipfile.ZipFile(entry.path) as archive, archive.open(entry.member) as stream:
                yield stream
        elif entry.path.suffix.lower() == ".gz":
            with gzip.open(entry.path) as unpacked:
                yield cast(IO[bytes], unpacked)
        else:
            with entry.path.open("rb") as stream:
                yield stream
    except (zipfile.BadZipFile, gzip.BadGzipFile, EOFError) as error:
        raise _broken_archive(entry.name) from error


def read_header(entry: Entry) -> Header:
    """Columns of a csv or Parquet entry. InputError when it is empty or unreadable."""
    if entry.format is Format.PARQUET:
        return Header(_parquet_columns(entry))
    with open_bytes(entry) as stream:
        head = stream.read(HEAD)
    if not head.strip():
        raise InputError(
            problem="le fichier est vide.",
            remedy="téléchargez-le de nouveau.",
            file=entry.name,
        )
    encoding = _encoding_of(head)
    text = head.decode(encoding, errors="ignore").lstrip("\ufeff")
    line = text.splitlines()[0]
    delimiter = max(_DELIMITERS, key=lambda mark: len(_split(line, mark)))
    return Header(tuple(cell.strip() for cell in _split(line, delimiter)), delimiter, encoding)


def plain_table(entry: Entry, header: Header, workdir: Path) -> PlainTable:
    """The entry as a table to scan, copied into ``workdir`` only when its bytes must change."""
    plain = entry
    if entry.member is not None or entry.path.suffix.lower() == ".gz":
        plain = Entry(_extract(entry, workdir), entry.name)
    path = plain.path
    if entry.format is Format.CSV and not (header.encoding == "utf-8" and _is_utf8(path)):
        path = _transcode(path, workdir, header.encoding)
    return PlainTable(path, entry.name, header)


def rows_of(table: PlainTable) -> Iterator[tuple[int, list[str]]]:
    """Rows of a table as text, each with its line (from 1, header included). Slow."""
    if table.parquet:
        for line, row in enumerate(_parquet_rows(table.path), start=2):
            yield line, ["" if cell is None else str(cell) for cell in row]
        return
    with table.path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream, delimiter=table.header.delimiter)
        next(reader, None)
        for cells in reader:
            if cells:
                yield reader.line_num, cells


def _parquet_rows(path: Path) -> Iterator[tuple[object, ...]]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches():
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def new_path(workdir: Path, suffix: str) -> Path:
    """A name nobody has taken in the folder of temporary files."""
    return workdir / f"{len(list(workdir.iterdir())):04d}{suffix}"


def _split(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


def _encoding_of(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        _UTF8().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _is_utf8(path: Path) -> bool:
    decoder = _UTF8()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            if block.isascii() and not decoder.getstate()[0]:
                continue
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                return False
    return True


def _extract(entry: Entry, workdir: Path) -> Path:
    path = new_path(workdir, Path(entry.name.removesuffix(".gz")).suffix)
    with open_bytes(entry) as source, path.open("wb") as target:
        while block := source.read(_BLOCK):
            target.write(block)
    return path


def _transcode(path: Path, workdir: Path, encoding: str) -> Path:
    """A copy in UTF-8; what only looked like UTF-8 at its beginning is cp1252."""
    known = "cp1252" if encoding == "utf-8" else encoding
    copy = new_path(workdir, path.suffix)
    with (
        path.open(encoding=known, errors="replace", newline="") as source,
        copy.open("w", encoding="utf-8", newline="") as target,
    ):
        while block := source.read(_BLOCK):
            target.write(block)
    return copy


def _parquet_columns(entry: Entry) -> tuple[str, ...]:
    try:
        with open_bytes(entry) as stream:
            source = io.BytesIO(stream.read()) if entry.member is not None else entry.path
        return tuple(pq.read_schema(source).names)
    except (OSError, pa.ArrowInvalid) as error:
        raise InputError(
            problem="le fichier Parquet est illisible ou incomplet.",
            remedy="téléchargez-le de nouveau.",
            file=entry.name,
        ) from error


def _broken_archive(name: str) -> InputError:
    return InputError(
        problem="l’archive est incomplète ou endommagée : le téléchargement s’est sans doute "
        "interrompu.",
        remedy="téléchargez-la de nouveau (« maillage fetch » reprend là où il s’est arrêté).",
        file=name,
    )
