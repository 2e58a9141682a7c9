"""What two people settled otherwise of one spreadsheet, as the page of both versions shows it."""

from collections.abc import Iterable, Mapping

from maillage.accounts.conflicts import ConflictError
from maillage.operations.intake_columns import SheetAsked, field_choices
from maillage.web.views.conflict import Row


def meanings(error: ConflictError, sheets: Iterable[SheetAsked]) -> list[Row]:
    """What both said of each column, where it differs."""
    labels = dict(field_choices())
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
    return [
        (label, labels.get(old, old), labels.get(new, new))
        for label, old, new in pairs
        if old != new
    ]


def cells_of(error: ConflictError, fields: Mapping[str, str]) -> list[Row]:
    """What both wrote in the cells of a row, where it differs."""
    labels = dict(field_choices())
    return [
        (labels.get(fields.get(column, ""), "Cellule"), error.now.get(column, "") or "–", text)
        for column, text in error.mine.items()
        if error.now.get(column) != text
    ]
