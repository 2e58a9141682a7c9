"""An answer in a terminal: the short columns of its main table, and the sentences below it."""

from maillage.cli.tables import Cell, Measure, Sheet
from maillage.documents.tables import values


def answer_sheet(workbook: values.Workbook) -> Sheet:
    """The rows, then their total when they have one."""
    table = workbook.main.shortened()
    rows = [*table.rows, *([] if table.total is None else [table.total])]
    kinds = [column.kind for column in table.columns]
    return Sheet(
        title=workbook.title,
        headings=[column.label for column in table.columns],
        rows=[[_cell(*pair) for pair in zip(kinds, row, strict=True)] for row in rows],
        notes=workbook.notes,
    )


def _cell(kind: values.Kind, cell: values.Cell) -> Cell:
    """A year is no quantity, and an empty text no unknown figure."""
    if isinstance(cell, values.Measure):
        return Measure(cell.value, cell.text)
    if kind is values.Kind.NUMBER:
        return cell
    return "" if cell is None else str(cell)
