"""The lines of a maquette summed by what they share, year by year, as formulas."""

from decimal import Decimal
from typing import Literal

from maillage.documents.sheets.lines import (
    BROUGHT,
    ORIENTATION,
    PAID,
    SOURCE,
    Lines,
)
from maillage.documents.sheets.values import Cell, Column, Formula, Sheet, Shown, letters
from maillage.operations.maquette.content import Entry

_COLUMNS = {"source": SOURCE, "orientation": ORIENTATION}
_YEARS = 17  # column of the first year among the lines
NONE = "Sans orientation"
EMPTY = '"="'  # what a blank cell matches


def sums_sheet(lines: Lines, name: str, label: str, by: Literal["source", "orientation"]) -> Sheet:
    """A row a value, in the order of the lines; share of the whole, then a column a year."""
    years = tuple(Column(str(year), Shown.EUROS, 15, "Engagements (AE)") for year in lines.years)
    columns = (
        Column(label, width=40),
        Column("Retenu", Shown.EUROS, 17),
        Column("Part", Shown.SHARE, 10),
        Column("Versé", Shown.EUROS, 17),
        *years,
        Column("Sans année", Shown.EUROS, 15, "Engagements (AE)"),
    )
    titles = (name,)
    values = list(dict.fromkeys(getattr(entry, by) for *_, entry in lines.rows))
    first = Sheet(name, columns, (), titles=titles).first + 1
    total = first + len(values)
    whole = sum((entry.brings for *_, entry in lines.rows), Decimal(0))
    rows = tuple(
        _row(lines, by, value, first + rank, total, whole) for rank, value in enumerate(values)
    )
    return Sheet(name, columns, rows, _total(columns, rows, first, total - 1), titles, fixed=1)


def _row(
    lines: Lines, by: str, value: str, line: int, total: int, whole: Decimal
) -> tuple[Cell, ...]:
    found = [entry for *_, entry in lines.rows if getattr(entry, by) == value]
    wanted = f"{lines.range(_COLUMNS[by])},{f'$A{line}' if value else EMPTY}"

    def summed(column: int, amount: Decimal) -> Formula:
        return Formula(f"SUMIFS({lines.range(column)},{wanted})", amount)

    brought = sum((entry.brings for entry in found), Decimal(0))
    paid = sum((entry.paid for entry in found), Decimal(0))
    spread = [summed(_YEARS + n, _of(found, year)) for n, year in enumerate(lines.years)]
    return (
        value or NONE,
        summed(BROUGHT, brought),
        Formula(f"B{line}/B${total}", brought / whole) if whole else None,
        summed(PAID, paid),
        *spread,
        summed(_YEARS + len(lines.years), _of(found, None)),
    )


def _of(found: list[Entry], year: int | None) -> Decimal:
    return sum((entry.committed.get(year, Decimal(0)) for entry in found), Decimal(0))


def _total(
    columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...], first: int, last: int
) -> tuple[Cell, ...]:
    cells: list[Cell] = ["Total"]
    for number, _ in enumerate(columns[1:], 1):
        place = letters(number)
        values = [cell.value for row in rows if isinstance(cell := row[number], Formula)]
        found = sum((v for v in values if isinstance(v, Decimal)), Decimal(0))
        cells.append(Formula(f"SUM({place}{first}:{place}{last})", found))
    return tuple(cells)
