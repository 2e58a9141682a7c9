"""The lines of a maquette summed by what they share, year by year, as formulas."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal

from maillage.documents.sheets.lines import (
    BROUGHT,
    COMMITTED,
    ORIENTATION,
    PAID,
    PAYABLE,
    SOURCE,
    YEARS,
    Lines,
)
from maillage.documents.sheets.values import Cell, Column, Formula, Sheet, Shown, letters

_COLUMNS = {"source": SOURCE, "orientation": ORIENTATION}
_REST = "Sans année"
NONE = "Sans orientation"
EMPTY = '"="'  # what a blank cell matches


def sums_sheet(
    lines: Lines,
    name: str,
    label: str,
    by: Literal["source", "orientation"],
    notes: tuple[str, ...] = (),
) -> Sheet:
    """A row a value, in the order of the lines; share of the whole, then a column a year."""
    columns = (
        Column(label, width=40),
        Column("Retenu", Shown.EUROS, 17),
        Column("Part", Shown.SHARE, 10),
        Column("Versé", Shown.EUROS, 17),
        *(Column(head, Shown.EUROS, 15, COMMITTED) for head in (*map(str, lines.years), _REST)),
        *(Column(h, Shown.EUROS, 15, PAYABLE) for h in (*map(str, lines.payable_years), _REST)),
    )
    titles = (name,)
    values = list(dict.fromkeys(getattr(entry, by) for *_, entry in lines.rows))
    first = Sheet(name, columns, (), titles=titles).first + 1
    total = first + len(values)
    whole = sum((entry.brings for *_, entry in lines.rows), Decimal(0))
    rows = tuple(
        _row(lines, by, value, first + rank, total, whole) for rank, value in enumerate(values)
    )
    closing = _total(columns, rows, first, total - 1)
    return Sheet(name, columns, rows, closing, titles, notes, fixed=1)


def _row(
    lines: Lines, by: str, value: str, line: int, total: int, whole: Decimal
) -> tuple[Cell, ...]:
    found = [entry for *_, entry in lines.rows if getattr(entry, by) == value]
    wanted = f"{lines.range(_COLUMNS[by])},{f'$A{line}' if value else EMPTY}"

    def summed(column: int, amount: Decimal) -> Formula:
        return Formula(f"SUMIFS({lines.range(column)},{wanted})", amount)

    brought = sum((entry.brings for entry in found), Decimal(0))
    paid = sum((entry.paid for entry in found), Decimal(0))
    after = YEARS + len(lines.years) + 1
    return (
        value or NONE,
        summed(BROUGHT, brought),
        Formula(f"B{line}/B${total}", brought / whole) if whole else None,
        summed(PAID, paid),
        *(
            summed(YEARS + n, _of((entry.committed for entry in found), year))
            for n, year in enumerate((*lines.years, None))
        ),
        *(
            summed(after + n, _of((entry.payable for entry in found), year))
            for n, year in enumerate((*lines.payable_years, None))
        ),
    )


def _of(spreads: Iterable[Mapping[int | None, Decimal]], year: int | None) -> Decimal:
    return sum((spread.get(year, Decimal(0)) for spread in spreads), Decimal(0))


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
