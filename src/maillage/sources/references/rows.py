"""The rows of a small file as text, whatever its container: delimited text, workbook, JSON."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath

from python_calamine import CalamineError, CalamineWorkbook

from maillage.common.errors import InputError
from maillage.sources.opening import Entry, open_bytes

Rows = list[list[str]]


def sheets_of(entry: Entry) -> list[Rows]:
    """Rows of each sheet, header and titles included; none for a kind of file read elsewhere.

    InputError when the file cannot be read.
    """
    read = _READERS.get(PurePosixPath(entry.name.lower().removesuffix(".gz")).suffix)
    if read is None:
        return []
    with open_bytes(entry) as stream:
        content = stream.read()
    try:
        return list(read(content))
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


def _delimited(content: bytes) -> Iterator[Rows]:
    text = _text(content)
    delimiter = max(";,\t|", key=text[:4096].count)
    yield list(csv.reader(io.StringIO(text), delimiter=delimiter))


def _workbook(content: bytes) -> Iterator[Rows]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for sheet in book.sheet_names:
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        yield [[_cell(value) for value in row] for row in rows]


def _cell(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _json(content: bytes) -> Iterator[Rows]:
    """Properties of the features of a GeoJSON, or the objects of a list."""
    data = json.loads(_text(content))
    items = data.get("features", ()) if isinstance(data, dict) else data
    records = [record for item in items for record in _flat(item.get("properties", item))]
    header = list(dict.fromkeys(key for record in records for key in record))
    cells = [["" if (v := r.get(key)) is None else str(v) for key in header] for r in records]
    yield [header, *cells]


def _flat(record: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """A record; or, for a unit that lists its members, one record a member (« membres.code »)."""
    for key, value in record.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            unit = {name: cell for name, cell in record.items() if name != key}
            for member in value:
                yield unit | {f"{key}.{name}": cell for name, cell in member.items()}
            return
    yield dict(record)


_READERS: dict[str, Callable[[bytes], Iterator[Rows]]] = {
    ".csv": _delimited,
    ".txt": _delimited,
    ".tsv": _delimited,
    ".xlsx": _workbook,
    ".xls": _workbook,
    ".json": _json,
    ".geojson": _json,
}
