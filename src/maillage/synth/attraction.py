"""What draws people to a place: jobs, dwellings, schools; and the communes beyond the border."""

from dataclasses import dataclass

import numpy as np

from maillage.synth.names import invent_stem
from maillage.synth.places import Places
from maillage.synth.scales import stream
from maillage.synth.settlement import Settlement
from maillage.territory.geography import FloatArray


@dataclass(frozen=True)
class ForeignCommune:
    """A place of work abroad: official-form code (two letters of a country, then three signs)."""

    code: str
    name: str
    xy: tuple[float, float]
    jobs: float


def invent_foreign(places: Places, seed: int) -> tuple[ForeignCommune, ...]:
    """Border communes east of the frontier: « Belgique » in the north, « Suisse » in the south."""
    rng = stream(seed, "foreign")
    frontier = places.xy[places.frontier]
    spots = frontier[np.argsort(frontier[:, 1])][:: max(1, len(frontier) // 14)]
    middle = np.median(frontier[:, 1])
    return tuple(
        ForeignCommune(
            code=f"{'SU' if y < middle else 'BE'}{900 + rank}",
            name=invent_stem(rng).upper(),
            xy=(float(x + 6_000), float(y)),
            jobs=float(rng.lognormal(8.2, 0.8)),
        )
        for rank, (x, y) in enumerate(spots)
    )


def attractions(
    settlement: Settlement, foreign: tuple[ForeignCommune, ...], seed: int
) -> dict[str, FloatArray]:
    """Weight of each node (places, border communes, abroad) by kind of need."""
    rng = stream(seed, "attraction")
    people = settlement.population.astype(np.float64)
    town = np.zeros(len(people))
    town[settlement.town] = settlement.agglomeration
    jobs = people**1.06 * rng.lognormal(0, 0.45, len(people)) + 0.15 * town
    beyond = np.array([commune.jobs * 2.5 for commune in foreign])
    school = {
        "primary": people * (people > 250),
        "middle": people * ((people > 3_500) | (town > 0)),
        "high": people * ((people > 12_000) | (town > 25_000)),
        "higher": town**1.25 * (town >= np.partition(town, -_campuses(town))[-_campuses(town)]),
    }
    closed = np.zeros(len(foreign) + 1)
    return {
        "jobs": np.r_[jobs, beyond, 0.0],
        "dwellings": np.r_[people * rng.lognormal(0, 0.3, len(people)), closed],
        **{level: np.r_[weight, closed] for level, weight in school.items()},
    }


def _campuses(town: FloatArray) -> int:
    """Towns with higher education: a fifth of them."""
    return max(4, int((town > 0).sum()) // 5)
