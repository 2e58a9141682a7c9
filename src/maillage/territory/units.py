"""Every known unit of a geography by its id, and by its set of communes."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from maillage.territory.geography import Geography, IntArray, Mesh

COMMUNE = "commune"
COUNTRY = "pays"
#: Id of the whole country.
COUNTRY_ID = "pays"


@dataclass(frozen=True, eq=False)
class KnownUnit:
    """A set of communes that has a name. ``id`` says how to cite it."""

    id: str
    name: str
    level: str
    nature: str
    communes: IntArray


def unit_id(geography: Geography, mesh: Mesh, unit: int) -> str:
    """``244400404``, ``dep-44``; an older composition says its year: ``244400404@2014``."""
    current = geography.mesh(mesh.level) is mesh
    return f"{mesh.prefix}{mesh.codes[unit]}{'' if current else f'@{mesh.year}'}"


@dataclass(frozen=True, eq=False)
class UnitIndex:
    """The units of a geography. Among equal sets, the first wins: the whole country, then
    communes, then meshes in the order of ``geography.meshes``, older compositions last."""

    geography: Geography

    def __iter__(self) -> Iterator[KnownUnit]:
        """Units of meshes, in order of priority."""
        for mesh in self.meshes:
            for number in range(len(mesh.codes)):
                yield self.unit(mesh, number)

    def unit(self, mesh: Mesh, number: int) -> KnownUnit:
        return KnownUnit(
            id=unit_id(self.geography, mesh, number),
            name=mesh.names[number] or mesh.codes[number],
            level=mesh.level,
            nature=mesh.natures[number],
            communes=mesh.unit_members(number),
        )

    @cached_property
    def meshes(self) -> tuple[Mesh, ...]:
        """Those meant when no year is said, then older compositions."""
        usual = self.geography.mesh
        return tuple(sorted(self.geography.meshes, key=lambda mesh: mesh is not usual(mesh.level)))

    @cached_property
    def by_id(self) -> dict[str, KnownUnit]:
        units: dict[str, KnownUnit] = {}
        for unit in self:
            units.setdefault(unit.id, unit)
        return units

    @cached_property
    def by_set(self) -> dict[bytes, KnownUnit]:
        units: dict[bytes, KnownUnit] = {}
        for unit in self:
            units.setdefault(unit.communes.tobytes(), unit)
        return units

    def commune(self, node: int) -> KnownUnit:
        geography = self.geography
        code = geography.codes[node]
        members = np.array([node], dtype=np.int32)
        return KnownUnit(code, geography.names[node], COMMUNE, "", members)

    @cached_property
    def country(self) -> KnownUnit:
        everything = np.arange(self.geography.n_communes, dtype=np.int32)
        return KnownUnit(COUNTRY_ID, self.geography.country, COUNTRY, "", everything)

    def named(self, unit: str) -> KnownUnit | None:
        """The unit of that id, or None."""
        if unit == COUNTRY_ID:
            return self.country
        node = self.geography.index.get(unit)
        if node is not None:
            return self.commune(node) if node < self.geography.n_communes else None
        return self.by_id.get(unit)

    def equal_to(self, communes: IntArray) -> KnownUnit | None:
        """The unit that is exactly this sorted set, or None."""
        if len(communes) == self.geography.n_communes:
            return self.country
        if len(communes) == 1:
            return self.commune(int(communes[0]))
        return self.by_set.get(communes.tobytes())

    @cached_property
    def check(self) -> int:
        """16 bits that tell this list of communes from another."""
        return zlib.crc32("\n".join(self.geography.codes).encode()) & 0xFFFF


@lru_cache(maxsize=4)
def unit_index(geography: Geography) -> UnitIndex:
    """The index of a geography, built once."""
    return UnitIndex(geography)
