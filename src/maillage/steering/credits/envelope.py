"""Where the grants of a scope go: each to one territory of a mesh, or apart, for a reason told."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from maillage.engine.dataset import Grant
from maillage.engine.edition import Edition
from maillage.observatory.grants import Owners, grant_owners
from maillage.territory.geography import IntArray, Mesh
from maillage.territory.perimeter import Perimeter
from maillage.territory.units import COUNTRY

#: Why a grant is in no territory, and how the page says it.
WIDER, SEVERAL, OUTSIDE, ELSEWHERE, LOST = range(-1, -6, -1)
APART = {
    WIDER: "Bénéficiaires plus larges qu’un territoire de la maille",
    SEVERAL: "Bénéficiaires compris dans plusieurs territoires de la maille",
    OUTSIDE: "Bénéficiaires qui ne sont d’aucun territoire de la maille",
    ELSEWHERE: "Bénéficiaires situés aujourd’hui hors du périmètre",
    LOST: "Bénéficiaires disparus, non situés",
}
DEPARTEMENT = "departement"


@dataclass(frozen=True, eq=False)
class Envelope:
    """Grants of a scope by unit of a mesh, then those in none by reason of ``APART``.

    ``units`` are those that the scope touches, whether they received anything or not.
    """

    units: IntArray
    placed: dict[int, list[Grant]] = field(default_factory=lambda: defaultdict(list))
    apart: dict[int, list[Grant]] = field(default_factory=lambda: defaultdict(list))

    @property
    def count(self) -> int:
        return sum(len(held) for held in (*self.placed.values(), *self.apart.values()))


def envelope(
    edition: Edition, year: int, scope: Perimeter, level: str, programmes: tuple[str, ...] = ()
) -> Envelope:
    """The grants that the list puts under the départements of the scope; all for the country.

    Every one of them is placed or apart. No programme means all.
    """
    mesh = edition.geography.mesh(level)
    units = touched(edition, mesh, scope)
    inside, homes = set(units.tolist()), _homes(edition, year, level)
    found = Envelope(units)
    for grant in _listed(edition, year, scope):
        if programmes and grant.programme not in programmes:
            continue
        home = homes.get(grant.now, LOST)
        if home in inside:
            found.placed[home].append(grant)
        else:
            found.apart[home if home < 0 else ELSEWHERE].append(grant)
    return found


def touched(edition: Edition, mesh: Mesh, scope: Perimeter) -> IntArray:
    """Units of a mesh that have a commune in the scope."""
    member = members(edition, scope)
    unit = np.repeat(np.arange(len(mesh.codes), dtype=np.int32), np.diff(mesh.starts))
    return np.unique(unit[member[mesh.members]])


def members(edition: Edition, scope: Perimeter) -> np.ndarray:
    """Whether each commune is in the scope."""
    member = np.zeros(edition.geography.n_communes, dtype=np.bool_)
    member[scope.communes] = True
    return member


def _listed(edition: Edition, year: int, scope: Perimeter) -> list[Grant]:
    """What is listed under a code that is no département is there when its owner is."""
    grants = edition.grants(year).grants
    if scope.level == COUNTRY:
        return list(grants)
    mesh, member = edition.geography.mesh(DEPARTEMENT), members(edition, scope)
    whole = {c for u, c in enumerate(mesh.codes) if member[mesh.unit_members(u)].all()}
    owners = grant_owners(edition, year)
    odd = {
        held[0].now
        for row, held in enumerate(owners.grants)
        if any(grant.departement not in mesh.index for grant in held)
        and member[owners.members[owners.start[row] : owners.start[row + 1]]].all()
    }
    return [
        grant
        for grant in grants
        if grant.departement in whole or (grant.departement not in mesh.index and grant.now in odd)
    ]


@lru_cache(maxsize=32)
def _homes(edition: Edition, year: int, level: str) -> dict[str, int]:
    """Unit that holds each owner whole, or why there is none."""
    owners, mesh = grant_owners(edition, year), edition.geography.mesh(level)
    if not owners.grants:
        return {}
    whole, some = _held(edition.geography.n_communes, mesh, owners)
    return {
        held[0].now: _home(whole[row], bool(some[row])) for row, held in enumerate(owners.grants)
    }


def _home(whole: list[int], some: bool) -> int:
    if len(whole) == 1:
        return whole[0]
    return SEVERAL if whole else WIDER if some else OUTSIDE


def _held(n_communes: int, mesh: Mesh, owners: Owners) -> tuple[list[list[int]], np.ndarray]:
    """By owner: units that hold all of its communes, and whether any holds some."""
    count = np.bincount(mesh.members, minlength=n_communes)
    start = np.concatenate([[0], np.cumsum(count)])
    by_commune = np.repeat(np.arange(len(mesh.codes)), np.diff(mesh.starts))
    by_commune = by_commune[np.argsort(mesh.members, kind="stable")]
    size = np.diff(owners.start)
    repeats = count[owners.members]
    owner = np.repeat(np.repeat(np.arange(len(size)), size), repeats)
    first = np.repeat(start[owners.members], repeats)
    rank = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    pairs, held = np.unique(owner * len(mesh.codes) + by_commune[first + rank], return_counts=True)
    who, unit = np.divmod(pairs, len(mesh.codes))
    whole: list[list[int]] = [[] for _ in size]
    for row, one in zip(*(side[held == size[who]].tolist() for side in (who, unit)), strict=True):
        whole[row].append(one)
    return whole, np.bincount(who, minlength=len(size)) > 0
