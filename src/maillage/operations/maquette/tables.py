"""The maquette as tables: rows by source, orientation, maître d’ouvrage, status or place, a column
a year.

Every breakdown of the same lines has the same total, year by year. Lines of operations out of the
contract are counted apart.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from maillage.operations.funding_sources import FRAMES, funding_sources
from maillage.operations.maquette.content import Entry
from maillage.operations.maquette.taxes import tax_bases
from maillage.operations.money import ZERO

By = Literal["source", "orientation", "owner", "status", "family", "frame", "commune", "epci"]
BREAKDOWNS: Mapping[By, str] = {
    "source": "Source",
    "frame": "Cadre",
    "orientation": "Orientation",
    "owner": "Maître d’ouvrage",
    "status": "Statut",
    "commune": "Commune",
    "epci": "EPCI",
}
NOWHERE, SEVERAL = "", "several"
#: Breakdowns by where the operation is, and what their rows without one place are called.
PLACES: Mapping[By, Mapping[str, str]] = {
    "commune": {NOWHERE: "Sans commune", SEVERAL: "Plusieurs communes"},
    "epci": {NOWHERE: "Sans EPCI", SEVERAL: "Plusieurs EPCI"},
}
Money = Literal["committed", "payable", "received"]


@cache
def _frames() -> Mapping[str, str]:
    """The frame of each source, by its short name."""
    return {source.short: FRAMES[source.frame] for source in funding_sources().values()}


_KEYS: Mapping[By, Callable[[Entry], str]] = {
    "source": lambda entry: entry.source,
    "family": lambda entry: entry.family,
    "frame": lambda entry: _frames().get(entry.source, "Autre cadre"),
    "orientation": lambda entry: entry.orientation,
    "owner": lambda entry: entry.owner,
    "status": lambda entry: entry.status,
}


@dataclass(frozen=True)
class Row:
    """Amounts in euros, one a column of the table."""

    key: str
    amounts: tuple[Decimal, ...]
    total: Decimal
    lines: int


@dataclass(frozen=True)
class Table:
    """``columns``: years in order, then None for what no year has, when something has none."""

    columns: tuple[int | None, ...]
    rows: tuple[Row, ...]
    sums: tuple[Decimal, ...]
    total: Decimal


@dataclass(frozen=True)
class Apart:
    """What the tables leave out: euros that lines out of the contract bring, how many they are."""

    brings: Decimal
    lines: int


def apart(entries: tuple[Entry, ...]) -> Apart:
    """Of all the lines of a maquette."""
    out = [entry for entry in entries if entry.outside]
    return Apart(sum((entry.brings for entry in out), ZERO), len(out))


def inside(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Those of operations of the contract."""
    return tuple(entry for entry in entries if not entry.outside)


@dataclass(frozen=True)
class Group:
    """The lines of one operation, and what they bring and paid together, in euros; None where
    that would add amounts before and after tax."""

    key: str
    number: str
    title: str
    owner: str
    lines: tuple[Entry, ...]
    brings: Decimal | None
    paid: Decimal | None
    outside: bool = False


def by_operation(entries: tuple[Entry, ...]) -> tuple[Group, ...]:
    """One group an operation, in the order of the lines; every line is in one."""
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(entry.operation_key, []).append(entry)
    return tuple(_group(members) for members in grouped.values())


def _group(members: list[Entry]) -> Group:
    first, adds = members[0], not tax_bases(members).mixed
    return Group(
        key=first.operation_key,
        number=first.number,
        title=first.operation,
        owner=first.owner,
        lines=tuple(members),
        brings=sum((entry.brings for entry in members), ZERO) if adds else None,
        paid=sum((entry.paid for entry in members), ZERO) if adds else None,
        outside=first.outside,
    )


def table(
    entries: tuple[Entry, ...],
    by: By,
    money: Money = "committed",
    within: Mapping[str, str] | None = None,
) -> Table:
    """Rows of most money first. ``within``: the place of each commune, for a breakdown by place."""
    columns = _columns(entries, money)
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        key = _place(entry, within or {}) if by in PLACES else _KEYS[by](entry)
        grouped.setdefault(key, []).append(entry)
    rows = [_row(key, members, columns, money) for key, members in grouped.items()]
    return Table(
        columns=columns,
        rows=tuple(sorted(rows, key=lambda row: (-row.total, row.key))),
        sums=tuple(sum((row.amounts[i] for row in rows), ZERO) for i in range(len(columns))),
        total=sum((row.total for row in rows), ZERO),
    )


def _place(entry: Entry, within: Mapping[str, str]) -> str:
    """An operation over several places is in none of them: its money is not shared out."""
    found = {within.get(code, NOWHERE) for code in entry.communes} or {NOWHERE}
    return found.pop() if len(found) == 1 else SEVERAL


def _columns(entries: tuple[Entry, ...], money: Money) -> tuple[int | None, ...]:
    found = {year for entry in entries for year in getattr(entry, money)}
    years = sorted(year for year in found if year is not None)
    return (*years, None) if None in found else tuple(years)


def _row(key: str, members: list[Entry], columns: tuple[int | None, ...], money: Money) -> Row:
    amounts = tuple(
        sum((getattr(entry, money).get(year, ZERO) for entry in members), ZERO) for year in columns
    )
    return Row(key, amounts, sum(amounts, ZERO), len(members))
