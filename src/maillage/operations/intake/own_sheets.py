"""The further sheets of our own layout: a row for each line of money, payment, indicator.

The sheet « Portefeuille » has one row an operation and could not hold them. They are recognised by
their name and their headings, and are never taken for sheets of operations.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from maillage.common.errors import InputError
from maillage.operations.intake.choices import read_choice
from maillage.operations.intake.drafts import Doubt
from maillage.operations.intake.fields import source_named
from maillage.operations.intake.grids import Grid, Value
from maillage.operations.intake.values import (
    Read,
    plain,
    read_date,
    read_money,
    read_tax,
    read_text,
    shown,
)
from maillage.operations.money import MOST, parse_amount

#: How a sheet says whose operation a row is: by its identifier, else by its number and its title.
OPERATION = (
    ("operation", "Identifiant de l’opération", "text"),
    ("number", "N°", "text"),
    ("title", "Opération", "text"),
)
#: Field, heading, kind of each column.
LINES = (
    *OPERATION,
    ("key", "Identifiant de la ligne", "text"),
    ("source", "Source", "source"),
    ("funder", "Financeur", "text"),
    ("section", "Section", "section"),
    ("purpose", "Objet", "text"),
    ("level", "Qui voit la ligne", "level"),
    ("tax", "Taxes", "tax"),
    ("eligible", "Assiette éligible", "money"),
    ("asked", "Demandé", "money"),
    ("asked_on", "Demandé le", "day"),
    ("received_on", "Reçu le", "day"),
    ("opinion_on", "Avis de la commission le", "day"),
    ("notified", "Notifié", "money"),
    ("notified_on", "Notifié le", "day"),
    ("agreed", "Conventionné", "money"),
    ("agreed_on", "Conventionné le", "day"),
    ("refused_on", "Refusé le", "day"),
    ("lapsed_on", "Caduc le", "day"),
    ("extended_start", "Début prorogé", "yes"),
    ("extended_completion", "Achèvement prorogé", "yes"),
    ("file_number", "Numéro de dossier", "text"),
    ("order", "Arrêté", "text"),
    ("envelope", "Enveloppe", "text"),
    ("agreement", "Convention", "text"),
    ("answer", "Réponse du financeur", "text"),
    ("years", "Années : engagé / à payer", "years"),
    ("payments", "Versements", "payments"),
)
INDICATORS = (
    *OPERATION,
    ("name", "Indicateur", "text"),
    ("indicator", "Indicateur de l’observatoire", "text"),
    ("question", "Question", "question"),
    ("target", "Cible", "text"),
    ("unit", "Unité", "text"),
    ("due_on", "Échéance", "day"),
)
PAYMENTS = (
    *OPERATION,
    ("key", "Identifiant de la ligne", "text"),
    ("source", "Source", "source"),
    ("paid_on", "Versé le", "day"),
    ("amount", "Montant", "money"),
    ("reference", "Référence", "text"),
)
SHEETS = {
    "Lignes de financement": LINES,
    "Versements": PAYMENTS,
    "Indicateurs": INDICATORS,
}
_LONGEST = {
    **{"purpose": 250, "answer": 400, "name": 250, "indicator": 80, "target": 120, "unit": 60},
    **{"file_number": 120, "order": 120, "envelope": 120, "agreement": 120},
    "reference": 120,
}
_YEAR = re.compile(r"(\d{4}) ?: ?([^/]+)/([^/]+)")
_PAYMENT = re.compile(r"(\d{1,2}/\d{1,2}/\d{4}) ?: ?([^()]+?)(?: ?\((.*)\))?", re.S)

_NEXT_PAYMENT = re.compile(r"\s*;\s*(?=\d{1,2}/\d{1,2}/\d{4} ?:)")


@dataclass(frozen=True)
class OwnRow:
    """``values``: what the row says, by field; blank cells say nothing."""

    sheet: str
    row: int
    values: Mapping[str, Any]
    doubts: tuple[Doubt, ...] = ()

    @property
    def place(self) -> str:
        return f"{self.sheet}, ligne {self.row}"


def is_own_sheet(grid: Grid) -> bool:
    """By its name and the headings of its first row, all there."""
    columns = SHEETS.get(grid.sheet)
    heads = {plain(shown(value)) for value in grid.rows[0]}
    return columns is not None and all(plain(title) in heads for _, title, _ in columns)


def own_rows(grids: Iterable[Grid], sheet: str) -> tuple[OwnRow, ...]:
    """Those of the sheet of that name; none when the file has no such sheet."""
    return tuple(
        row for grid in grids if grid.sheet == sheet and is_own_sheet(grid) for row in _rows(grid)
    )


def whose(row: OwnRow) -> str:
    """Its operation, told as a draft tells itself."""
    if own := row.values.get("operation"):
        return f"k {str(own).strip().lower()}"
    number = row.values.get("number")
    return f"n {plain(number)}" if number else f"t {plain(row.values.get('title', ''))}"


def _rows(grid: Grid) -> Iterator[OwnRow]:
    heads = {plain(shown(value)): index for index, value in enumerate(grid.rows[0])}
    columns = [(id, heads[plain(title)], kind) for id, title, kind in SHEETS[grid.sheet]]
    for number, cells in enumerate(grid.rows[1:], start=1):
        if all(value is None for value in cells):
            continue
        values: dict[str, Any] = {}
        doubts = []
        for id, column, kind in columns:
            read = _read(kind, cells[column])
            if read.problem:
                place, said = grid.place(number, column), shown(cells[column])
                doubts.append(Doubt(place, id, said, read.problem, read.remedy))
            if read.value is not None:
                value = read.value
                values[id] = value[: _LONGEST[id]] if id in _LONGEST else value  # type: ignore[index]
        yield OwnRow(grid.sheet, number + 1, values, tuple(doubts))


def _read(kind: str, cell: Value) -> Read:
    match kind:
        case "money":
            return read_money(cell)
        case "day":
            return read_date(cell)
        case "tax":
            return read_tax(cell)
        case "text":
            return read_text(cell)
        case "source":
            return _source(cell)
        case "years":
            return _years(shown(cell))
        case "payments":
            return _payments(shown(cell))
    return read_choice(kind, cell)


def _source(cell: Value) -> Read:
    found = source_named(shown(cell))
    if found or cell is None:
        return Read(found or None)
    return Read(problem="source inconnue", remedy="reprenez un nom de la page « Financements ».")


def told_years(years: Iterable[tuple[int, Decimal, Decimal]]) -> str:
    """« 2026 : 12000,00 / 8000,00 ; 2027 : … »."""
    return " ; ".join(f"{year} : {_typed(aes)} / {_typed(cps)}" for year, aes, cps in years)


def _years(text: str) -> Read:
    found: dict[int, tuple[Decimal, Decimal]] = {}
    for part in _parts(text):
        match = _YEAR.fullmatch(part)
        pair = [_amount(match[2]), _amount(match[3])] if match else []
        if match is None or None in pair:
            return Read(problem="années illisibles", remedy="écrivez « 2026 : 12000 / 8000 ; … ».")
        found[int(match[1])] = (pair[0] or Decimal(0), pair[1] or Decimal(0))
    return Read(found or None)


def told_payments(payments: Iterable[tuple[date, Decimal, str]]) -> str:
    """« 03/02/2026 : 5000,00 (mandat 12) ; … »: a day starts each."""
    return " ; ".join(
        f"{day:%d/%m/%Y} : {_typed(amount)}" + (f" ({reference})" if reference else "")
        for day, amount, reference in payments
    )


def _payments(text: str) -> Read:
    found: list[tuple[date, Decimal, str]] = []
    for part in filter(None, _NEXT_PAYMENT.split(text.strip())):
        match = _PAYMENT.fullmatch(part)
        day = read_date(match[1]).value if match else None
        amount = _amount(match[2]) if match else None
        if match is None or not isinstance(day, date) or not amount:
            return Read(
                problem="versements illisibles",
                remedy="écrivez « 03/02/2026 : 5000 (mandat) ; … ».",
            )
        found.append((day, amount, match[3] or ""))
    return Read(found or None)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _amount(text: str) -> Decimal | None:
    try:
        amount = parse_amount(text)
    except InputError:
        return None
    return amount if amount is not None and amount <= MOST else None


def _typed(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")
