"""Who moved and who stayed, and who studies where: traits of residential and school records."""

import numpy as np
import numpy.typing as npt

from maillage.synth.census import Census, Records
from maillage.synth.scales import stream
from maillage.synth.setting import gap_km, indicator, setting
from maillage.synth.traits import Coded, Trait, draw
from maillage.synth.workers import DIPLOMA_BY_GROUP, DIPLOMAS
from maillage.territory.geography import FloatArray

AGES = tuple(f"{age:03d}" for age in range(0, 100, 5))
STAYING = np.array(
    [5, 6, 6.5, 6, 4.5, 4.5, 5.5, 6, 6.3, 6.8, 7, 6.8, 6.5, 6, 5.5, 4, 3, 2.2, 1.3, 0.4]
)
MOVING = np.array([8, 6, 4.5, 7, 17, 15, 10, 7, 5, 4, 3.5, 3, 2.8, 2, 1.2, 1, 1, 1, 0.7, 0.3])
STUDENT, YOUNG, FAMILY = slice(3, 5), slice(5, 6), slice(6, 9)  # age bands 15-24, 25-29, 30-44
GROUPS = ("1", "2", "3", "4", "5", "6", "7", "8")
ADULT, RETIRED = 3, 12  # first age bands of workers and pensioners


def describe_residents(census: Census, block: Records) -> dict[str, Trait]:
    """Students move to large towns, families away from them; cadres go far, pensioners to rest."""
    rng = stream(census.country.seed, "residential", census.year, "traits", block.block)
    age = draw(AGES, _age_weights(census, block), rng)
    group = draw(GROUPS, _group_weights(census, block, age.rank), rng)
    worker = np.isin(group.rank, range(6))
    diploma = DIPLOMA_BY_GROUP[np.minimum(group.rank, 5)]
    return {
        "AGEREVQ": age,
        "CS1": group,
        "DIPL": draw(DIPLOMAS, diploma, rng),
        "TACT": Trait(("11", "21", "22", "24"), _activity(worker, age.rank)),
        "IRAN": _former_residence(census, block, rng),
    }


def _age_weights(census: Census, block: Records) -> FloatArray:
    town = setting(census.country).town
    moved = block.residence != block.other
    climb = town[block.residence] - town[block.other]
    weight = np.where(moved[:, None], MOVING, STAYING).astype(np.float64)
    weight[:, STUDENT] *= np.exp(1.6 * climb * moved)[:, None]
    weight[:, YOUNG] *= np.exp(0.7 * climb * moved)[:, None]
    weight[:, FAMILY] *= np.exp(-0.8 * climb * moved)[:, None]
    weight[:, : STUDENT.start] *= np.exp(-0.8 * climb * moved)[:, None]
    return weight


def _group_weights(census: Census, block: Records, age: Coded) -> FloatArray:
    town = setting(census.country).town[block.residence]
    far = np.log1p(gap_km(census.country, block) / 30)
    child, retired = age < ADULT, age >= RETIRED
    weight = np.stack(
        [
            0.012 * (1.2 - town),
            0.04 + 0 * town,
            0.10 * (0.4 + 1.5 * town) * (1 + 0.6 * far),
            0.15 + 0 * town,
            0.17 + 0 * town,
            0.13 * (1.3 - 0.7 * town),
            np.zeros_like(town),
            0.13 + 0 * town,
        ],
        axis=1,
    )
    weight[retired] = (0.001, 0.01, 0.01, 0.01, 0.02, 0.01, 1.0, 0.06)
    weight[child] = (0, 0, 0, 0, 0, 0, 0, 1.0)
    return weight


def _activity(worker: npt.NDArray[np.bool_], age: Coded) -> Coded:
    return np.select([worker, age >= RETIRED, age < ADULT], [0, 1, 3], default=2).astype(np.uint8)


def _former_residence(census: Census, block: Records, rng: np.random.Generator) -> Trait:
    """IRAN: 1 same dwelling, 2 another one of the commune, 3 département, 4 région, 5, 9 abroad."""
    place = indicator(census.country, block)
    same = (place.rank == 0) & (block.group == 1)
    stayed = (place.rank == 0) & ~same
    moved_inside = stayed & (rng.random(len(stayed)) < 0.045)
    rank = np.where(stayed & ~moved_inside, 0, place.rank + 1)
    return Trait(("1", "2", "3", "4", "5", "9"), rank.astype(np.uint8))


def describe_pupils(census: Census, block: Records) -> dict[str, Trait]:
    """The age band of pupils is the group they were drawn in."""
    codes = tuple(group.code for group in census.groups)
    return {
        "AGEREV10": Trait(codes, block.group.astype(np.uint8)),
        "ILETUD": indicator(census.country, block),
    }
