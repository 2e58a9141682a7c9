"""Tables of one row a commune and one column a zoning: « ZE2020 », « LIB_ZE2020 »…

Every role of the card but ``commune`` is a level, ``<level>_name`` its labels; the constant
``absent_<level>`` is the pattern of codes that mean « none ».
"""

import re

from maillage.sources.references.assignments import NO_UNIT, Assigned
from maillage.sources.references.tables import Table
from maillage.sources.references.words import label, unit_code
from maillage.territory.cog import Passage
from maillage.territory.meshes import Unit

#: Roles that are facts of a commune, not zonings.
FACTS = ("commune", "code", "name", "population", "lon", "lat")


def read_zonings(table: Table, passage: Passage) -> dict[str, Assigned]:
    """Who belongs to what, by level."""
    nodes = [passage.nodes(code) for code in table["commune"]]
    return {level: _zoning(table, level, nodes) for level in zoning_levels(table)}


def zoning_levels(table: Table) -> list[str]:
    """Roles that are zonings."""
    return [role for role in table.columns if role not in FACTS and not role.endswith("_name")]


def _zoning(table: Table, level: str, nodes: list[tuple[tuple[int, float], ...]]) -> Assigned:
    absent = re.compile(table.card.constants.get(f"absent_{level}", NO_UNIT))
    found = Assigned()
    units: dict[tuple[str, str], Unit | None] = {}
    for text, members in zip(
        zip(table[level], table[f"{level}_name"], strict=True), nodes, strict=True
    ):
        if text not in units:
            units[text] = _unit(*text, absent)
        unit = units[text]
        if unit is not None:
            found.add(unit, members)
    return found


def _unit(code: str, name: str, absent: re.Pattern[str]) -> Unit | None:
    return (
        None if not code or absent.fullmatch(code) else Unit(unit_code(code), label(name or code))
    )
