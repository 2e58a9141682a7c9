"""Meshes from tables that assign communes, or whole groupements, to units.

One layout serves EPCI, EPT, PETR, SCoT, parks, CRTE, programmes and grids. The card tells the
columns: ``unit``, ``name``, ``nature``, ``signed``; members by ``commune`` code (any vintage) or
by ``siren`` (with ``member_nature``); ``population`` of the member. As constants:

- ``level``: the mesh level; or ``levels``, « PETR:petr POLEM:polem », level by nature;
- ``nature``: of every unit, when no column tells it;
- ``prefix``: before unit codes in perimeter ids, when it is not the level's own;
- ``label``: French name of a level the catalogue does not know;
- ``partition``: « yes » when a commune belongs to one unit at most;
- ``absent``: pattern of unit codes that mean « none »;
- ``units``: pattern between several unit ids in one cell;
- ``commune_pattern``: pattern of the commune codes inside a cell that holds names too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial

from maillage.sources.references.members import Sirens
from maillage.sources.references.tables import Table
from maillage.sources.references.words import iso_date, label, nature, unit_code
from maillage.territory.cog import Passage
from maillage.territory.meshes import Unit

NO_UNIT = r"Z+|NA|"


@dataclass(frozen=True)
class Row:
    """One unit of one row of a table."""

    at: int
    unit: Unit


@dataclass(eq=False)
class Assigned:
    """Units, and weighted (unit, node) pairs: the weight tells which unit a commune that was
    merged across a border belongs to most. ``unplaced`` lists the members nobody knows."""

    units: dict[str, Unit] = field(default_factory=dict)
    pairs: dict[tuple[str, int], float] = field(default_factory=dict)
    unplaced: list[str] = field(default_factory=list)

    def add(self, unit: Unit, members: Sequence[tuple[int, float]]) -> None:
        self.units.setdefault(unit.code, unit)
        for node, weight in members:
            key = (unit.code, node)
            self.pairs[key] = self.pairs.get(key, 0.0) + weight

    def heaviest(self) -> list[tuple[str, int]]:
        """One unit a commune: the one with most weight, the first code when equal."""
        best: dict[int, tuple[float, str]] = {}
        for (unit, node), weight in sorted(self.pairs.items()):
            if node not in best or weight > best[node][0]:
                best[node] = (weight, unit)
        return [(unit, node) for node, (_, unit) in best.items()]


def read_assignment(table: Table, passage: Passage, sirens: Sirens) -> dict[str, Assigned]:
    """Who belongs to what, by level."""
    levels = level_by_nature(table)
    usual = table.card.constants.get("level", "")
    found: dict[str, Assigned] = {}
    for row in _rows(table):
        level = levels.get(row.unit.nature, usual)
        if not level or table["member_kind"][row.at] == OTHERS:
            continue
        assigned = found.setdefault(level, Assigned())
        members = _members(table, row.at, passage, sirens)
        assigned.add(row.unit, members)
        if not members:
            assigned.unplaced.append(table["commune"][row.at] or table["siren"][row.at])
    return found


#: Banatic's word for members that are no territory: chambers, régions, companies.
OTHERS = "Autres"


def level_by_nature(table: Table) -> dict[str, str]:
    """« PETR:petr POLEM:polem » as a mapping."""
    pairs = table.card.constants.get("levels", "").split()
    return dict(pair.split(":", 1) for pair in pairs)


def _rows(table: Table) -> Iterator[Row]:
    read = cache(partial(_units, table.card.constants))
    columns = zip(*(table[r] for r in ("unit", "name", "nature", "signed")), strict=True)
    for at, texts in enumerate(columns):
        for unit in read(*texts):
            yield Row(at, unit)


def _units(
    constants: Mapping[str, str], unit: str, name: str, kind: str, signed: str
) -> tuple[Unit, ...]:
    """The units of a cell: one, unless the card says how several are separated."""
    absent = re.compile(constants.get("absent", NO_UNIT))
    several = constants.get("units")
    codes = re.split(several, unit) if several else [unit]
    names = re.split(several, name) if several else [name]
    named = names if len(names) == len(codes) else [name] * len(codes)
    kind = nature(kind) or constants.get("nature", "")
    return tuple(
        Unit(unit_code(code), label(text or code), kind, iso_date(signed))
        for code, text in zip(codes, named, strict=True)
        if not absent.fullmatch(code)
    )


def _members(
    table: Table, at: int, passage: Passage, sirens: Sirens
) -> Sequence[tuple[int, float]]:
    """Communes of the geography a row gives, with their weight; places outside are none."""
    codes = _commune_codes(table, at)
    members = [part for code in codes for part in passage.nodes(code)]
    if not members and table["siren"][at]:
        nodes = sirens.nodes(table["siren"][at], table["member_nature"][at], passage)
        members = [(int(node), 1.0) for node in nodes]
    weight = _weight(table["population"][at])
    n_communes = passage.geography.n_communes
    return [(node, ratio * weight) for node, ratio in members if node < n_communes]


def _commune_codes(table: Table, at: int) -> list[str]:
    text = table["commune"][at]
    pattern = table.card.constants.get("commune_pattern")
    return re.findall(pattern, text) if pattern else text.replace(";", " ").split()


def _weight(text: str) -> float:
    digits = "".join(text.split())
    return float(digits) if digits.isdigit() and int(digits) else 1.0
