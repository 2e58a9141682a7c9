"""A sheet of a workbook as a csv an engine can scan."""

import csv
from collections.abc import Sequence
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from maillage.common.errors import InputError
from maillage.sources.opening import Entry, Header, PlainTable


def sheet_table(
    entry: Entry, workdir: Path, *, sheet: str = "", header_line: int = 1
) -> PlainTable:
    """The sheet (the first unless told) from its header on; lines count from 1.

    InputError when the workbook is unreadable, has no such sheet, or ends before its header.
    """
    rows = _rows(entry, sheet)[header_line - 1 :]
    if not rows:
        raise InputError(
            problem="la feuille s’arrête avant sa ligne d’en-tête.",
            remedy="vérifiez dans la fiche la feuille et le numéro de la ligne d’en-tête.",
            file=entry.name,
            line=header_line,
        )
    texts = [[_text(cell) for cell in row] for row in rows]
    path = workdir / f"{len(list(workdir.iterdir())):04d}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";", lineterminator="\n").writerows(texts)
    return PlainTable(path, entry.name, Header(tuple(texts[0]), ";", "utf-8"))


def _rows(entry: Entry, sheet: str) -> Sequence[Sequence[object]]:
    try:
        workbook = CalamineWorkbook.from_path(entry.path)
    except CalamineError as error:
        raise InputError(
            problem="le classeur est illisible ou incomplet.",
            remedy="téléchargez-le de nouveau, ou enregistrez-le au format .xlsx.",
            file=entry.name,
        ) from error
    name = sheet or workbook.sheet_names[0]
    if name not in workbook.sheet_names:
        raise InputError(
            problem=f"le classeur n’a pas de feuille « {name} ».",
            remedy=f"feuilles présentes : {', '.join(workbook.sheet_names)}.",
            file=entry.name,
        )
    rows: Sequence[Sequence[object]] = workbook.get_sheet_by_name(name).to_python()
    return rows


def _text(cell: object) -> str:
    """Whole numbers without the « .0 » that workbooks give them."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
