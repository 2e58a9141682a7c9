"""Where people go: a choice among near places, attractive towns and a few distant ones.

A destination is a place of the country, or a node after the places: foreign border communes, then
« abroad, unspecified ». Distances in metres.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import KDTree

from maillage.synth.graph import Index, sum_by
from maillage.territory.geography import FloatArray

NEAR, POLES, FAR = 96, 18, 14


@dataclass(frozen=True)
class Law:
    """How far people of one kind go and how much they stay.

    ``reach`` is the e-folding distance; ``home`` multiplies the attraction of one's own place;
    ``far`` is the share of choices that ignore distance, ``abroad`` the share that leave.
    """

    reach: float
    home: float
    far: float
    abroad: float


@dataclass(frozen=True, eq=False)
class Choices:
    """Destinations open to each origin. ``cumulative`` is the origin's number plus the
    probability cumulated over its destinations, so that it increases over the whole array."""

    destination: Index
    cumulative: FloatArray

    def draw(self, origin: Index, rng: np.random.Generator) -> Index:
        """A destination for each origin."""
        found = np.searchsorted(self.cumulative, origin + rng.random(len(origin)), side="right")
        return self.destination[np.minimum(found, len(self.destination) - 1)]

    def expect(self, volume: FloatArray, nodes: int) -> FloatArray:
        """Arrivals to expect at each of ``nodes`` if ``volume`` people leave each origin."""
        cumulative = self.cumulative.reshape(len(volume), -1) - np.arange(len(volume))[:, None]
        chance = np.diff(cumulative, axis=1, prepend=0)
        return sum_by(self.destination, (chance * volume[:, None]).ravel(), nodes)


def open_choices(
    xy: FloatArray, attraction: FloatArray, origins: int, law: Law, rng: np.random.Generator
) -> Choices:
    """Choices of the first ``origins`` nodes among all nodes of ``xy`` (n, 2).

    The last node has no position (NaN) and receives ``law.abroad``.
    """
    abroad = len(xy) - 1
    near = _near(xy[:abroad], origins)
    poles = _poles(xy[:abroad], attraction[:abroad], origins)
    local = np.concatenate([near, poles], axis=1)
    gap = np.hypot(*np.moveaxis(xy[local] - xy[:origins, None], -1, 0))
    weight = attraction[local] * (np.exp(-gap / law.reach) + 2e-3 / (1 + (gap / 20_000) ** 2))
    weight[:, NEAR_SELF] *= law.home
    weight[:, near.shape[1] :][_repeats(near, poles)] = 0
    weight *= (1 - law.far - law.abroad) / np.maximum(weight.sum(axis=1, keepdims=True), 1e-300)
    pull = attraction[:abroad] / attraction[:abroad].sum()
    far = rng.choice(abroad, (origins, FAR), p=pull)
    rest = np.r_[np.full(FAR, law.far / FAR), law.abroad]
    destination = np.concatenate([local, far, np.full((origins, 1), abroad)], axis=1)
    weight = np.concatenate([weight, np.broadcast_to(rest, (origins, FAR + 1))], axis=1)
    cumulative = np.cumsum(weight, axis=1)
    cumulative = cumulative / cumulative[:, -1:] + np.arange(origins)[:, None]
    return Choices(destination.ravel(), cumulative.ravel())


NEAR_SELF = 0  # the nearest node of a place is itself


def _near(xy: FloatArray, origins: int) -> Index:
    return np.asarray(KDTree(xy).query(xy[:origins], k=min(NEAR, len(xy)))[1], dtype=np.int64)


def _poles(xy: FloatArray, attraction: FloatArray, origins: int) -> Index:
    """The most attractive nodes within reach, for each origin: weight over squared distance."""
    count = min(max(60, len(xy) // 40), len(xy))
    top = np.sort(np.argsort(-attraction, kind="stable")[:count])
    chosen = np.empty((origins, min(POLES, count)), dtype=np.int64)
    for start in range(0, origins, 4_000):
        block = slice(start, min(start + 4_000, origins))
        gap = np.hypot(*np.moveaxis(xy[top] - xy[block, None], -1, 0)) + 5_000
        score = attraction[top] / gap**2
        best = np.argpartition(-score, chosen.shape[1] - 1, axis=1)[:, : chosen.shape[1]]
        chosen[block] = top[np.sort(best, axis=1)]
    return chosen


def _repeats(near: Index, poles: Index) -> npt.NDArray[np.bool_]:
    """Which poles are already among the near nodes, row by row."""
    return np.asarray((poles[:, :, None] == near[:, None, :]).any(axis=2))
