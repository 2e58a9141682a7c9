"""How large the fictional country is, and the streams of random numbers it is drawn from."""

from dataclasses import dataclass
from typing import Literal
from zlib import crc32

import numpy as np

ScaleName = Literal["demo", "region", "france"]


@dataclass(frozen=True)
class Scale:
    """Counts of units, and the weight of the towns. Areas in km², populations in inhabitants."""

    name: ScaleName
    communes: int
    epcis: int
    departements: int
    regions: int
    metropolis: int  # inhabitants of the largest agglomeration
    second_town: int  # inhabitants of the next one; the others follow by rank
    mergers: int  # new communes since the former vintage
    splits: int
    renames: int
    straddling: int  # EPCI over two départements
    without_epci: int
    details: bool  # the census person by person, unless told otherwise
    establishments: int  # in Sirene, unless told otherwise
    commune_km2: float = 15.0


SCALES: dict[str, Scale] = {
    "demo": Scale("demo", 500, 30, 5, 2, 560_000, 170_000, 8, 2, 3, 4, 2, True, 120_000),
    "region": Scale(
        "region", 4_000, 150, 12, 3, 2_200_000, 700_000, 60, 6, 20, 12, 3, False, 500_000
    ),
    "france": Scale(
        "france", 34_900, 1_255, 96, 13, 11_500_000, 3_300_000, 800, 40, 200, 89, 4, False, 0
    ),
}


def stream(seed: int, *question: str | int) -> np.random.Generator:
    """The random numbers of one question: adding a question changes no other one's answer."""
    words = [crc32(word.encode()) if isinstance(word, str) else word for word in question]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))
