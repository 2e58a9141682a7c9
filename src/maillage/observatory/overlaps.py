"""Which known territories a perimeter meets: held whole, cut, or larger than it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from maillage.engine.edition import Edition
from maillage.territory.cover import BoolArray, overlaps
from maillage.territory.geography import FloatArray, Geography, Mesh
from maillage.territory.perimeter import Perimeter
from maillage.territory.units import unit_id

#: Levels that govern, plan or contract; statistical areas are met by chance.
LEVELS = (
    *("epci", "ept", "petr", "polem", "scot", "crte", "contrat_ruralite", "ti", "fabrique"),
    *("pnr", "gal", "aom", "arrondissement", "departement", "region"),
)


@dataclass(frozen=True)
class Overlap:
    """One territory met. ``shared`` of its ``communes`` are in the perimeter; ``people`` is their
    share of its inhabitants, None where a population is not known. ``holds``: the perimeter is
    all inside."""

    id: str
    name: str
    shared: int
    communes: int
    people: float | None
    holds: bool

    @property
    def whole(self) -> bool:
        return self.shared == self.communes


@dataclass(frozen=True)
class Level:
    """Territories of a level, by what the perimeter does to them. ``left`` communes are in none."""

    label: str
    whole: tuple[Overlap, ...]
    cut: tuple[Overlap, ...]
    around: tuple[Overlap, ...]
    left: int


def known_overlaps(edition: Edition, perimeter: Perimeter) -> list[Level]:
    """Levels of ``LEVELS`` that have a territory there; the perimeter itself is not its own."""
    geography = edition.geography
    known = {mesh.level for mesh in geography.meshes}
    meshes = (geography.mesh(level) for level in LEVELS if level in known)
    return [level for mesh in meshes if (level := _level(geography, perimeter, mesh)) is not None]


def _level(geography: Geography, perimeter: Perimeter, mesh: Mesh) -> Level | None:
    found = [one for one in _met(geography, perimeter, mesh) if one.id != perimeter.id]
    if not found:
        return None
    cut = [one for one in found if not one.whole and not one.holds]
    return Level(
        label=mesh.label,
        whole=tuple(one for one in found if one.whole),
        cut=tuple(sorted(cut, key=lambda one: -one.shared / one.communes)),
        around=tuple(one for one in found if one.holds and not one.whole),
        left=int((~np.isin(perimeter.communes, mesh.members)).sum()),
    )


def _met(geography: Geography, perimeter: Perimeter, mesh: Mesh) -> Iterator[Overlap]:
    inside = np.zeros(geography.n_communes, dtype=np.bool_)
    inside[perimeter.communes] = True
    for unit, shared in overlaps(geography, perimeter.communes, mesh):
        members = mesh.unit_members(unit)
        yield Overlap(
            id=unit_id(geography, mesh, unit),
            name=mesh.names[unit],
            shared=shared,
            communes=len(members),
            people=_share(geography.population[members], inside[members]),
            holds=shared == len(perimeter.communes),
        )


def _share(people: FloatArray, inside: BoolArray) -> float | None:
    total = float(people.sum())
    return None if np.isnan(total) or total == 0 else float(people[inside].sum()) / total
