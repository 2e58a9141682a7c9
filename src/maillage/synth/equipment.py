"""Dwellings of each commune, and places in its schools."""

import numpy as np

from maillage.synth.census import FAMILIES, Census
from maillage.synth.country import Country
from maillage.synth.employment import Columns
from maillage.synth.graph import sum_by
from maillage.synth.scales import stream
from maillage.synth.setting import commune_of_node, setting

LEVELS = {
    "MATERNELLE": ("002", "003"),
    "ELEMENTAIRE": ("006",),
    "COLLEGE": ("011",),
    "LYCEE": ("015",),
    "SUPERIEUR": ("018", "025", "030"),
}


def dwellings(country: Country, year: int) -> Columns:
    """Dwellings by use, social ones, and households that hold or ask for one."""
    rng = stream(country.seed, "dwellings", year)
    people, town = country.population, setting(country).town[country.chief]
    coast = country.places.coastal[country.chief]
    main = people / (2.45 - 0.45 * town)
    leisure = country.places.mountain[country.chief] + 0.6 * coast
    second = main * rng.gamma(1.2, 0.06, len(people)) * (1 + 6 * leisure)
    vacant = main * rng.uniform(0.05, 0.12, len(people))
    social = main * np.clip(0.30 * town**1.5 + rng.normal(0, 0.02, len(people)), 0, 0.6)
    asked = social + main * (0.02 + 0.08 * town) * rng.uniform(0.7, 1.3, len(people))
    columns = {"RES_PRINCIPALES": main, "RES_SECONDAIRES": second, "LOG_VACANTS": vacant}
    counts = {name: np.round(value) for name, value in columns.items()}
    return {
        "LOGEMENTS": np.sum(list(counts.values()), axis=0),
        **counts,
        "LOG_SOCIAUX": np.round(social),
        "BESOIN_LOG_SOCIAUX": np.round(asked),
    }


def schooling(country: Country, year: int) -> Columns:
    """Places by level, a little above the pupils who come; pupils who live there."""
    census, communes = Census(country, "school", year), len(country.code)
    groups = [group.code for group in FAMILIES["school"]]
    come, live = np.zeros((len(groups), communes)), np.zeros((len(groups), communes))
    for block in census.blocks():
        school = commune_of_node(country, block.other)
        for rank in range(len(groups)):
            mine = block.group == rank
            there = mine & (school >= 0)
            come[rank] += sum_by(school[there], block.weight[there], communes)
            live[rank] += sum_by(
                country.commune[block.residence[mine]], block.weight[mine], communes
            )
    spare = stream(country.seed, "places", year).uniform(0.98, 1.14, (len(LEVELS), communes))
    ranks = [[groups.index(code) for code in codes] for codes in LEVELS.values()]
    places = [come[rank].sum(axis=0) * spare[level] for level, rank in enumerate(ranks)]
    return {
        **{f"PLACES_{name}": np.ceil(p) for name, p in zip(LEVELS, places, strict=True)},
        **{f"ELEVES_{name}": live[r].sum(axis=0) for name, r in zip(LEVELS, ranks, strict=True)},
    }
