"""The slow second look at a file an engine could not read: the faulty line, or a clean copy.

Engines read fast and tell badly. When one gives up, a single pass row by row either names the
line, column and value at fault, or finds that the file only writes its numbers otherwise (decimal
comma, spaces between thousands) or its lines (mixed ends), and copies it the plain way.
"""

import csv
import math
from collections.abc import Iterable
from pathlib import Path

from maillage.common.errors import InputError
from maillage.common.french import counted
from maillage.sources.opening import Header, PlainTable, new_path, rows_of

_SPACES = dict.fromkeys(map(ord, " \u00a0\u202f\u2009"))
LARGEST = 1e9  # beyond, sums of millionths would no longer be exact


def number_of(text: str) -> float:
    """A number as French and English files write it. ValueError if the text is none."""
    if "_" in text:
        raise ValueError(text)
    return float(text.strip().translate(_SPACES).replace(",", "."))


def no_rows(name: str) -> InputError:
    """The error to raise on a file that ends with its header."""
    return InputError(
        problem="le fichier n’a aucune ligne après son en-tête.",
        remedy="téléchargez-le de nouveau, ou vérifiez ce qui l’a produit.",
        file=name,
    )


def clean_copy(
    table: PlainTable, columns: Iterable[str], weight: str, workdir: Path
) -> tuple[PlainTable, tuple[str, ...]]:
    """A copy of ``columns`` with plain numbers in ``weight``, and what had to be rewritten.

    Raises InputError at the first line with a missing or extra cell, or whose weight is no
    number, or is negative or infinite.
    """
    kept = tuple(columns)
    at = [table.header.columns.index(name) for name in kept]
    path = new_path(workdir, ".csv")
    commas = spaces = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";", lineterminator="\n")
        writer.writerow(kept)
        for line, row in rows_of(table):
            _check_width(table, line, row)
            cells = [row[i] for i in at]
            text = row[table.header.columns.index(weight)]
            cells[kept.index(weight)] = repr(_weight(table, weight, line, text))
            commas += "," in text
            spaces += len(text.strip().split()) > 1
            writer.writerow(cells)
    notes = ((commas, "une virgule décimale"), (spaces, "des espaces entre les milliers"))
    told = tuple(
        f"{counted(count, 'nombre')} de la colonne « {weight} » avec {what} : relus comme tels."
        for count, what in notes
        if count
    )
    return PlainTable(path, table.name, Header(kept, ";", "utf-8")), told


def _check_width(table: PlainTable, line: int, row: list[str]) -> None:
    expected = len(table.header.columns)
    if len(row) != expected:
        raise InputError(
            problem=f"cette ligne a {counted(len(row), 'cellule')} au lieu de {expected} : "
            "le fichier est coupé ou mal séparé.",
            remedy="téléchargez-le de nouveau, ou corrigez cette ligne.",
            file=table.name,
            line=line,
            value=table.header.delimiter.join(row),
        )


def _weight(table: PlainTable, column: str, line: int, text: str) -> float:
    try:
        value = number_of(text)
    except ValueError:
        value = math.nan
    if 0 <= value < LARGEST:
        return value
    raise InputError(
        problem=_fault(text, value),
        remedy="corrigez cette valeur dans le fichier, ou reprenez le fichier d’origine.",
        file=table.name,
        line=line,
        column=column,
        value=text,
    )


def _fault(text: str, value: float) -> str:
    if not text.strip():
        return "l’effectif manque."
    if value < 0:
        return "un effectif ne peut pas être négatif."
    if math.isnan(value):
        return "ce n’est pas un nombre."
    return "cet effectif est infini ou démesuré."
