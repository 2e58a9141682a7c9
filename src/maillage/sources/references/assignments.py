"""Meshes from tables that assign communes, or whole groupements, to units.

One layout serves EPCI, EPT, PETR, SCoT, parks, CRTE, programmes and grids: a unit, its name, and
members given by commune code or by SIREN. The card tells the columns (``unit``, ``name``,
``nature``, ``signed``, ``commune``, ``siren``, ``weight``) and, as constants:

- ``level``: the mesh level; or ``levels``, « PETR:petr POLEM:polem », level by nature;
- ``prefix``: before unit codes in perimeter ids, when it is not the level's own;
- ``partition``: « yes » when a commune belongs to one unit at most;
- ``absent``: pattern of unit codes that mean « none »;
- ``units``: pattern between several unit ids in one cell;
- ``commune_pattern``: pattern of the commune codes inside a cell that holds names too.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from maillage.sources.references.members import Sirens
from maillage.sources.references.tables import Table
from maillage.territory.codes import normalise_commune
from maillage.territory.cog import Passage
from maillage.territory.meshes import Unit

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_DAY_FIRST = re.compile(r"(\d\d)[-/_](\d\d)[-/_](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/_](\d\d)[-/_](\d\d)")


@dataclass(frozen=True)
class Row:
    """One unit of one line of a table."""

    line: int
    unit: Unit


@dataclass(eq=False)
class Assigned:
    """Units, and weighted (unit, node) pairs: the weight tells which unit a commune that was
    merged across a border belongs to most. ``unplaced`` lists the members nobody knows."""

    units: dict[str, Unit] = field(default_factory=dict)
    pairs: dict[tuple[str, int], float] = field(default_factory=dict)
    unplaced: list[str] = field(default_factory=list)

    def add(self, unit: Unit, members: list[tuple[int, float]]) -> None:
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
    found: dict[str, Assigned] = {}
    for row in _rows(table):
        level = levels.get(row.unit.nature) or table.card.constants.get("level", "")
        if not level:
            continue
        assigned = found.setdefault(level, Assigned())
        members = _members(table, row, passage, sirens)
        assigned.add(row.unit, members)
        if not members:
            assigned.unplaced.append(table["commune"][row.line] or table["siren"][row.line])
    return found


def level_by_nature(table: Table) -> dict[str, str]:
    """« PETR:petr POLEM:polem » as a mapping."""
    pairs = table.card.constants.get("levels", "").split()
    return dict(pair.split(":", 1) for pair in pairs)


def unit_code(text: str) -> str:
    """The text itself when it can live in a URL, else its letters and digits joined by dashes."""
    if _SAFE.fullmatch(text):
        return text
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def iso_date(text: str) -> str:
    """A date of the files (28-06-2021, 2021-06-28, 28/06/2021) in ISO; empty when unreadable."""
    if found := _YEAR_FIRST.search(text):
        return "-".join(found.groups())
    if found := _DAY_FIRST.search(text):
        return "-".join(reversed(found.groups()))
    return ""


def _rows(table: Table) -> Iterator[Row]:
    constants = table.card.constants
    absent = re.compile(constants.get("absent", r"Z+|NA|"))
    several = re.compile(constants["units"]) if "units" in constants else None
    columns = zip(*(table[r] for r in ("unit", "name", "nature", "signed")), strict=True)
    for line, (unit, name, nature, signed) in enumerate(columns):
        codes = several.split(unit) if several else [unit]
        names = several.split(name) if several else [name]
        for i, code in enumerate(codes):
            if not absent.fullmatch(code.strip()):
                label = names[i] if len(names) == len(codes) else name
                unit_name = label.strip() or code.strip()
                yield Row(line, Unit(unit_code(code.strip()), unit_name, nature, iso_date(signed)))


def _members(table: Table, row: Row, passage: Passage, sirens: Sirens) -> list[tuple[int, float]]:
    index = passage.geography.index
    members = []
    for code in _commune_codes(table, row.line):
        members += [(index[to], ratio) for to, ratio in passage.shares(code)]
    siren = table["siren"][row.line]
    if not members and siren:
        members = [(int(node), 1.0) for node in sirens.nodes(siren, row.unit.nature, passage)]
    weight = _weight(table["population"][row.line])
    return [(node, ratio * weight) for node, ratio in members]


def _commune_codes(table: Table, line: int) -> list[str]:
    text = table["commune"][line]
    pattern = table.card.constants.get("commune_pattern", r"[^;,|\s]+")
    return [normalise_commune(code).code or code for code in re.findall(pattern, text)]


def _weight(text: str) -> float:
    digits = "".join(text.split())
    return float(digits) if digits.isdigit() and int(digits) else 1.0
