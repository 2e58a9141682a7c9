"""The maquette as a workbook that computes: operations by funder, lines, sums, what words mean."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from maillage.documents.sheets.legend import legend
from maillage.documents.sheets.lines import Lines, lines_sheet
from maillage.documents.sheets.sums import sums_sheet
from maillage.documents.sheets.values import (
    Book,
    Cell,
    Column,
    Formula,
    Sheet,
    Shown,
    letters,
)
from maillage.documents.standing import PARTIAL, PROGRAMMED, Standing
from maillage.operations.funding_sources import FAMILIES, funding_sources
from maillage.operations.maquette.content import Content, entries
from maillage.operations.maquette.taxes import MIXED, maquette_words, mixes
from maillage.operations.vocabulary import label

_BEFORE = (
    Column("Réf.", Shown.WHOLE, 6),
    Column("N°", Shown.CODE, 7),
    Column("Opération", width=42),
    Column("Orientation", width=30),
    Column("Maître d’ouvrage", width=28),
    Column("Fiche", width=10),
    Column("Avancement", width=13),
    Column("Début", Shown.DATE, 12),
    Column("Fin", Shown.DATE, 12),
    Column("Taxes", width=10),
    Column("Investissement", Shown.EUROS, 16, "Coût"),
    Column("Fonctionnement", Shown.EUROS, 16, "Coût"),
    Column("Coût total", Shown.EUROS, 16, "Coût"),
)
_AFTER = (
    Column("Total des financements", Shown.EUROS, 17, "Équilibre"),
    Column("Reste à trouver", Shown.EUROS, 16, "Équilibre"),
    Column("Part financée", Shown.SHARE, 11, "Équilibre"),
    Column("Versé", Shown.EUROS, 16, "Équilibre"),
)
OUTSIDE = "Hors contrat"
_OUTSIDE = (
    Column("N°", Shown.CODE, 7),
    Column("Opération", width=42),
    Column("Maître d’ouvrage", width=28),
    Column("Source", width=16),
    Column("Organisme", width=24),
    Column("Retenu", Shown.EUROS, 15),
    Column("Versé", Shown.EUROS, 15),
)
_INVESTED, _RUN, _COST = 10, 11, 12


def maquette_book(content: Content, standing: Standing) -> Book:
    """``content``: that of ``operations.snapshot``, living or kept."""
    every, content = content, of_contract(content)
    lines, words = Lines.of(content), maquette_words(content)
    sheets = [_operations(content, lines, standing), lines_sheet(lines, standing)]
    if standing.whole and lines.rows:
        sheets.append(sums_sheet(lines, "Par source", "Source", "source", words))
        sheets.append(sums_sheet(lines, "Par orientation", "Orientation", "orientation", words))
    explained = legend(standing, words if standing.whole else ())
    return Book(standing.stem, standing.title, (*sheets, *_outside(every), explained))


def of_contract(content: Content) -> Content:
    """The same, without the operations out of the contract: they are in no sum."""
    return {
        **content,
        "operations": [item for item in content["operations"] if not item.get("outside")],
    }


def _outside(content: Content) -> Iterator[Sheet]:
    """A row a line, where there are any: what each brings, apart."""
    out = [entry for entry in entries(content) if entry.outside]
    bare = [o for o in content["operations"] if o.get("outside") and not o["lines"]]
    rows: list[tuple[Cell, ...]] = [
        (e.number, e.operation, e.owner, e.source, e.funder, e.brings, e.paid) for e in out
    ]
    rows += [
        (o["number"], o["title"], " et ".join(owner["name"] for owner in o["owners"]),
         None, None, None, None)
        for o in bare
    ]  # fmt: skip
    if rows:
        yield Sheet(OUTSIDE, _OUTSIDE, tuple(rows), titles=("Opérations hors contrat, à part",))


@dataclass(frozen=True)
class _Spot:
    """Where an operation stands: its row of the sheet, from 1, its reference."""

    row: int
    reference: int


def _operations(content: Content, lines: Lines, standing: Standing) -> Sheet:
    sources = lines.sources
    named = {source.short: FAMILIES[source.family] for source in funding_sources().values()}
    funders = tuple(Column(s, Shown.EUROS, 14, named.get(s, "Autres")) for s in sources)
    columns = (*_BEFORE, *funders, *(_AFTER if standing.whole else ()))
    titles = (standing.title, f"{standing.contract} – {standing.moment}")
    bare = Sheet("Maquette", columns, (), titles=titles)
    rows = tuple(
        tuple(_row(item, _Spot(bare.first + rank, rank), lines, standing.whole))
        for rank, item in enumerate(content["operations"], 1)
    )
    notes = (PROGRAMMED, *(maquette_words(content) if standing.whole else (PARTIAL,)))
    made = Sheet("Maquette", columns, rows, titles=titles, notes=notes, fixed=3)
    return made if not standing.whole or not rows else _closed(made, len(funders))


def _row(item: Mapping[str, Any], spot: _Spot, lines: Lines, whole: bool) -> Iterator[Cell]:
    dropped = item["status"] == "dropped"
    yield from (spot.reference, item["number"], item["title"], item["orientation"])
    yield " et ".join(owner["name"] for owner in item["owners"])
    yield "Action" if item["stage"] == "action" else "Projet"
    yield label("status", item["status"])
    tax = MIXED if mixes(item) else item["tax"].upper()
    yield from (_day(item["starts_on"]), _day(item["ends_on"]), tax)
    costs = [
        None if dropped else _euros(item[name]) for name in ("investment_cost", "running_cost")
    ]
    known = [cost for cost in costs if cost is not None]
    yield from costs
    first, second = (f"{letters(n)}{spot.row}" for n in (_INVESTED, _RUN))
    cost = sum(known, Decimal(0)) if known else None
    yield None if cost is None else Formula(f"SUM({first}:{second})", cost)
    brought = [lines.brought(spot.reference, source) for source in lines.sources]
    for number, (source, amount) in enumerate(zip(lines.sources, brought, strict=True)):
        place = f"{letters(len(_BEFORE) + number)}${spot.row - spot.reference}"
        yield None if amount is None else lines.sum_of(spot, place, source, amount)
    if whole:
        given = sum((amount for amount in brought if amount is not None), Decimal(0))
        yield from (None,) * 3 if mixes(item) else _balance(spot, lines, given, cost)
        yield lines.paid_of(spot)


def _balance(spot: _Spot, lines: Lines, given: Decimal, cost: Decimal | None) -> Iterator[Cell]:
    after = len(_BEFORE) + len(lines.sources)
    total, costs = f"{letters(after)}{spot.row}", f"{letters(_COST)}{spot.row}"
    first, last = (f"{letters(n)}{spot.row}" for n in (len(_BEFORE), after - 1))
    yield Formula(f"SUM({first}:{last})", given) if lines.sources else Decimal(0)
    yield None if cost is None else Formula(f"{costs}-{total}", cost - given)
    yield Formula(f"{total}/{costs}", given / cost) if cost else None


def _closed(sheet: Sheet, sources: int) -> Sheet:
    """With the sums of the amounts shown: they follow the filter. That of the money is made of
    the ``sources``; no share of the whole is given where some of it has no cost to be a share of.
    """
    first, last = sheet.first + 1, sheet.last + 1
    given, shares = len(sheet.columns) - 4, len(sheet.columns) - 2
    total: list[Cell] = [None] * len(sheet.columns)
    total[2] = "Total"
    for number, column in enumerate(sheet.columns):
        if column.shown is Shown.EUROS and number != given:
            place = letters(number)
            found = sum((_worth(row[number]) for row in sheet.rows), Decimal(0))
            total[number] = Formula(f"SUBTOTAL(9,{place}{first}:{place}{last})", found)
    line, held = sheet.last + 2, range(len(_BEFORE), len(_BEFORE) + sources)
    found = sum((_worth(total[number]) for number in held), Decimal(0))
    ends = (f"{letters(len(_BEFORE))}{line}", f"{letters(given - 1)}{line}")
    total[given] = Formula(f"SUM({':'.join(ends)})", found) if sources else Decimal(0)
    shared = all(row[shares] is not None for row in sheet.rows if any(row[n] for n in held))
    cost = _worth(total[_COST])
    if cost and shared:
        total[shares] = Formula(f"{letters(given)}{line}/{letters(_COST)}{line}", found / cost)
    return replace(sheet, total=tuple(total))


def _worth(cell: Cell) -> Decimal:
    value = cell.value if isinstance(cell, Formula) else cell
    return value if isinstance(value, Decimal) else Decimal(0)


def _euros(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
