"""Who the commuters are: group, sector, mode and the rest follow from where they live and work."""

import numpy as np

from maillage.synth.census import Census, Records
from maillage.synth.country import Country
from maillage.synth.scales import stream
from maillage.synth.setting import gap_km, indicator, setting
from maillage.synth.traits import Coded, Trait, draw
from maillage.territory.geography import FloatArray

GROUPS = ("1", "2", "3", "4", "5", "6")  # CS1
SECTORS = ("AZ", "BE", "FZ", "GU", "OQ")  # NA5
FIVE_MODES_UNTIL = 2016
AGES = tuple(f"{age:03d}" for age in range(15, 75, 5))  # AGEREVQ
AGE_SHARES = np.array([2, 9, 11, 12, 12.5, 13, 13.5, 12.5, 9.5, 4, 0.8, 0.2])
DIPLOMAS = ("01", "11", "13", "14", "15", "16", "17", "18", "19")
#: Rows: groups; columns: diplomas, from none to a doctorate.
DIPLOMA_BY_GROUP = np.array(
    [
        [12, 10, 35, 20, 4, 14, 3, 2, 0],
        [14, 9, 32, 16, 5, 13, 6, 4, 1],
        [1, 1, 3, 6, 2, 14, 24, 43, 6],
        [4, 3, 13, 17, 6, 30, 18, 8, 1],
        [15, 9, 29, 23, 5, 12, 5, 2, 0],
        [27, 10, 39, 15, 3, 4, 1, 1, 0],
    ],
    dtype=np.float64,
)
WOMEN_BY_GROUP = np.array([0.27, 0.32, 0.42, 0.52, 0.74, 0.21])


def group_and_sector(
    census: Census, block: Records, rng: np.random.Generator
) -> tuple[Trait, Trait]:
    """Socio-professional group and sector of activity of each commuter.

    Cadres work in large towns and go far to it, manual workers less so; farmers stay at home.
    """
    country = census.country
    town, gap = setting(country).town[block.other], gap_km(country, block)
    home, far = (block.residence == block.other).astype(float), np.log1p(gap / 8)
    weight = np.stack(
        [
            0.05 * (1.2 - town) * (0.15 + 2.5 * home),
            0.065 * (0.7 + 0.9 * home) / (1 + 0.5 * far),
            0.17 * (0.25 + 1.9 * town) * (0.6 + 0.5 * far),
            0.25 * (0.7 + 0.5 * town) * (0.8 + 0.3 * far),
            0.28 * (0.8 + 0.3 * town) / (0.8 + 0.25 * far),
            0.21 * (1.35 - 0.95 * town) * (0.8 + 0.15 * far),
        ],
        axis=1,
    )
    group = draw(GROUPS, weight, rng)
    sector = draw(SECTORS, _sector_weights(country, block, group.rank), rng)
    return group, sector


def _sector_weights(country: Country, block: Records, group: Coded) -> FloatArray:
    farmer = group == 0
    weight = setting(country).sectors[block.other].copy()
    weight[farmer] = (0.97, 0, 0, 0.03, 0)
    weight[:, 1] *= np.where(group == 5, 1.9, 1.0)
    weight[:, 2] *= np.where(group == 5, 1.6, 0.8)
    weight[:, 4] *= np.where(group == 3, 1.4, np.where(group == 5, 0.35, 1.0))
    return np.asarray(weight)


def mode(census: Census, block: Records, rng: np.random.Generator) -> Trait:
    """Main mode of transport: six codes, five in the older editions."""
    town, gap = setting(census.country).town, gap_km(census.country, block)
    dense = np.minimum(town[block.residence], town[block.other])
    same = (block.residence == block.other).astype(float)
    foot = np.exp(-gap / 2) * (0.25 + 0.5 * dense)
    weight = np.stack(
        [
            0.11 * same + 0.001,
            foot * (0.3 + 0.7 * same),
            0.35 * np.exp(-gap / 6) * (0.05 + 0.5 * dense),
            np.full(len(gap), 0.015),
            0.5 + 0.45 * (1 - dense) + 0 * gap,
            0.75 * dense**1.5 * (1 - np.exp(-(gap + 1.5) / 5)),
        ],
        axis=1,
    )
    if census.year > FIVE_MODES_UNTIL:
        return draw(("1", "2", "3", "4", "5", "6"), weight, rng)
    weight[:, 2] += weight[:, 3]
    return draw(("1", "2", "3", "4", "5"), weight[:, [0, 1, 2, 4, 5]], rng)


def describe_workers(census: Census, block: Records) -> dict[str, Trait]:
    """Traits that depend on the journey or on one another."""
    rng = stream(census.country.seed, "commuting", census.year, "traits", block.block)
    group, sector = group_and_sector(census, block, rng)
    people = len(block.weight)
    women = WOMEN_BY_GROUP[group.rank]
    ages = np.broadcast_to(AGE_SHARES, (people, len(AGES)))
    return {
        "CS1": group,
        "NA5": sector,
        "TRANS": mode(census, block, rng),
        "AGEREVQ": draw(AGES, ages, rng),
        "DIPL": draw(DIPLOMAS, DIPLOMA_BY_GROUP[group.rank], rng),
        "SEXE": draw(("1", "2"), np.stack([1 - women, women], axis=1), rng),
        "STAT": Trait(
            ("10", "21", "22"), np.where(group.rank < 2, 1 + (group.rank == 1), 0).astype(np.uint8)
        ),
        "ILT": indicator(census.country, block),
        "ILTUU": indicator(census.country, block),
        "VOIT": draw(("0", "1", "2", "3"), _cars(census.country, block), rng),
    }


def _cars(country: Country, block: Records) -> FloatArray:
    town = setting(country).town[block.residence]
    return np.stack(
        [0.05 + 0.35 * town, 0.35 + 0.2 * town, 0.48 - 0.35 * town, 0.12 - 0.08 * town], axis=1
    )
