"""The sheet « Versements » of our own layout: a row for each payment of each line of money.

The cell « Versements » of the lines says the same, so that a line keeps its payments where it has
no identifier; what both say counts once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from maillage.operations.intake.drafts import Doubt
from maillage.operations.intake.own_sheets import OPERATION, OwnRow, whose

_REMEDY = "donnez l’identifiant de sa ligne, ou écrivez-le dans la feuille des lignes."


def with_payments(lines: Sequence[OwnRow], payments: Iterable[OwnRow]) -> tuple[OwnRow, ...]:
    """The rows of ``lines``, with the payments that their own cell has not; then, each with its
    doubt, the rows of ``payments`` that cannot be read or have no line."""
    left = [[_told(*one) for one in line.values.get("payments", ())] for line in lines]
    added: list[list[tuple[object, ...]]] = [[] for _ in lines]
    lost = []
    for row in payments:
        place = None if row.doubts else _line_of(row, lines, left)
        if place is None:
            lost.append(_doubtful(row))
            continue
        told = _told(row.values.get("paid_on"), row.values["amount"], _reference(row))
        if told in left[place]:
            left[place].remove(told)
        else:
            added[place].append((row.values.get("paid_on"), row.values["amount"], _reference(row)))
    return (*(_paid(*pair) for pair in zip(lines, added, strict=True)), *lost)


def _told(day: object, amount: object, reference: str) -> tuple[object, ...]:
    return day, amount, reference.split()


def _reference(row: OwnRow) -> str:
    return str(row.values.get("reference", ""))


def _line_of(
    row: OwnRow, lines: Sequence[OwnRow], left: Sequence[list[tuple[object, ...]]]
) -> int | None:
    """Which line it pays: that of its identifier; else, of its operation and source, one that
    says this payment, or the only one. None where no line, or more than one, could be."""
    if not (row.values.get("paid_on") and row.values.get("amount")):
        return None
    if key := row.values.get("key"):
        return next((n for n, line in enumerate(lines) if line.values.get("key") == key), None)
    alike = [
        n
        for n, line in enumerate(lines)
        if whose(line) == whose(row) and line.values.get("source") == row.values.get("source")
    ]
    told = _told(row.values["paid_on"], row.values["amount"], _reference(row))
    saying = [n for n in alike if told in left[n]]
    return next(iter(saying), alike[0] if len(alike) == 1 else None)


def _doubtful(row: OwnRow) -> OwnRow:
    """With what is wrong; it says of which operation it is, and no money: it is no line."""
    whole = row.values.get("paid_on") and row.values.get("amount")
    problem = "aucune ligne ne reçoit ce versement" if whole else "versement sans date ou montant"
    remedy = _REMEDY if whole else "écrivez sa date et son montant."
    doubts = row.doubts or (Doubt(row.place, "payments", "", problem, remedy),)
    said = {id: row.values[id] for id, *_ in OPERATION if id in row.values}
    return replace(row, values=said, doubts=doubts)


def _paid(line: OwnRow, added: list[tuple[object, ...]]) -> OwnRow:
    if not added:
        return line
    known = line.values.get("payments", ())
    return replace(line, values={**line.values, "payments": [*known, *added]})
