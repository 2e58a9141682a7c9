"""Who is there: the units of a level under those of a larger one, and what a territory is in."""

from dataclasses import dataclass

import numpy as np

from maillage.engine.edition import Edition
from maillage.territory.geography import Geography, IntArray, Mesh
from maillage.territory.perimeter import Perimeter
from maillage.territory.units import unit_id

#: Levels told of a territory that lies in one of their units.
CONTAINERS = (
    *("ept", "epci", "petr", "polem", "scot", "crte", "contrat_ruralite", "ti"),
    *("departement", "region", "bassin_vie", "zone_emploi", "aav"),
)


@dataclass(frozen=True)
class Entry:
    """One territory. ``population`` is None where a member's is not known."""

    id: str
    name: str
    nature: str
    communes: int
    population: float | None


@dataclass(frozen=True)
class Group:
    """The territories of a larger one; ``name`` is empty for those of none."""

    name: str
    entries: tuple[Entry, ...]


def directory(edition: Edition, level: str = "epci", under: str = "departement") -> list[Group]:
    """Every unit of ``level``, in the unit of ``under`` where most of its communes are.

    Groups and entries are in the order of their meshes' codes. KeyError when the edition has no
    such level; without the larger one, all are in one group.
    """
    geography = edition.geography
    mesh = geography.mesh(level)
    names, homes = _homes(geography, mesh, under)
    entries = [_entry(geography, mesh, unit) for unit in range(len(mesh.codes))]
    return [
        Group(name, tuple(entries[unit] for unit in np.flatnonzero(homes == number)))
        for number, name in enumerate(names)
        if (homes == number).any()
    ]


@dataclass(frozen=True)
class Container:
    """A larger territory that holds the whole of another; ``label`` names its level."""

    label: str
    id: str
    name: str


def containing(edition: Edition, perimeter: Perimeter) -> list[Container]:
    """The units, of the levels of ``CONTAINERS``, that hold all of a territory and more."""
    geography = edition.geography
    levels = {mesh.level for mesh in geography.meshes}
    return [
        Container(mesh.label, unit_id(geography, mesh, unit), mesh.names[unit])
        for mesh in (geography.mesh(level) for level in CONTAINERS if level in levels)
        for unit in _units_of(mesh, int(perimeter.communes[0]))
        if _holds(mesh.unit_members(unit), perimeter.communes)
    ]


def _units_of(mesh: Mesh, commune: int) -> list[int]:
    positions = np.flatnonzero(mesh.members == commune)
    return [int(unit) for unit in np.searchsorted(mesh.starts, positions, side="right") - 1]


def _holds(members: IntArray, communes: IntArray) -> bool:
    return len(members) > len(communes) and bool(np.isin(communes, members).all())


def _homes(geography: Geography, mesh: Mesh, under: str) -> tuple[list[str], np.ndarray]:
    """Names of the larger units, an empty one last, and which of them is home to each unit."""
    if under not in {m.level for m in geography.meshes}:
        return [""], np.zeros(len(mesh.codes), dtype=np.int64)
    larger = geography.mesh(under)
    owner = larger.unit_of(geography.n_communes)
    owner = np.where(owner < 0, len(larger.codes), owner)
    members = [owner[mesh.unit_members(unit)] for unit in range(len(mesh.codes))]
    homes = np.array([np.bincount(of).argmax() for of in members])
    return [*larger.names, ""], homes


def _entry(geography: Geography, mesh: Mesh, unit: int) -> Entry:
    members = mesh.unit_members(unit)
    population = float(geography.population[members].sum())
    return Entry(
        id=unit_id(geography, mesh, unit),
        name=mesh.names[unit],
        nature=mesh.natures[unit],
        communes=len(members),
        population=None if np.isnan(population) else population,
    )
