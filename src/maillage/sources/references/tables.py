"""Reads a small table of official text, wherever its header stands and whatever its container."""

import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePath

import pyarrow.parquet as pq
from python_calamine import CalamineWorkbook

from maillage.catalog.cards import SourceCard, VintageFrom
from maillage.common.errors import InputError

Rows = list[list[str]]
#: A header stands among the first lines: Insee workbooks have five lines of titles above it.
HEADER_LINES = 12


@dataclass(frozen=True, eq=False)
class RawFile:
    """The rows of each sheet (or archive member) of a file, as text, titles included."""

    path: Path
    name: str

    @cached_property
    def sheets(self) -> tuple[Rows, ...]:
        """InputError when the file cannot be opened."""
        try:
            return tuple(_sheets(self.path.name, self.path.read_bytes()))
        except (OSError, EOFError, ValueError, zipfile.BadZipFile, csv.Error) as error:
            raise InputError(
                problem=f"fichier illisible ({error}).",
                remedy="téléchargez-le de nouveau.",
                file=self.name,
            ) from error


@dataclass(frozen=True, eq=False)
class Table:
    """The columns a card asks for, by role, cells stripped of blanks, in file order."""

    file: str
    card: SourceCard
    year: int
    first_line: int  # line of the first row, from 1
    columns: Mapping[str, list[str]]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), []))

    def __getitem__(self, role: str) -> list[str]:
        """Cells of a role; empty texts when the file has no such column."""
        return self.columns.get(role, self._nothing)

    @cached_property
    def _nothing(self) -> list[str]:
        return [""] * len(self)

    def fault(self, row: int, role: str, problem: str, remedy: str) -> InputError:
        """An error that names the line and the value at fault."""
        value = self[role][row]
        return InputError(problem, remedy, self.file, self.first_line + row, role, value)


def read_table(raw: RawFile, card: SourceCard, required: tuple[str, ...]) -> Table | None:
    """The table of the first sheet that has every required role of the card, else None."""
    for rows in raw.sheets:
        for line, header in enumerate(rows[:HEADER_LINES]):
            roles = _roles(card, header)
            if all(role in roles for role in required):
                body = [row for row in rows[line + 1 :] if any(cell.strip() for cell in row)]
                return Table(
                    file=raw.name,
                    card=card,
                    year=_vintage(card, raw.name, header, rows[:line]),
                    first_line=line + 2,
                    columns={role: _column(body, at) for role, at in roles.items()},
                )
    return None


def _roles(card: SourceCard, header: list[str]) -> dict[str, int]:
    names = [cell.strip().lstrip("\ufeff") for cell in header]
    found = {}
    for role, pattern in card.columns.items():
        at = [i for i, name in enumerate(names) if re.search(pattern, name)]
        if at:
            found[role] = at[0]
    return found


def _column(rows: Rows, at: int) -> list[str]:
    return [row[at].strip() if at < len(row) else "" for row in rows]


def _vintage(card: SourceCard, name: str, header: list[str], titles: Rows) -> int:
    rule = card.vintage
    places = {
        VintageFrom.COLUMN: header,
        VintageFrom.FILENAME: [PurePath(name).name],
        VintageFrom.TITLE: [cell for row in titles for cell in row],
    }
    for text in places.get(rule.where, []):
        if found := re.search(rule.pattern, text):
            return int(found["year"])
    if rule.year is not None:
        return rule.year
    raise InputError(
        problem="le millésime de ce fichier est introuvable.",
        remedy="rendez au fichier le nom sous lequel il est publié, ou fixez « year » "
        f"dans la fiche « {card.id} ».",
        file=name,
    )


def _sheets(name: str, content: bytes) -> Iterator[Rows]:
    suffix = PurePath(name).suffix.lower()
    if suffix == ".gz":
        yield from _sheets(name[:-3], gzip.decompress(content))
    elif suffix == ".zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in sorted(archive.namelist()):
                yield from _sheets(member, archive.read(member))
    elif suffix in _READERS:
        yield from _READERS[suffix](content)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _delimited(content: bytes) -> Iterator[Rows]:
    text = _text(content)
    head = text[:4096]
    delimiter = max(";,\t|", key=head.count)
    yield list(csv.reader(io.StringIO(text), delimiter=delimiter))


def _workbook(content: bytes) -> Iterator[Rows]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for sheet in book.sheet_names:
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        yield [[_cell(value) for value in row] for row in rows]


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _json(content: bytes) -> Iterator[Rows]:
    data = json.loads(_text(content))
    features = data["features"] if isinstance(data, dict) and "features" in data else data
    records = [_flat(item) for item in features] if isinstance(features, list) else []
    yield _from_records([record for group in records for record in group])


def _flat(item: Mapping[str, object]) -> list[dict[str, object]]:
    """A feature's properties; or, for a unit that lists its members, one record a member."""
    record = dict(item.get("properties") or item)  # type: ignore[call-overload]
    for key, value in record.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            unit = {k: v for k, v in record.items() if k != key}
            return [{**unit, **{f"{key}.{k}": v for k, v in part.items()}} for part in value]
    return [record]


def _parquet(content: bytes) -> Iterator[Rows]:
    yield _from_records(pq.read_table(io.BytesIO(content)).to_pylist())


def _from_records(records: list[dict[str, object]]) -> Rows:
    header = list(dict.fromkeys(key for record in records for key in record))
    cells = [["" if (v := r.get(key)) is None else str(v) for key in header] for r in records]
    return [header, *cells]


_READERS: dict[str, Callable[[bytes], Iterator[Rows]]] = {
    ".csv": _delimited,
    ".txt": _delimited,
    ".tsv": _delimited,
    ".xlsx": _workbook,
    ".xls": _workbook,
    ".json": _json,
    ".geojson": _json,
}
