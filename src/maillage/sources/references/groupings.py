"""Every mesh the assignment tables of a mirror give, on the communes of the geography."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from maillage.sources.references.assignments import Assigned, level_by_nature, read_assignment
from maillage.sources.references.folder import Folder
from maillage.sources.references.levels import Levels
from maillage.sources.references.members import Sirens, commune_sirens, groupement_members
from maillage.sources.references.tables import Table
from maillage.territory.geography import Mesh
from maillage.territory.meshes import Membership, MeshHead, build_mesh
from maillage.territory.passages import Passages

#: Tables whose units are members of other units are read first, in this order.
_FIRST = ("epci", "ept")
#: A union of unions (a PETR inside a pôle) resolves in as many passes as it has storeys.
_STOREYS = 3


@dataclass(eq=False)
class Groupings:
    """Meshes as they are read, with what a SIREN stands for so far."""

    passages: Passages
    levels: Levels
    communes: dict[str, str]
    epci_year: int
    meshes: list[Mesh] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, table: Table) -> None:
        """Reads a table; again, while the units it defines make more of its members known."""
        passage = self.passages.of(table.year)
        known = self.meshes
        missing = None
        for _ in range(_STOREYS):
            found = read_assignment(table, passage, self.sirens())
            self.meshes = [*known, *(self._mesh(table, *item) for item in found.items())]
            left = sum(len(assigned.unplaced) for assigned in found.values())
            if left in (0, missing):
                break
            missing = left
        self.notes += [self._missing(table, a) for a in found.values() if a.unplaced]

    def sirens(self) -> Sirens:
        """Groupements of the chosen year first, then of the newest."""
        ordered = sorted(self.meshes, key=lambda m: (m.year != self.epci_year, -m.year))
        ept = (code for mesh in ordered if mesh.level == "ept" for code in mesh.codes)
        return Sirens(groupement_members(ordered), self.communes, frozenset(ept))

    def _mesh(self, table: Table, level: str, assigned: Assigned) -> Mesh:
        constants = table.card.constants
        single = constants.get("partition") == "yes"
        head = MeshHead(
            level=level,
            year=table.year,
            label=constants.get("label") or self.levels.label(level),
            source=table.card.id,
            prefix=constants.get("prefix", self.levels.prefix(level)),
        )
        pairs = assigned.heaviest() if single else list(assigned.pairs)
        return build_mesh(head, Membership(list(assigned.units.values()), pairs))

    def _missing(self, table: Table, assigned: Assigned) -> str:
        names = ", ".join(sorted(set(assigned.unplaced))[:5])
        return f"{table.file} : {len(assigned.unplaced)} membres introuvables ({names}…)."


def assigned_meshes(
    folder: Folder, passages: Passages, levels: Levels, epci_year: int
) -> tuple[list[Mesh], list[str]]:
    """Meshes of every assignment table, one by level and year, and French notes."""
    tables = sorted(folder.of("assignment"), key=_order)
    groupings = Groupings(passages, levels, commune_sirens(tables), epci_year)
    seen: set[tuple[frozenset[str], int]] = set()
    for table in tables:
        key = (_levels(table), table.year)
        if key in seen:
            groupings.notes.append(f"{table.file} : même maille et même année qu’un autre fichier.")
            continue
        seen.add(key)
        groupings.add(table)
    return groupings.meshes, groupings.notes


def _levels(table: Table) -> frozenset[str]:
    return frozenset({*level_by_nature(table).values(), table.card.constants.get("level", "")})


def _order(table: Table) -> tuple[int, bool, str]:
    level = table.card.constants.get("level", "")
    rank = _FIRST.index(level) if level in _FIRST else len(_FIRST)
    return rank, "commune" not in table.columns, table.file


def unit_names(tables: Iterable[Table], role: str) -> dict[str, str]:
    """Name by code of a table that lists units."""
    return {
        code: name
        for table in tables
        for code, name in zip(table[role], table["name"], strict=True)
    }
