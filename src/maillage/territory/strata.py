"""Population classes: bounds are data, given as a nomenclature whose codes are lower bounds."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from maillage.territory.geography import FloatArray, IntArray


@dataclass(frozen=True)
class Strata:
    """Classes in ascending order: class ``i`` holds ``bounds[i] <= population < bounds[i + 1]``."""

    bounds: tuple[float, ...]
    labels: tuple[str, ...]

    @classmethod
    def of(cls, codes: Mapping[str, str]) -> "Strata":
        """From labels by lower bound, « 5000 » -> « 5 000 à 10 000 habitants ».

        ValueError unless bounds are numbers in ascending order that start at 0.
        """
        bounds = tuple(float(code) for code in codes)
        if not bounds or bounds[0] != 0 or list(bounds) != sorted(set(bounds)):
            raise ValueError(f"bounds must ascend from 0: {', '.join(codes)}")
        return cls(bounds, tuple(codes.values()))

    def index(self, population: FloatArray) -> IntArray:
        """Class of each population, -1 where it is unknown (NaN) or negative."""
        found = np.searchsorted(self.bounds, population, side="right") - 1
        return np.where(np.isnan(population), -1, found).astype(np.int32)

    def label(self, population: float) -> str:
        """Label of a population's class; empty when it is unknown."""
        found = int(self.index(np.array([population]))[0])
        return self.labels[found] if found >= 0 else ""
