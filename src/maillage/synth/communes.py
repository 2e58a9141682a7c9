"""Communes of the target vintage and of the former one, both unions of places.

A merger joins neighbouring former communes; a split gives two communes where there was one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.synth.graph import Index
from maillage.synth.places import Places
from maillage.synth.scales import Scale, stream
from maillage.synth.settlement import Settlement

MERGED_AND_SPLIT_BELOW = 4_000  # inhabitants
MERGERS_PER_MOVED_SEAT = 8


@dataclass(frozen=True, eq=False)
class Composition:
    """``now`` and ``then``: the chief place of the commune each place belongs to, at the target
    vintage and at the former one. The chief place gives the commune its code; it is the most
    populous, except where the seat moved after a merger."""

    now: Index
    then: Index
    renamed: Index  # chief places whose commune only changed its name
    moved: Index  # chief places that took the seat of a merged commune after its birth

    @property
    def merged(self) -> Index:
        """Chief places of the communes born of a merger."""
        return np.unique(self.now[self.now != np.arange(len(self.now))])

    @property
    def split(self) -> Index:
        """Chief places of the former communes that were split."""
        return np.unique(self.then[self.then != np.arange(len(self.then))])


def count_places(scale: Scale) -> int:
    """Places needed so that the mergers leave ``scale.communes`` communes."""
    return scale.communes + round(1.5 * scale.mergers)


def compose(places: Places, settlement: Settlement, scale: Scale, seed: int) -> Composition:
    """Chooses small neighbouring places to merge or split; every other place is a commune."""
    rng = stream(seed, "communes")
    population = settlement.population
    nodes = np.arange(len(population))
    now, then = nodes.copy(), nodes.copy()
    free = (population < MERGED_AND_SPLIT_BELOW) & ~np.isin(nodes, settlement.town)
    rank = iter(rng.permutation(np.flatnonzero(free)).tolist())

    def claim(size: int) -> tuple[Index, int]:
        group = _group(places, free, rank, size)
        free[group] = False
        return group, int(group[np.argmax(population[group])])

    sizes = np.diff(np.linspace(0, len(nodes) - scale.communes, scale.mergers + 1).astype(int))
    moved = []
    for number, size in enumerate(sizes.tolist()):
        group, chief = claim(size + 1)
        if number % MERGERS_PER_MOVED_SEAT == 0:
            chief = int(group[np.argmin(population[group])])
            moved.append(chief)
        now[group] = chief
    for _ in range(scale.splits):
        group, chief = claim(2)
        then[group] = chief
    renamed = [claim(1)[1] for _ in range(scale.renames)]
    return Composition(now, then, _sorted(renamed), _sorted(moved))


def _sorted(nodes: list[int]) -> Index:
    return np.sort(np.array(nodes, dtype=np.int64))


def _group(places: Places, free: npt.NDArray[np.bool_], rank: Iterator[int], size: int) -> Index:
    """The next free place that has free neighbours, with them: ``size`` places in all."""
    graph = places.graph
    for node in rank:
        near = graph.near(node)[free[graph.near(node)]]
        if free[node] and len(near) >= size - 1:
            return np.sort(np.r_[node, near[: size - 1]]).astype(np.int64)
    raise ValueError("no room left for a merger or a split")
