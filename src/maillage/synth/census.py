"""The census drawn person by person: commuting, school and residential records.

A record is a person of the sample with a weight (IPONDI). Records come by blocks of residence
places, always the same for a country and a year, so that the detail file and the aggregated file
tell the same story.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from maillage.synth.country import Country
from maillage.synth.graph import Index
from maillage.synth.gravity import Choices, Law, open_choices
from maillage.synth.scales import stream
from maillage.territory.geography import FloatArray

BLOCK = 400_000  # records, about
BALANCING = 3  # rounds
STAY = "stay"  # the attraction of those who did not move
WEIGHT_SMALL, WEIGHT_LARGE, LARGE = 4.0, 2.5, 10_000  # sampling: exhaustive or 40 % of dwellings


@dataclass(frozen=True, eq=False)
class Records:
    """People of one block: place of residence, the other end, its weight, and their ``group``
    (index in the family's groups)."""

    block: int
    residence: Index
    other: Index
    weight: FloatArray
    group: Index


@dataclass(frozen=True)
class Group:
    """Some of the people of a family: how many, how they choose, what attracts them."""

    code: str
    per_inhabitant: float
    law: Law
    attraction: str  # jobs, dwellings, or a level of schools


FAMILIES: Mapping[str, tuple[Group, ...]] = {
    "commuting": (Group("all", 0.42, Law(10_000, 6.0, 0.022, 0.0012), "jobs"),),
    "residential": (
        Group("stayers", 0.865, Law(1, 1, 0.0, 0.0), STAY),
        Group("movers", 0.122, Law(14_000, 2.2, 0.17, 0.045), "dwellings"),
    ),
    "school": (
        Group("002", 0.003, Law(3_000, 3.0, 0.002, 0.0), "primary"),
        Group("003", 0.034, Law(3_000, 4.0, 0.002, 0.0), "primary"),
        Group("006", 0.060, Law(3_000, 4.0, 0.002, 0.0), "primary"),
        Group("011", 0.049, Law(6_000, 1.5, 0.003, 0.0), "middle"),
        Group("015", 0.036, Law(10_000, 1.2, 0.01, 0.0), "high"),
        Group("018", 0.041, Law(45_000, 1.0, 0.05, 0.004), "higher"),
        Group("025", 0.006, Law(45_000, 1.0, 0.08, 0.006), "higher"),
        Group("030", 0.004, Law(30_000, 1.0, 0.05, 0.0), "higher"),
    ),
}


@dataclass(frozen=True, eq=False)
class Census:
    """One family of one census year."""

    country: Country
    family: str
    year: int

    @property
    def groups(self) -> tuple[Group, ...]:
        return FAMILIES[self.family]

    def blocks(self) -> Iterator[Records]:
        """Every record, block after block."""
        counts = self._counts
        ends = np.cumsum(counts.sum(axis=1))
        block = (ends - 1) // BLOCK
        for number in np.unique(block):
            inside = np.flatnonzero(block == number)
            yield self._block(int(number), inside, counts[inside])

    def _block(self, number: int, places: Index, counts: Index) -> Records:
        rng = stream(self.country.seed, self.family, self.year, "records", number)
        parts = []
        for group, column in enumerate(counts.T):
            home = np.repeat(places, column)
            parts.append((home, self._choices(group, home, rng), np.full(len(home), group)))
        residence, other, groups = (np.concatenate(part) for part in zip(*parts, strict=True))
        mean = self._mean_weight[residence]
        weight = np.round(mean * np.exp(rng.normal(-0.011, 0.15, len(mean))), 15)
        return Records(number, residence, other, weight, groups)

    def _choices(self, group: int, residence: Index, rng: np.random.Generator) -> Index:
        choices = self._open.get(self.groups[group].attraction)
        return residence if choices is None else choices.draw(residence, rng)

    @cached_property
    def _mean_weight(self) -> FloatArray:
        large = self.country.population[self.country.commune] >= LARGE
        return np.where(large, WEIGHT_LARGE, WEIGHT_SMALL)

    @cached_property
    def _counts(self) -> Index:
        """Records by place and group."""
        rng = stream(self.country.seed, self.family, self.year, "counts")
        people = self.country.settlement.population * (1 - 0.006 * (2022 - self.year))
        share = np.array([group.per_inhabitant for group in self.groups])
        mood = rng.normal(1, 0.06, (len(people), len(share)))
        expected = people[:, None] * share * mood / self._mean_weight[:, None]
        return np.asarray(np.maximum(expected + rng.random(expected.shape), 0), dtype=np.int64)

    @cached_property
    def _open(self) -> dict[str, Choices]:
        """Choices by attraction. Those among dwellings are balanced, so that about as many people
        leave each place as settle there."""
        rng = stream(self.country.seed, self.family, self.year, "choices")
        laws = {group.attraction: group.law for group in self.groups if group.attraction != STAY}
        opened = {}
        for kind, law in laws.items():
            attraction = self.country.attractions[kind]
            opened[kind] = self._among(attraction, law, rng)
            for _ in range(BALANCING if kind == "dwellings" else 0):
                attraction = attraction * self._correction(opened[kind])
                opened[kind] = self._among(attraction, law, rng)
        return opened

    def _among(self, attraction: FloatArray, law: Law, rng: np.random.Generator) -> Choices:
        places = len(self.country.places.xy)
        return open_choices(self.country.nodes, attraction, places, law, rng)

    def _correction(self, choices: Choices) -> FloatArray:
        """What to multiply attractions by, for departures to come near arrivals."""
        people = self.country.settlement.population.astype(np.float64)
        left = choices.expect(people, len(self.country.nodes))
        factor = np.ones(len(left))
        factor[: len(people)] = people / np.maximum(left[: len(people)], 1e-9)
        return np.clip(factor, 0.2, 5)
