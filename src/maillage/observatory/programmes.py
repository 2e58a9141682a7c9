"""The published contracts and programmes a territory is in, wholly or for some of its communes."""

from dataclasses import dataclass

import numpy as np

from maillage.engine.edition import Edition
from maillage.territory.geography import IntArray, Mesh
from maillage.territory.perimeter import Perimeter
from maillage.territory.units import unit_id

#: Levels of contracts and programmes, in the order people are told of them.
PROGRAMMES = (
    *("crte", "contrat_ruralite", "ti", "fabrique", "acv", "pvd", "va", "frla"),
    *("gal", "pnr"),
)


@dataclass(frozen=True)
class Membership:
    """A contract or programme that shares ``shared`` communes with the territory.

    ``whole``: all the territory is in it. ``same``: it is exactly the territory.
    """

    level: str
    label: str  # French name of the level
    id: str
    name: str
    shared: int
    whole: bool
    same: bool


def memberships(edition: Edition, perimeter: Perimeter) -> list[Membership]:
    """By programme, those that hold the whole territory first, then by communes shared."""
    geography = edition.geography
    levels = {mesh.level for mesh in geography.meshes}
    found = []
    for mesh in (geography.mesh(level) for level in PROGRAMMES if level in levels):
        units, shared = _meeting(mesh, perimeter.communes)
        ranked = sorted(zip(units, shared, strict=True), key=lambda pair: -pair[1])
        found += [_membership(edition, mesh, unit, n, perimeter) for unit, n in ranked]
    return found


def _meeting(mesh: Mesh, communes: IntArray) -> tuple[list[int], list[int]]:
    """Units that hold some of these communes, and how many."""
    positions = np.flatnonzero(np.isin(mesh.members, communes))
    owners = np.searchsorted(mesh.starts, positions, side="right") - 1
    units, shared = np.unique(owners, return_counts=True)
    return units.tolist(), shared.tolist()


def _membership(
    edition: Edition, mesh: Mesh, unit: int, shared: int, perimeter: Perimeter
) -> Membership:
    whole = shared == len(perimeter.communes)
    return Membership(
        level=mesh.level,
        label=mesh.label,
        id=unit_id(edition.geography, mesh, unit),
        name=mesh.names[unit] or mesh.codes[unit],
        shared=shared,
        whole=whole,
        same=whole and len(mesh.unit_members(unit)) == shared,
    )
