"""A file that someone sends, as rows of cells: csv in the encodings and separators of
spreadsheets, or a workbook. Whatever it holds, reading it takes a bounded time and memory."""

import csv
import io
import re
import struct
import zipfile
import zlib
from collections import Counter

from python_calamine import CalamineError, CalamineWorkbook

from maillage.common.errors import InputError
from maillage.common.files import byte_size

MAX_BYTES = 2_000_000
MAX_ROWS = 40_000
MAX_COLUMNS = 200
MAX_CELL = 500  # characters kept of a cell
MAX_UNPACKED = 30_000_000  # bytes of a workbook once unpacked
MAX_PARTS = 300
_SEPARATORS = ";\t,|"
#: What reading a damaged or locked archive raises.
_DAMAGED = (
    *(CalamineError, zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, OSError, RuntimeError, ValueError),
)
_UNPACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # ways that workbooks are packed
_OTHER_KINDS = {"xl/workbook.bin", "content.xml"}
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([^\"']*)[\"']")
_CELL = re.compile(rb"([A-Za-z]{1,3})?(\d{1,7})")
_FORMS = "envoyez un fichier .csv ou .xlsx."


def uploaded_rows(name: str, content: bytes) -> list[list[str]]:
    """The rows of a csv, or of the first sheet of a workbook.

    InputError, in French, when the file is empty, too large, damaged, or of another kind.
    """
    file = name[:80]
    if len(content) > MAX_BYTES:
        raise too_large(file)
    if not content.strip():
        raise InputError(problem="ce fichier est vide.", remedy=_FORMS, file=file)
    rows = _workbook(file, content) if content[:4] == b"PK\x03\x04" else _csv(file, content)
    if len(rows) > MAX_ROWS or max(map(len, rows), default=0) > MAX_COLUMNS:
        raise _too_long(file)
    return rows


def too_large(file: str) -> InputError:
    """Also for those whose size is told before they come."""
    return InputError(
        problem=f"ce fichier dépasse {byte_size(MAX_BYTES)}.",
        remedy="n’en gardez que la colonne des codes.",
        file=file,
    )


def _too_long(file: str) -> InputError:
    return InputError(
        problem="ce fichier a trop de lignes ou de colonnes.",
        remedy="n’en gardez que la colonne des codes.",
        file=file,
    )


def _csv(file: str, content: bytes) -> list[list[str]]:
    text = _decoded(file, content)
    head = text[:20_000].splitlines()[:50]
    counts = {mark: Counter(line.count(mark) for line in head if line) for mark in _SEPARATORS}
    mark = max(_SEPARATORS, key=lambda mark: _steady(counts[mark]))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append([cell[:MAX_CELL] for cell in row])
            if len(rows) > MAX_ROWS or len(row) > MAX_COLUMNS:
                raise _too_long(file)
    except csv.Error as error:
        raise InputError(
            problem="ce fichier csv est mal formé.",
            remedy="enregistrez-le de nouveau depuis votre tableur.",
            file=file,
            line=reader.line_num,
        ) from error
    return rows


def _steady(counts: Counter[int]) -> tuple[bool, int]:
    """A separator comes as often on most lines; then the more often the better."""
    count, lines = counts.most_common(1)[0] if counts else (0, 0)
    return count > 0 and 2 * lines > counts.total(), count * lines


def _decoded(file: str, content: bytes) -> str:
    """UTF-8 or UTF-16 when the file says so, else UTF-8, else Windows’ Western alphabet."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    strange = sum(c < " " and c not in "\t\r\n\f" for c in text) + text.count("\ufffd")
    if strange > len(text) / 100 or "\0" in text:
        raise InputError(problem="ce fichier n’est pas un tableau.", remedy=_FORMS, file=file)
    return text


def _workbook(file: str, content: bytes) -> list[list[str]]:
    try:
        _refuse_trap(file, content)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = workbook.get_sheet_by_index(0).to_python()
    except _DAMAGED as error:
        raise InputError(
            problem="ce classeur est illisible ou incomplet.",
            remedy="enregistrez-le de nouveau au format .xlsx, ou en .csv.",
            file=file,
        ) from error
    return [[_text(cell)[:MAX_CELL] for cell in row] for row in rows]


def _refuse_trap(file: str, content: bytes) -> None:
    """Before anything is unpacked in memory: sizes as told, then true; then cells far away, which
    a sheet of a few bytes may hold."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if "xl/workbook.xml" not in names or names & _OTHER_KINDS:
            raise InputError(problem="ce fichier n’est pas un classeur.", remedy=_FORMS, file=file)
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise _too_long(file)
        packed = {part.compress_type for part in parts}
        if not packed <= set(_UNPACKED) or archive.testzip() is not None:
            raise zipfile.BadZipFile
        for part in parts:
            if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                _refuse_far_cells(file, archive.read(part))


def _refuse_far_cells(file: str, sheet: bytes) -> None:
    for match in _REFERENCE.finditer(sheet):
        cell = _CELL.fullmatch(match[1].strip())
        if cell is None:
            raise zipfile.BadZipFile
        if int(cell[2]) > MAX_ROWS or _column(cell[1] or b"") > MAX_COLUMNS:
            raise _too_long(file)


def _column(letters: bytes) -> int:
    """« A » is 1, « AA » 27."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number


def _text(cell: object) -> str:
    """Whole numbers without the « .0 » that workbooks give them."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
