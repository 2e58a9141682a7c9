"""The rows of a small file as text, whatever its container: delimited text, workbook, JSON."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from maillage.common.errors import InputError
from maillage.sources.opening import Entry, open_bytes

Rows = list[list[str]]


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sheet: its first rows, titles and header included, and all of them when asked."""

    head: Rows
    rows: Callable[[], Rows]


def sheets_of(entry: Entry, head: int) -> list[Sheet]:
    """Sheets with their ``head`` first rows; none for a kind of file that is read elsewhere.

    InputError when the file cannot be read.
    """
    read = _READERS.get(PurePosixPath(entry.name.lower().removesuffix(".gz")).suffix)
    if read is None:
        return []
    with open_bytes(entry) as stream:
        content = stream.read()
    try:
        return list(read(content, head))
    except (ValueError, csv.Error, CalamineError) as error:
        raise InputError(
            problem=f"fichier illisible ({error}).",
            remedy="téléchargez-le de nouveau.",
            file=entry.name,
        ) from error


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _whole(rows: Rows, head: int) -> Sheet:
    return Sheet(rows[:head], lambda: rows)


def _delimited(content: bytes, head: int) -> Iterator[Sheet]:
    text = _text(content)
    delimiter = max(";,\t|", key=text[:4096].count)
    yield _whole(list(csv.reader(io.StringIO(text), delimiter=delimiter)), head)


def _workbook(content: bytes, head: int) -> Iterator[Sheet]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        yield Sheet(_cells(sheet, head), partial(_cells, sheet))


def _cells(sheet: CalamineSheet, count: int | None = None) -> Rows:
    rows = sheet.to_python(skip_empty_area=False, nrows=count)
    return [[_cell(value) for value in row] for row in rows]


def _cell(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _json(content: bytes, head: int) -> Iterator[Sheet]:
    """Properties of the features of a GeoJSON, or the objects of a list."""
    data = json.loads(_text(content))
    items = data.get("features") if isinstance(data, dict) else data
    objects = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    records = [record for item in objects for record in _flat(item.get("properties") or item)]
    header = list(dict.fromkeys(key for record in records for key in record))
    cells = [["" if (v := r.get(key)) is None else str(v) for key in header] for r in records]
    yield _whole([header, *cells], head)


def _flat(record: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """A record; or, for a unit that lists its members, one record a member (« membres.code »)."""
    for key, value in record.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            unit = {name: cell for name, cell in record.items() if name != key}
            for member in value:
                yield unit | {f"{key}.{name}": cell for name, cell in member.items()}
            return
    yield dict(record)


_READERS: dict[str, Callable[[bytes, int], Iterator[Sheet]]] = {
    ".csv": _delimited,
    ".txt": _delimited,
    ".tsv": _delimited,
    ".xlsx": _workbook,
    ".xls": _workbook,
    ".json": _json,
    ".geojson": _json,
}
