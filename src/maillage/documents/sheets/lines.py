"""Every line of money of a maquette, from which the other sheets are summed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol, Self

from maillage.documents.sheets.values import Cell, Column, Formula, Sheet, Shown, letters
from maillage.documents.standing import Standing
from maillage.operations.funding_sources import FAMILIES, funding_sources
from maillage.operations.maquette.content import Content, Entry, entries

NAME = "Lignes"
_HEADS = (
    Column("Réf.", Shown.WHOLE, 6),
    Column("N°", Shown.CODE, 7),
    Column("Opération", width=38),
    Column("Orientation", width=26),
    Column("Maître d’ouvrage", width=26),
    Column("Famille", width=18),
    Column("Source", width=16),
    Column("Organisme", width=24),
    Column("Section", width=15),
    Column("Référence", Shown.CODE, 16),
    Column("Assiette éligible", Shown.EUROS, 15, "Montants"),
    Column("Demandé", Shown.EUROS, 15, "Montants"),
    Column("Notifié", Shown.EUROS, 15, "Montants"),
    Column("Conventionné", Shown.EUROS, 15, "Montants"),
    Column("Retenu", Shown.EUROS, 15, "Montants"),
    Column("Versé", Shown.EUROS, 15, "Montants"),
    Column("Taxes", width=8),
    Column("Suite", width=22),
)
YEARS = len(_HEADS)  # column of the first year
REFERENCE, SOURCE, ORIENTATION, ELIGIBLE, BROUGHT, PAID = 0, 6, 3, 10, 14, 15
COMMITTED, PAYABLE = "Engagements (AE)", "Paiements prévus (CP)"
_RATES = (
    Column("Coût de la section", Shown.EUROS, 15, "Taux"),
    Column("De l’assiette", Shown.SHARE, 12, "Taux"),
    Column("Du coût", Shown.SHARE, 12, "Taux"),
)
_FIRST_ROW = 4  # after two titles, a blank row, the groups, the headings


class Spot(Protocol):
    """Where an operation stands in its own sheet."""

    @property
    def row(self) -> int: ...

    @property
    def reference(self) -> int: ...


@dataclass(frozen=True)
class Lines:
    """``rows``: the reference of the operation, its line as kept, the same as an entry."""

    rows: tuple[tuple[int, Content, Entry], ...]
    sources: tuple[str, ...]
    years: tuple[int, ...]
    payable_years: tuple[int, ...]

    @classmethod
    def of(cls, content: Content) -> Self:
        numbered = [
            (rank, line)
            for rank, operation in enumerate(content["operations"], 1)
            for line in operation["lines"]
        ]
        rows = tuple((*pair, entry) for pair, entry in zip(numbered, entries(content), strict=True))
        held = {entry.source for *_, entry in rows}
        known = [source.short for source in funding_sources().values()]
        sources = [*(s for s in known if s in held), *sorted(held - set(known))]
        entered = [entry for *_, entry in rows]
        return cls(rows, tuple(sources), _years(entered, "committed"), _years(entered, "payable"))

    def brought(self, reference: int, source: str) -> Decimal | None:
        """None where the operation has no line of this source."""
        found = [e.brings for r, _, e in self.rows if r == reference and e.source == source]
        return sum(found, Decimal(0)) if found else None

    def sum_of(self, spot: Spot, heading: str, source: str, amount: Decimal) -> Formula:
        """Of the lines of an operation and of a source, named in its ``heading``."""
        wanted = ((REFERENCE, f"$A{spot.row}"), (SOURCE, heading))
        return Formula(f"SUMIFS({self.range(BROUGHT)},{self.matching(wanted)})", amount)

    def paid_of(self, spot: Spot) -> Formula | None:
        found = [entry.paid for r, _, entry in self.rows if r == spot.reference]
        if not found:
            return None
        wanted = self.matching(((REFERENCE, f"$A{spot.row}"),))
        return Formula(f"SUMIFS({self.range(PAID)},{wanted})", sum(found, Decimal(0)))

    def range(self, column: int) -> str:
        """« Lignes!$O$6:$O$120 »."""
        place, first = letters(column), _FIRST_ROW + 2
        return f"{NAME}!${place}${first}:${place}${first + max(len(self.rows), 1) - 1}"

    def matching(self, wanted: tuple[tuple[int, str], ...]) -> str:
        return ",".join(f"{self.range(column)},{place}" for column, place in wanted)


def _years(entered: list[Entry], money: str) -> tuple[int, ...]:
    found = {year for entry in entered for year in getattr(entry, money) if year is not None}
    return tuple(sorted(found))


def lines_sheet(lines: Lines, standing: Standing) -> Sheet:
    """A row a line; then what each year commits, what it pays, what no year has; its rates."""
    columns = (
        *_HEADS,
        *_yearly(lines.years, COMMITTED),
        *_yearly(lines.payable_years, PAYABLE),
        *_RATES,
    )
    rows = tuple(
        (*_row(_FIRST_ROW + 1 + rank, *found, lines.years),
         *_payable(_FIRST_ROW + 1 + rank, found[2], lines),
         *_rates(_FIRST_ROW + 1 + rank, found[2], len(columns)))
        for rank, found in enumerate(lines.rows, 1)
    )  # fmt: skip
    titles = ("Lignes de financement", f"{standing.contract} – {standing.moment}")
    return Sheet(NAME, columns, rows, titles=titles, fixed=3)


def _row(
    line: int, reference: int, kept: Content, entry: Entry, years: tuple[int, ...]
) -> tuple[Cell, ...]:
    stages = (_euros(kept[name]["euros"]) for name in ("asked", "notified", "agreed"))
    spread = [entry.committed.get(year) for year in years]
    left = entry.committed.get(None, Decimal(0))
    first = len(_HEADS)
    summed = f"SUM({letters(first)}{line}:{letters(first + len(years) - 1)}{line})"
    rest = f"{letters(BROUGHT)}{line}" + (f"-{summed}" if years else "")
    return (
        reference,
        entry.number,
        entry.operation,
        entry.orientation,
        entry.owner,
        FAMILIES.get(kept["family"], kept["family"]),
        entry.source,
        entry.funder,
        "Fonctionnement" if entry.section == "running" else "Investissement",
        kept["reference"],
        _euros(kept["eligible"]),
        *stages,
        entry.brings,
        entry.paid,
        entry.tax.upper(),
        _outcome(kept),
        *spread,
        Formula(rest, left),
    )


def _yearly(years: tuple[int, ...], group: str) -> tuple[Column, ...]:
    heads = (*map(str, years), "Sans année")
    return tuple(Column(head, Shown.EUROS, 14, group) for head in heads)


def _payable(line: int, entry: Entry, lines: Lines) -> tuple[Cell, ...]:
    first = len(_HEADS) + len(lines.years) + 1
    spread = [entry.payable.get(year) for year in lines.payable_years]
    last = first + len(spread) - 1
    summed = f"SUM({letters(first)}{line}:{letters(last)}{line})"
    rest = f"{letters(BROUGHT)}{line}" + (f"-{summed}" if spread else "")
    return (*spread, Formula(rest, entry.payable.get(None, Decimal(0))))


def _rates(line: int, entry: Entry, columns: int) -> tuple[Cell, ...]:
    """The cost of the section, then the shares of the base and of the cost."""
    brought, base = f"{letters(BROUGHT)}{line}", f"{letters(ELIGIBLE)}{line}"
    cost = f"{letters(columns - len(_RATES))}{line}"
    return (
        entry.cost,
        None if entry.of_base is None else Formula(f"{brought}/{base}", entry.of_base),
        None if entry.of_cost is None else Formula(f"{brought}/{cost}", entry.of_cost),
    )


def _outcome(kept: Content) -> str:
    """What became of it, when it brings nothing any more."""
    for name, word in (("refused_on", "refusé"), ("lapsed_on", "caduc")):
        day: Any = kept[name]
        if day:
            return f"{word} le {date.fromisoformat(day):%d/%m/%Y}"
    return ""


def _euros(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
