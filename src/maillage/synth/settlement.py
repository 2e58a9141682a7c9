"""Where people live: a metropolis, towns by rank-size, villages."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import KDTree

from maillage.synth.graph import Index
from maillage.synth.land import Land
from maillage.synth.places import Places
from maillage.synth.scales import Scale, stream
from maillage.territory.geography import FloatArray

COMMUNES_PER_TOWN = 40
RANK_EXPONENT = 0.9
VILLAGE_MEDIAN = 360.0


@dataclass(frozen=True, eq=False)
class Settlement:
    """``town`` places by decreasing rank, the inhabitants of each agglomeration, and the
    inhabitants of every place (whole numbers)."""

    town: Index
    agglomeration: FloatArray
    population: Index


def settle(places: Places, land: Land, scale: Scale, seed: int) -> Settlement:
    """Sites the towns and spreads the inhabitants around them."""
    rng = stream(seed, "settlement")
    town = _sites(places, land, rng)
    size = _rank_size(scale, len(town), rng)
    people = rng.lognormal(np.log(VILLAGE_MEDIAN), 0.85, len(places.xy))
    people *= 1 - 0.6 * places.mountain
    tree = KDTree(places.xy)
    for rank, (node, inhabitants) in enumerate(zip(town, size, strict=True)):
        people += _agglomeration(tree, places.xy, int(node), float(inhabitants), rank)
    return Settlement(town, size, np.maximum(people, 15).astype(np.int64))


def _sites(places: Places, land: Land, rng: np.random.Generator) -> Index:
    """The metropolis at the estuary, then towns apart from one another, rarer in the mountain."""
    count = max(12, len(places.xy) // COMMUNES_PER_TOWN)
    metropolis = int(np.argmin(np.hypot(*(places.xy - land.estuary_head).T)))
    order = np.argsort(rng.exponential(1 + 3 * places.mountain))
    apart = 0.75 * np.sqrt(land.outline.area / count)
    nearest = np.hypot(*(places.xy - places.xy[metropolis]).T) / 1.6
    chosen = [metropolis]
    while len(chosen) < count:
        for node in order:
            if nearest[node] > apart:
                chosen.append(int(node))
                nearest = np.minimum(nearest, np.hypot(*(places.xy - places.xy[node]).T))
                if len(chosen) == count:
                    break
        apart *= 0.8
    return np.array(chosen, dtype=np.int64)


def _rank_size(scale: Scale, count: int, rng: np.random.Generator) -> FloatArray:
    rank = np.arange(1, count)
    noise = np.sort(rng.uniform(0.9, 1.1, count - 1))[::-1]
    others = scale.second_town * rank**-RANK_EXPONENT * noise
    return np.concatenate([[scale.metropolis], others])


def _agglomeration(
    tree: KDTree, xy: FloatArray, node: int, inhabitants: float, rank: int
) -> FloatArray:
    """Inhabitants of one agglomeration by place: density falls off from its centre."""
    scale = 2_200 * (inhabitants / 20_000) ** 0.28
    near = np.array(sorted(tree.query_ball_point(xy[node], 7 * scale)), dtype=np.int64)
    share = np.exp(-np.hypot(*(xy[near] - xy[node]).T) / scale)
    share[near == node] *= 6.0 if rank == 0 else 1.8
    people: FloatArray = np.zeros(len(xy))
    people[near] = inhabitants * share / share.sum()
    return people
