"""What a file covers, seen from its cells: the country, or the part of it that they fill.

A file drawn for a region looks like a national one; only its cells tell. A part of the country is
covered when the communes seen in it hold nearly all its population.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from maillage.catalog.cards import UniverseRule
from maillage.common.french import counted, listing
from maillage.engine.dataset import FlowCells, Reach, Scope, Universe
from maillage.territory.geography import FloatArray, Geography, IntArray, Mesh

COVERED = 0.9  # share of a population beyond which its communes are taken as all there
NEARLY_ALL = 0.995  # of the weight: a merger may have carried a commune over the edge
_UNIT, _GROUP = "departement", "region"
_NOUNS = {
    "departement": ("du département", "des départements"),
    "region": ("de la région", "des régions"),
}
_REACHES = {
    Reach.INSIDE: "à l’intérieur {}",
    Reach.FROM: "au départ {}",
    Reach.TO: "à destination {}",
    Reach.TOUCHING: "au départ ou à destination {}",
}


def universe_of(rule: UniverseRule, cells: FlowCells, geography: Geography) -> Universe:
    """The universe of the cells of a file, by the rule of its card.

    A declared universe whose unit the geography does not know raises KeyError.
    """
    if rule.rule == "detected":
        seen = _Seen(cells.origin, cells.destination, cells.weight, geography)
        return Universe(seen.scopes(), rule.excludes)
    if rule.rule == "declared":
        mesh = geography.mesh(rule.level)
        units = [mesh.index[code] for code in rule.codes]
        return Universe((_scope(mesh, units, Reach.INSIDE, rule.label),), rule.excludes)
    return Universe((), rule.excludes)


def reversed_universe(universe: Universe) -> Universe:
    """What the same file covers once its moves are read the other way, destination first."""
    return replace(universe, scopes=tuple(map(_reversed, universe.scopes)))


def _reversed(scope: Scope) -> Scope:
    other = {Reach.FROM: Reach.TO, Reach.TO: Reach.FROM}.get(scope.reach, scope.reach)
    said, now = (_REACHES[reach].removesuffix("{}") for reach in (scope.reach, other))
    return replace(scope, reach=other, label=scope.label.replace(said, now, 1))


@dataclass(frozen=True, eq=False)
class _Seen:
    """The nodes of a file's cells, one row a cell."""

    origin: IntArray
    destination: IntArray
    weight: FloatArray
    geography: Geography

    def scopes(self) -> tuple[Scope, ...]:
        if all(map(self._everywhere, self._told)):
            return ()
        seen = self._in_the_country()
        scope = seen._of_units() if self._has(_UNIT) else None
        return (scope or seen._of_communes(),)

    def _in_the_country(self) -> "_Seen":
        """Without what crosses the border, which every file may hold: it tells nothing of the
        moves to the rest of the country."""
        n = self.geography.n_communes
        kept = (self.origin < n) & (self.destination < n)
        if not kept.any():
            return self
        return replace(
            self,
            origin=self.origin[kept],
            destination=self.destination[kept],
            weight=self.weight[kept],
        )

    def _of_units(self) -> Scope | None:
        """The fewest départements that hold nearly every cell by some reach.

        Inside comes first: what hardly crosses the edge does not tell that all that crosses it is
        there. Else the smallest area is the one that was asked for; its partners fill the others.
        """
        at_origin, at_destination = self._units(self.origin), self._units(self.destination)
        leaving, reaching = map(self._covered, self._told)
        both = leaving & reaching
        touched = both if len(self._stays) else both & self._most(at_origin, at_destination)
        readings = [
            (Reach.FROM, leaving, leaving[at_origin]),
            (Reach.TO, reaching, reaching[at_destination]),
            (Reach.TOUCHING, touched, touched[at_origin] | touched[at_destination]),
        ]
        found = [(reach, units) for reach, units, held in readings if self._nearly_all(held)]
        if self._nearly_all(both[at_origin] & both[at_destination]):
            found = [(Reach.INSIDE, both)]
        if not found:
            return None
        reach, units = min(found, key=lambda one: int(one[1].sum()))
        return self._named(np.flatnonzero(units[:-1]).astype(np.int32), reach)

    def _most(self, at_origin: IntArray, at_destination: IntArray) -> npt.NDArray[np.bool_]:
        """The one département with most cells."""
        ends = np.concatenate([at_origin, at_destination])
        most = np.zeros(len(self._mesh.codes) + 1, dtype=np.bool_)
        most[np.bincount(ends, minlength=len(most))[:-1].argmax()] = True
        return most

    def _nearly_all(self, held: npt.NDArray[np.bool_]) -> bool:
        return float(self.weight[held].sum()) >= NEARLY_ALL * float(self.weight.sum()) > 0

    def _named(self, units: IntArray, reach: Reach) -> Scope:
        """The region when these are all its départements, else the départements."""
        mesh = self._mesh
        if self._has(_GROUP):
            regions = self.geography.mesh(_GROUP)
            communes = _communes(mesh, units)
            owners = np.unique(regions.unit_of(self.geography.n_communes)[communes])
            whole = _communes(regions, owners[owners >= 0])
            if len(units) > 1 and np.array_equal(communes, whole):
                return _scope(regions, owners.tolist(), reach)
        return _scope(mesh, units.tolist(), reach)

    def _of_communes(self) -> Scope:
        """The communes of the file, when they fill no département, by the reach of its moves.

        Its own communes are those where someone stays.
        """
        own = np.zeros(self.geography.n_nodes, dtype=np.bool_)
        own[self._stays] = True
        leaving, reaching = own[self.origin], own[self.destination]
        readings = {Reach.FROM: leaving, Reach.TO: reaching, Reach.TOUCHING: leaving | reaching}
        if self._nearly_all(leaving & reaching):
            return self._of_these(np.union1d(self.origin, self.destination), Reach.INSIDE)
        for reach, held in readings.items():
            if self._nearly_all(held):
                return self._of_these(self._stays, reach)
        return self._of_these(np.union1d(self.origin, self.destination), Reach.INSIDE)

    def _of_these(self, nodes: IntArray, reach: Reach) -> Scope:
        communes = self._communes(nodes).astype(np.int32)
        return Scope("commune", "", _label(len(communes), reach), communes, reach)

    def _has(self, level: str) -> bool:
        return any(mesh.level == level and mesh.partition for mesh in self.geography.meshes)

    @cached_property
    def _stays(self) -> IntArray:
        """Nodes where someone stays. A file never tells who stays where it is only a partner."""
        return np.unique(self.origin[self.origin == self.destination])

    @property
    def _told(self) -> tuple[IntArray, IntArray]:
        """Nodes that tell what the file covers at origin and destination; all, if nobody stays."""
        return (self._stays, self._stays) if len(self._stays) else (self.origin, self.destination)

    @cached_property
    def _mesh(self) -> Mesh:
        return self.geography.mesh(_UNIT)

    @cached_property
    def _people(self) -> FloatArray:
        """Municipal populations; every commune counts one where none is known."""
        known = np.nan_to_num(self.geography.population)
        return known if known.any() else np.ones(self.geography.n_communes)

    def _communes(self, nodes: IntArray) -> IntArray:
        found = np.unique(nodes)
        return found[found < self.geography.n_communes]

    def _everywhere(self, nodes: IntArray) -> bool:
        """Nearly all the population, and nearly all départements whatever their size."""
        share = self._people[self._communes(nodes)].sum() / self._people.sum()
        units = self._covered(nodes)[:-1].mean() if self._has(_UNIT) else 1.0
        return bool(min(share, units) >= COVERED)

    def _units(self, nodes: IntArray) -> IntArray:
        """Unit of each node; the last number stands for no unit, or outside the country."""
        owner = self._mesh.unit_of(self.geography.n_communes)
        none = len(self._mesh.codes)
        unit = np.full(self.geography.n_nodes, none, dtype=np.int32)
        unit[: len(owner)] = np.where(owner < 0, none, owner)
        return unit[nodes]

    def _covered(self, nodes: IntArray) -> npt.NDArray[np.bool_]:
        """Units whose communes are nearly all there; never what is outside."""
        size = len(self._mesh.codes) + 1
        every = np.arange(self.geography.n_communes, dtype=np.int32)
        all_there = np.bincount(self._units(every), self._people, minlength=size)
        seen = self._communes(nodes)
        there = np.bincount(self._units(seen), self._people[seen], minlength=size)
        covered: npt.NDArray[np.bool_] = (there >= COVERED * all_there) & (there > 0)
        covered[-1] = False
        return covered


def _label(count: int, reach: Reach) -> str:
    """What a file of a few communes covers."""
    if count == 1:
        return _REACHES[reach].format("de la seule commune du fichier")
    several = f"es {counted(count, 'commune')} du fichier"
    inside = reach is Reach.INSIDE
    return f"entre l{several}" if inside else _REACHES[reach].format(f"d{several}")


def _communes(mesh: Mesh, units: Iterable[int]) -> IntArray:
    members = [mesh.unit_members(unit) for unit in units]
    return np.sort(np.concatenate(members)) if members else np.array([], dtype=np.int32)


def _scope(mesh: Mesh, units: list[int], reach: Reach, label: str = "") -> Scope:
    one, several = _NOUNS.get(mesh.level, ("de", "de"))
    names = [f"{mesh.names[unit]} ({mesh.codes[unit]})" for unit in units]
    place = f"{several if len(names) > 1 else one} {listing(names)}"
    return Scope(
        level=mesh.level,
        code="+".join(mesh.codes[unit] for unit in units),
        label=label or _REACHES[reach].format(place),
        communes=_communes(mesh, units),
        reach=reach,
    )
