"""What a place is like, as far as people's traits depend on it."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from maillage.synth.census import Records
from maillage.synth.country import Country
from maillage.synth.graph import Index
from maillage.synth.scales import stream
from maillage.synth.traits import Trait
from maillage.territory.geography import FloatArray

FAR_ABROAD = 60.0  # km, for a place without position
MIX = np.array([0.03, 0.14, 0.07, 0.45, 0.31])  # AZ, BE, FZ, GU, OQ


@dataclass(frozen=True, eq=False)
class Setting:
    """By node: ``town`` from 0 (open country) to 1 (heart of the metropolis), and the shares of
    the five sectors in the jobs there."""

    town: FloatArray
    sectors: FloatArray


@lru_cache(maxsize=2)
def setting(country: Country) -> Setting:
    jobs = country.attractions["jobs"]
    scale = np.log(jobs[: len(country.places.xy)].max())
    town = np.clip((np.log(np.maximum(jobs, 50)) - 5.5) / (scale - 5.5), 0, 1)
    rng = stream(country.seed, "sectors")
    mix = rng.gamma(MIX * 9, size=(len(jobs), len(MIX)))
    mix[:, 0] *= 2.2 * (1 - town) ** 2
    mix[:, 1] *= np.where(rng.random(len(jobs)) < 0.12, 4.0, 1.1 - 0.5 * town)
    mix[:, 3] *= 0.8 + 0.5 * town
    return Setting(town, mix / mix.sum(axis=1, keepdims=True))


def gap_km(country: Country, block: Records) -> FloatArray:
    """Straight distance between both ends of each record."""
    gap = np.hypot(*(country.nodes[block.other] - country.nodes[block.residence]).T) / 1_000
    return np.where(np.isnan(gap), FAR_ABROAD, gap)


def indicator(country: Country, block: Records) -> Trait:
    """Where the other end is: 1 same commune, 2 same département, 3 same région, 4 another one,
    7 abroad."""
    home, other = country.commune[block.residence], commune_of_node(country, block.other)
    groups = country.groupings
    rank = np.select(
        [
            other < 0,
            other == home,
            groups.departement[other] == groups.departement[home],
            groups.region[other] == groups.region[home],
        ],
        [4, 0, 1, 2],
        default=3,
    )
    return Trait(("1", "2", "3", "4", "7"), rank.astype(np.uint8))


def commune_of_node(country: Country, node: Index) -> Index:
    """Commune of a node, -1 abroad."""
    inside = node < len(country.places.xy)
    return np.where(inside, country.commune[np.where(inside, node, 0)], -1)
