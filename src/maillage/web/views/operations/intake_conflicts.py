"""What two people settled otherwise of one spreadsheet, as the page of both versions shows it."""

from collections.abc import Iterable, Mapping

from maillage.accounts.conflicts import ConflictError
from maillage.operations.intake_columns import SheetAsked, column_label
from maillage.web.views.conflict import Row


def meanings(error: ConflictError, sheets: Iterable[SheetAsked]) -> list[Row]:
    """What both said of each column, where it differs."""
    now, mine = error.now["mapping"] or {}, error.mine["mapping"]
    pairs = (
        (
            f"{sheet.sheet}, « {column.heading} »",
            now.get(sheet.sheet, {}).get(str(column.index), ""),
            mine.get(sheet.sheet, {}).get(str(column.index), ""),
        )
        for sheet in sheets
        for column in sheet.columns
    )
    return [(label, _meaning(old), _meaning(new)) for label, old, new in pairs if old != new]


def cells_of(error: ConflictError, fields: Mapping[str, str]) -> list[Row]:
    """What both wrote in the cells of a row, where it differs."""
    return [
        (_cell(fields.get(column, "")), error.now.get(column, "") or "–", text)
        for column, text in error.mine.items()
        if error.now.get(column) != text
    ]


def _meaning(field: str) -> str:
    return column_label(field) if field else "Ne pas lire cette colonne"


def _cell(field: str) -> str:
    return column_label(field) if field else "Cellule"
