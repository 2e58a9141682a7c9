"""Every mesh the tables of a mirror give, on the communes of the geography."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from maillage.common.french import counted
from maillage.sources.references.assignments import Assigned, level_by_nature, read_assignment
from maillage.sources.references.folder import Folder
from maillage.sources.references.levels import Levels
from maillage.sources.references.members import Sirens, commune_sirens, groupement_members
from maillage.sources.references.tables import Table
from maillage.sources.references.unit_lists import named_by
from maillage.sources.references.zonings import read_zonings
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
    communes: Mapping[str, str]
    epci_year: int
    meshes: list[Mesh] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, table: Table) -> None:
        """Reads a table; again, while the units it defines make more of its members known."""
        passage = self.passages.of(table.cog)
        if table.card.layout == "zoning_table":
            self._keep(table, read_zonings(table, passage), single=True)
            return
        single = table.card.constants.get("partition") == "yes"
        known, missing = self.meshes, None
        for _ in range(_STOREYS):
            found = read_assignment(table, passage, self._sirens())
            self.meshes = list(known)
            self._keep(table, found, single)
            left = sum(len(assigned.unplaced) for assigned in found.values())
            if left in (0, missing):
                break
            missing = left
        self.notes += [
            _missing(table, assigned) for assigned in found.values() if assigned.unplaced
        ]

    def _sirens(self) -> Sirens:
        """Groupements of the chosen year first, then of the newest."""
        ordered = sorted(self.meshes, key=lambda m: (m.year != self.epci_year, -m.year))
        ept = (code for mesh in ordered if mesh.level == "ept" for code in mesh.codes)
        return Sirens(groupement_members(ordered), self.communes, frozenset(ept))

    def _keep(self, table: Table, found: Mapping[str, Assigned], single: bool) -> None:
        constants = table.card.constants
        for level, assigned in found.items():
            head = MeshHead(
                level=level,
                year=table.year,
                label=constants.get("label") or self.levels.label(level),
                source=table.card.id,
                prefix=constants.get("prefix", self.levels.prefix(level)),
            )
            pairs = assigned.heaviest() if single else list(assigned.pairs)
            self.meshes.append(build_mesh(head, Membership(list(assigned.units.values()), pairs)))


def assigned_meshes(
    folder: Folder, passages: Passages, levels: Levels, epci_year: int
) -> tuple[list[Mesh], list[str]]:
    """Meshes of every assignment table, one by level and year, and French notes."""
    tables = sorted((*folder.of("assignment"), *folder.of("zoning_table")), key=_order)
    groupings = Groupings(passages, levels, commune_sirens(tables), epci_year)
    kept: dict[tuple[frozenset[str], int], Table] = {}
    for table in tables:
        first = kept.setdefault((_levels(table), table.year), table)
        if first is table:
            groupings.add(table)
        else:
            groupings.notes.append(
                f"{table.file} : même maille et même année que {first.file}, seul retenu."
            )
    lists = folder.of("unit_list")
    return [named_by(mesh, lists) for mesh in groupings.meshes], groupings.notes


def _missing(table: Table, assigned: Assigned) -> str:
    names = sorted(set(assigned.unplaced))
    shown = ", ".join(names[:5]) + ("…" if len(names) > 5 else "")
    count = counted(len(names), "membre introuvable", "membres introuvables")
    return f"{table.file} : {count} ({shown})."


def _levels(table: Table) -> frozenset[str]:
    if table.card.layout == "zoning_table":
        return frozenset({table.card.id})
    return frozenset({*level_by_nature(table).values(), table.card.constants.get("level", "")})


def _order(table: Table) -> tuple[int, bool, str]:
    level = table.card.constants.get("level", "")
    rank = _FIRST.index(level) if level in _FIRST else len(_FIRST)
    return rank, "commune" not in table.columns, table.file
