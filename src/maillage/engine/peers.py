"""Territories that resemble a given one on a fixed, published list of structural variables.

Sizes in logarithms, values winsorised at 1 and 99 %, standardised, Euclidean distance; the way of
CIPFA's nearest neighbours. Never on the figure that is then compared.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.engine.ratio import ratio
from maillage.territory.geography import FloatArray

Indices = npt.NDArray[np.intp]

WINSORISED = (0.01, 0.99)
#: Share of the variables two territories must both have known to be compared.
KNOWN_TOGETHER = 0.5


@dataclass(frozen=True, eq=False)
class Scale:
    """How each variable is standardised: bounds, mean and spread over the reference territories."""

    low: FloatArray
    high: FloatArray
    mean: FloatArray
    spread: FloatArray

    @classmethod
    def of(cls, reference: FloatArray) -> "Scale":
        """From (territories, variables), NaN where unknown. A constant variable tells nothing."""
        low, high = np.nanquantile(reference, WINSORISED, axis=0)
        held = np.clip(reference, low, high)
        return cls(low, high, np.nanmean(held, axis=0), np.nanstd(held, axis=0))

    def standardise(self, values: FloatArray) -> FloatArray:
        """z-scores, (..., variables); NaN where the value is unknown or the variable constant."""
        return ratio(np.clip(values, self.low, self.high) - self.mean, self.spread)


@dataclass(frozen=True, eq=False)
class Peers:
    """Peers in the order shown: pinned ones first as asked, then the nearest.

    ``distance`` is 0 for a twin and 1 for the farthest candidate. ``drivers`` (peers, variables)
    are the shares of each variable in the squared distance, NaN where it was not compared.
    ``ranked`` counts all those that could be shown: the pinned and every other that compares.
    """

    indices: Indices
    distance: FloatArray
    drivers: FloatArray
    pinned: int
    ranked: int


def nearest(
    target: FloatArray,
    candidates: FloatArray,
    count: int,
    *,
    pin: Iterable[int] = (),
    drop: Iterable[int] = (),
) -> Peers:
    """Peers of ``target`` (variables,) among ``candidates`` (territories, variables), z-scores.

    ``pin`` and ``drop`` are candidate numbers the reader keeps or refuses; drop the target itself.
    Ties go to the lowest number.
    """
    squares = (candidates - target) ** 2
    distance = _rebased(_distance(squares))
    pinned = list(dict.fromkeys(pin))
    left_out = {*pinned, *drop}
    order = [int(i) for i in np.argsort(distance, kind="stable") if not np.isnan(distance[i])]
    ranked = pinned + [i for i in order if i not in left_out]
    chosen = np.array(ranked[: len(pinned) + count], dtype=np.intp)
    drivers = ratio(squares[chosen], np.nansum(squares[chosen], axis=1, keepdims=True))
    return Peers(chosen, distance[chosen], drivers, len(pinned), len(ranked))


def grown_perimeters(
    population: FloatArray, distance: FloatArray, target_population: float
) -> list[Indices]:
    """Candidates for a custom perimeter: around each unit, its nearest ones until the size of P.

    ``distance`` (units, units) in km. The last unit is added only if it brings the size closer.
    Perimeters made of the same units are given once, each as sorted unit numbers.
    """
    found: dict[tuple[int, ...], Indices] = {}
    for row in distance:
        near = np.argsort(row, kind="stable")
        sizes = np.cumsum(population[near])
        count = int(np.argmin(np.abs(sizes - target_population))) + 1
        members = np.sort(near[:count])
        found.setdefault(tuple(members.tolist()), members)
    return list(found.values())


def _distance(squares: FloatArray) -> FloatArray:
    """Root mean square over the variables known on both sides; NaN with too few of them."""
    known = ~np.isnan(squares)
    enough = known.mean(axis=1) >= KNOWN_TOGETHER
    mean = ratio(np.nansum(squares, axis=1), known.sum(axis=1).astype(np.float64))
    return np.where(enough, np.sqrt(mean), np.nan)


def _rebased(distance: FloatArray) -> FloatArray:
    known = distance[~np.isnan(distance)]
    return ratio(distance, known.max()) if known.size and known.max() > 0 else distance
