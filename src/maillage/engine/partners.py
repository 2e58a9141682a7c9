"""Whom a territory exchanges with: every node of the geography, grouped on a mesh."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np

from maillage.common.french import lowered
from maillage.territory.geography import Geography, IntArray, Mesh
from maillage.territory.units import COMMUNE, unit_id

#: Code of the cell that holds the communes outside every unit of the mesh.
WITHOUT = "@SANS"


class PartnerKind(StrEnum):
    """What a partner is; the last three are those of the outside cells."""

    TERRITORY = "territory"
    WITHOUT = "without"  # communes in no unit of the mesh, so that totals close
    ABROAD = "abroad"
    OVERSEAS_COLLECTIVITY = "overseas_collectivity"
    UNKNOWN = "unknown"


@dataclass(frozen=True, eq=False)
class Partners:
    """A partition of the nodes: units of the mesh, communes without a unit, outside cells.

    ``of`` gives the partner of each node; ``ids`` the id of a perimeter, empty where the partner
    is no territory. Flows of a territory with the partner it belongs to
    are those with the part of that partner outside the territory.
    """

    level: str
    year: int
    codes: tuple[str, ...]
    ids: tuple[str, ...]
    names: tuple[str, ...]
    kinds: tuple[PartnerKind, ...]
    of: IntArray
    n_units: int

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def n_inside(self) -> int:
        """How many, the first ones, are made of communes; the others are outside cells."""
        inside = (PartnerKind.TERRITORY, PartnerKind.WITHOUT)
        return sum(kind in inside for kind in self.kinds)


def mesh_partners(geography: Geography, mesh: Mesh) -> Partners:
    """Partners on a mesh. ValueError when the mesh is no partition."""
    unit = mesh.unit_of(geography.n_communes)
    n_units = len(mesh.codes)
    outside = np.arange(len(geography.outside), dtype=np.int32) + n_units + 1
    return Partners(
        level=mesh.level,
        year=mesh.year,
        codes=(*mesh.codes, WITHOUT, *(cell.code for cell in geography.outside)),
        ids=(
            *(unit_id(geography, mesh, unit) for unit in range(n_units)),
            *("" for _ in range(len(geography.outside) + 1)),
        ),
        names=(
            *mesh.names,
            f"Communes hors {lowered(mesh.label)}",
            *(cell.name for cell in geography.outside),
        ),
        kinds=(
            *(PartnerKind.TERRITORY for _ in mesh.codes),
            PartnerKind.WITHOUT,
            *(PartnerKind(cell.kind.value) for cell in geography.outside),
        ),
        of=np.concatenate([np.where(unit < 0, n_units, unit).astype(np.int32), outside]),
        n_units=n_units,
    )


def commune_partners(geography: Geography) -> Partners:
    """Each commune and each outside cell is a partner of its own."""
    return Partners(
        level=COMMUNE,
        year=geography.cog,
        codes=(*geography.codes, *(cell.code for cell in geography.outside)),
        ids=(*geography.codes, *("" for _ in geography.outside)),
        names=(*geography.names, *(cell.name for cell in geography.outside)),
        kinds=(
            *(PartnerKind.TERRITORY for _ in geography.codes),
            *(PartnerKind(cell.kind.value) for cell in geography.outside),
        ),
        of=np.arange(geography.n_nodes, dtype=np.int32),
        n_units=geography.n_communes,
    )


def partners_on(geography: Geography, level: str, year: int | None = None) -> Partners:
    """Partners on the current mesh of a level, or on that of a year.

    KeyError when there is no such mesh, ValueError when its units overlap.
    """
    if level == COMMUNE:
        return commune_partners(geography)
    return mesh_partners(geography, geography.mesh(level, year))
