"""Pairs unrolled over the parts their codes were split into."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.sources.layouts.pairs.values import BoolArray, LongArray, Pairs
from maillage.territory.cog import Placement
from maillage.territory.geography import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Parts:
    """One row a (pair, part of its origin, part of its destination).

    ``origin`` and ``destination`` are rows of the placement. A pair with an end that lies nowhere
    has no row: it is in ``lost``.
    """

    placement: Placement
    pair: LongArray
    origin: LongArray
    destination: LongArray
    lost: LongArray

    @property
    def nodes(self) -> tuple[IntArray, IntArray]:
        return self.placement.node[self.origin], self.placement.node[self.destination]

    @property
    def is_split(self) -> BoolArray:
        split: BoolArray = (
            self.placement.split[self.origin] | self.placement.split[self.destination]
        )
        return split

    @property
    def is_apart(self) -> BoolArray:
        """Between two different old places."""
        apart: BoolArray = (
            self.placement.place[self.origin] != self.placement.place[self.destination]
        )
        return apart

    def held(self, pairs: Pairs) -> FloatArray:
        """Millionths of each part."""
        return self.share(pairs.micros)

    def share(self, amounts: LongArray) -> FloatArray:
        """What each part takes of an amount of its pair."""
        ratio = self.placement.ratio[self.origin] * self.placement.ratio[self.destination]
        taken: npt.NDArray[np.float64] = amounts[self.pair] * ratio
        return taken


def parts_of(pairs: Pairs, placement: Placement) -> Parts:
    """``placement`` is that of the pairs' codes, in their order."""
    parts = np.bincount(placement.text, minlength=len(placement.texts))
    first = np.cumsum(parts) - parts
    width = parts[pairs.destination]
    count = parts[pairs.origin] * width
    pair = np.repeat(np.arange(len(count)), count)
    inner = np.arange(len(pair)) - np.repeat(np.cumsum(count) - count, count)
    return Parts(
        placement=placement,
        pair=pair,
        origin=first[pairs.origin[pair]] + inner // width[pair],
        destination=first[pairs.destination[pair]] + inner % width[pair],
        lost=np.flatnonzero(count == 0),
    )
