"""What two territories are already in together: schemes, contracts, poles, programmes."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from maillage.engine.edition import Edition
from maillage.observatory.answers.pair import Common, CommonPerimeter, CommonProgramme
from maillage.territory.geography import IntArray, Mesh
from maillage.territory.perimeter import Perimeter
from maillage.territory.units import unit_id

#: Perimeters of contracts and of joint bodies first, then those people live in, then the State's.
PERIMETERS = (
    *("crte", "contrat_ruralite", "petr", "polem", "scot", "ti", "pnr", "gal", "aom", "ept"),
    *("epci", "syndicat", "bassin_vie", "zone_emploi", "aav", "departement", "region"),
)
#: Programmes whose members are communes: two territories share one when both have members.
PROGRAMMES = ("acv", "pvd", "va", "frla", "fabrique")


@dataclass(frozen=True, eq=False)
class Surroundings:
    """The units that reach into a territory, read once to be set against many others."""

    edition: Edition
    perimeter: Perimeter

    def common(self, other: Perimeter) -> Common:
        """With another territory, apart from it or not."""
        theirs = np.zeros(self.edition.geography.n_communes, dtype=np.bool_)
        theirs[other.communes] = True
        programmes = (self._programme(level, theirs) for level in self._levels(PROGRAMMES))
        return Common(
            perimeters=tuple(self._perimeters(other, theirs)),
            programmes=tuple(found for found in programmes if found is not None),
        )

    def _perimeters(self, other: Perimeter, theirs: np.ndarray) -> list[CommonPerimeter]:
        geography = self.edition.geography
        found = []
        for mesh, unit, whole in self._around:
            shared = int(theirs[mesh.unit_members(unit)].sum())
            id = unit_id(geography, mesh, unit)
            if shared and id not in (self.perimeter.id, other.id):
                holds = whole and shared == len(other.communes)
                found.append(CommonPerimeter(mesh.level, mesh.label, id, mesh.names[unit], holds))
        return found

    @cached_property
    def _around(self) -> list[tuple[Mesh, int, bool]]:
        """Mesh, unit, and whether the unit holds the whole territory."""
        return [
            (mesh, int(unit), bool(counts[unit] == len(self.perimeter.communes)))
            for level in self._levels(PERIMETERS)
            for mesh in [self.edition.geography.mesh(level)]
            for counts in [self._counts(mesh)]
            for unit in np.flatnonzero(counts)
        ]

    def _counts(self, mesh: Mesh) -> IntArray:
        """Communes of the territory in each unit."""
        unit = np.repeat(np.arange(len(mesh.codes)), np.diff(mesh.starts))
        ours = np.isin(mesh.members, self.perimeter.communes)
        return np.bincount(unit[ours], minlength=len(mesh.codes)).astype(np.int32)

    def _programme(self, level: str, theirs: np.ndarray) -> CommonProgramme | None:
        mesh = self.edition.geography.mesh(level)
        here = np.intersect1d(mesh.members, self.perimeter.communes)
        other = np.unique(mesh.members[theirs[mesh.members]])
        if not (len(here) and len(other)):
            return None
        names = self.edition.geography.names
        return CommonProgramme(
            level, mesh.label, tuple(names[n] for n in here), tuple(names[n] for n in other)
        )

    def _levels(self, wanted: tuple[str, ...]) -> list[str]:
        known = {mesh.level for mesh in self.edition.geography.meshes}
        return [level for level in wanted if level in known]
