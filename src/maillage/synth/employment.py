"""Jobs and workers of each commune, counted in the census records themselves."""

from functools import lru_cache

import numpy as np

from maillage.synth.census import Census
from maillage.synth.country import Country
from maillage.synth.graph import Index
from maillage.synth.scales import stream
from maillage.synth.setting import commune_of_node
from maillage.synth.traits import Trait
from maillage.synth.workers import GROUPS, SECTORS, describe_workers
from maillage.territory.geography import FloatArray

SALARIED = 0.88
Columns = dict[str, FloatArray]


@lru_cache(maxsize=2)
def employment(country: Country, year: int) -> Columns:
    """Jobs where they are, employed residents where they live, by group and sector."""
    census, communes = Census(country, "commuting", year), len(country.code)
    jobs, residents = np.zeros((communes, len(GROUPS))), np.zeros((communes, len(GROUPS)))
    sectors = np.zeros((communes, len(SECTORS)))
    for block in census.blocks():
        traits = describe_workers(census, block)
        work = commune_of_node(country, block.other)
        here, known = work >= 0, block.weight
        residents += _count(country.commune[block.residence], traits["CS1"], known, communes)
        jobs += _count(np.maximum(work, 0), traits["CS1"], known * here, communes)
        sectors += _count(np.maximum(work, 0), traits["NA5"], known * here, communes)
    spread = stream(country.seed, "salaried", year).uniform(0.94, 1.06, communes)
    total = jobs.sum(axis=1)
    return {
        "EMPLOIS": total,
        "EMPLOIS_SALARIES": total * np.minimum(SALARIED * spread, 0.98),
        **{f"EMPLOIS_CS{code}": jobs[:, rank] for rank, code in enumerate(GROUPS)},
        **{f"ACTIFS_CS{code}": residents[:, rank] for rank, code in enumerate(GROUPS)},
        **{f"EMPLOIS_{code}": sectors[:, rank] for rank, code in enumerate(SECTORS)},
    }


def _count(place: Index, trait: Trait, weight: FloatArray, places: int) -> FloatArray:
    size = len(trait.codes)
    cells = np.bincount(place * size + trait.rank, weights=weight, minlength=places * size)
    return cells.reshape(places, size).astype(np.float64)
