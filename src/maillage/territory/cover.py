"""Which known units make up a set of communes, and what their union is called."""

import numpy as np
import numpy.typing as npt

from maillage.common.french import listing
from maillage.territory.geography import Geography, IntArray, Mesh
from maillage.territory.units import KnownUnit, UnitIndex

BoolArray = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]
#: Levels whose whole units name a union, largest first; communes name what is left. A geography
#: that has none of them uses all its partitions, from the fewest units to the most.
COVER_LEVELS = ("region", "departement", "epci", "ept")


def cover(index: UnitIndex, communes: IntArray) -> list[KnownUnit]:
    """Disjoint known units whose union is this set: whole units of the largest levels first."""
    left = np.zeros(index.geography.n_communes, dtype=np.bool_)
    left[communes] = True
    parts: list[KnownUnit] = []
    for mesh in _cover_meshes(index.geography):
        for unit in _whole_units(mesh, left):
            members = mesh.unit_members(unit)
            parts.append(index.equal_to(members) or index.unit(mesh, int(unit)))
            left[members] = False
    return parts + [index.commune(int(node)) for node in np.flatnonzero(left)]


def union_name(geography: Geography, parts: list[KnownUnit]) -> str:
    """« Nantes Métropole, Saint-Nazaire et 12 autres »: the most populated first."""
    names = [part.name for part in sorted(parts, key=lambda p: (-_people(geography, p), p.id))]
    return listing([*names[:2], f"{len(names) - 2} autres"] if len(names) > 3 else names)


def _people(geography: Geography, unit: KnownUnit) -> float:
    return float(np.nansum(geography.population[unit.communes]))


def overlaps(geography: Geography, communes: IntArray, mesh: Mesh) -> list[tuple[int, int]]:
    """Units of a mesh that share some of these communes, as (unit, number shared)."""
    inside = np.zeros(geography.n_communes, dtype=np.int64)
    inside[communes] = 1
    shared = _sums(mesh, inside)
    return [(int(unit), int(shared[unit])) for unit in np.flatnonzero(shared)]


def _cover_meshes(geography: Geography) -> list[Mesh]:
    levels = {mesh.level for mesh in geography.meshes}
    found = [geography.mesh(level) for level in COVER_LEVELS if level in levels]
    if not found:
        meshes = (geography.mesh(level) for level in sorted(levels))
        found = sorted(meshes, key=lambda mesh: len(mesh.codes))
    return [mesh for mesh in found if mesh.partition]


def _whole_units(mesh: Mesh, left: BoolArray) -> IntArray:
    whole = _sums(mesh, left.astype(np.int64)) == np.diff(mesh.starts)
    return np.flatnonzero(whole & (np.diff(mesh.starts) > 1)).astype(np.int32)


def _sums(mesh: Mesh, values: Counts) -> Counts:
    running = np.concatenate([[0], np.cumsum(values[mesh.members])])
    return np.asarray(running[mesh.starts[1:]] - running[mesh.starts[:-1]])
