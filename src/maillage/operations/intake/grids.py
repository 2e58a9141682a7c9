"""The sheets of a workbook as grids of values, whatever program wrote them."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from string import ascii_uppercase

from python_calamine import CalamineError, CalamineWorkbook

from maillage.common.errors import InputError
from maillage.common.files import byte_size

Value = str | float | date | None

LARGEST = 10_000_000  # bytes of a file
UNPACKED = 200_000_000  # bytes of what a workbook holds, so that a small file cannot fill memory
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 60, 5_000, 200
_PACKED = (".xlsx", ".ods", ".xlsm")


@dataclass(frozen=True)
class Grid:
    """One sheet: rows of equal length; ``merged`` holds first row, first column, last row, last
    column of each block of merged cells, from 0."""

    sheet: str
    rows: tuple[tuple[Value, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()

    def at(self, row: int, column: int) -> Value:
        return self.rows[row][column]

    def place(self, row: int, column: int) -> str:
        """« Axe 1, cellule C12 », as the program that wrote it calls it."""
        return f"{self.sheet}, cellule {letters(column)}{row + 1}"


def letters(column: int) -> str:
    """0 is A, 26 is AA."""
    text = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = ascii_uppercase[rest] + text
    return text


def read_grids(data: bytes, name: str) -> tuple[Grid, ...]:
    """Every sheet that holds something, of an xlsx, ods or csv file, or of an archive of csv.

    InputError, in French, when the file is empty, too large, or of another kind.
    """
    if not data:
        raise InputError(
            problem="ce fichier est vide.", remedy="choisissez-en un autre.", file=name
        )
    if len(data) > LARGEST:
        raise InputError(
            problem=f"ce fichier dépasse {byte_size(LARGEST)}.",
            remedy="retirez-en les images et les feuilles inutiles.",
            file=name,
        )
    suffix = name[name.rfind(".") :].lower()
    if suffix in _PACKED:
        _check_packing(data, name)
        return _of_workbook(data, name)
    if suffix == ".zip":
        _check_packing(data, name)
        return _of_archive(data, name)
    if suffix in (".csv", ".txt"):
        return (Grid("Tableau", _even(_csv_rows(data, name))),)
    raise InputError(
        problem="ce fichier n’est pas un tableau que l’on sait lire.",
        remedy="enregistrez-le au format .xlsx, .ods ou .csv, ou rassemblez ses CSV en un .zip.",
        file=name,
    )


def _check_packing(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(item.file_size for item in packed.infolist())
    except zipfile.BadZipFile as error:
        raise _unreadable(name) from error
    if size > UNPACKED:
        raise InputError(
            problem=f"ce classeur occupe {byte_size(size)} une fois ouvert.",
            remedy="supprimez les lignes et les feuilles inutiles.",
            file=name,
        )


def _of_archive(data: bytes, name: str) -> tuple[Grid, ...]:
    """Each CSV is a sheet of the name of its file; the rest of the archive is not read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            held = [item for item in packed.infolist() if item.filename.lower().endswith(".csv")]
            if not 0 < len(held) <= MOST_SHEETS:
                raise InputError(
                    problem=f"cette archive n’a pas entre 1 et {MOST_SHEETS} fichiers CSV.",
                    remedy="rassemblez-y les tableaux du portefeuille.",
                    file=name,
                )
            texts = [(PurePosixPath(item.filename).stem, packed.read(item)) for item in held]
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:  # or ciphered
        raise _unreadable(name) from error
    grids = [Grid(title.strip(), _even(_csv_rows(text, name))) for title, text in texts]
    return tuple(grid for grid in grids if grid.rows)


def _of_workbook(data: bytes, name: str) -> tuple[Grid, ...]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        if len(workbook.sheet_names) > MOST_SHEETS:
            raise InputError(
                problem=f"ce classeur a plus de {MOST_SHEETS} feuilles.",
                remedy="gardez celles des opérations.",
                file=name,
            )
        grids = [_grid(workbook, sheet, name) for sheet in workbook.sheet_names]
    except CalamineError as error:
        raise _unreadable(name) from error
    return tuple(grid for grid in grids if grid.rows)


def _grid(workbook: CalamineWorkbook, title: str, name: str) -> Grid:
    sheet = workbook.get_sheet_by_name(title)
    if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
        raise InputError(
            problem=f"« {title} » dépasse {MOST_ROWS} lignes ou {MOST_COLUMNS} colonnes.",
            remedy="supprimez les lignes et les colonnes vides mises en forme.",
            file=name,
        )
    rows = [[_value(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    merged = tuple(
        (top, left, bottom, right)
        for (top, left), (bottom, right) in (sheet.merged_cell_ranges or ())
    )
    return Grid(title.strip(), _even(rows), merged)


def _value(cell: object) -> Value:
    """Dates without their hour; booleans as people say them; texts trimmed, none when blank."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, int | float):
        return float(cell)
    return str(cell).replace("\xa0", " ").strip() or None


def _csv_rows(data: bytes, name: str) -> list[list[Value]]:
    if b"\0" in data:
        raise _unreadable(name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    first = text[:20_000]
    delimiter = max(";\t,", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise _unreadable(name) from error
    if len(rows) > MOST_ROWS or max(map(len, rows), default=0) > MOST_COLUMNS:
        raise InputError(
            problem=f"ce tableau dépasse {MOST_ROWS} lignes ou {MOST_COLUMNS} colonnes.",
            remedy="gardez les lignes et les colonnes des opérations.",
            file=name,
        )
    return [[_value(_bare(cell)) for cell in row] for row in rows]


def _bare(text: str) -> str:
    """Without the apostrophe that keeps a text from being taken for a formula."""
    return text[1:] if re.match(r"'[=+\-@]", text) else text


def _even(rows: Iterable[Sequence[Value]]) -> tuple[tuple[Value, ...], ...]:
    """Rows of one length; nothing when all is blank."""
    kept = [tuple(row) for row in rows]
    width = max(map(len, kept), default=0)
    if not any(value is not None for row in kept for value in row):
        return ()
    return tuple(row + (None,) * (width - len(row)) for row in kept)


def _unreadable(name: str) -> InputError:
    return InputError(
        problem="ce fichier est illisible ou incomplet.",
        remedy="ouvrez-le dans votre tableur, enregistrez-le au format .xlsx, puis recommencez.",
        file=name,
    )
