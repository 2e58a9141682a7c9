"""Sums of a file by pair of place codes, as an engine gives them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from maillage.territory.cog import Passage
from maillage.territory.geography import IntArray

MICROS = 1_000_000
BoolArray = npt.NDArray[np.bool_]
LongArray = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Pairs:
    """Sums by (origin code, destination code), each pair once a category.

    ``origin`` and ``destination`` index ``codes``; ``micros`` are weights in millionths.
    ``category`` indexes the categories of a breakdown. ``suppressed`` marks the pairs whose weight
    the producer's rule hides (it is 0). ``squares`` are Σw² in millionths, where rows are persons.
    """

    codes: tuple[str, ...]
    origin: IntArray
    destination: IntArray
    micros: LongArray
    category: IntArray | None = None
    suppressed: BoolArray | None = None
    squares: LongArray | None = None

    def kept(self, mask: BoolArray) -> "Pairs":
        """The pairs of a mask."""
        return replace(
            self,
            origin=self.origin[mask],
            destination=self.destination[mask],
            micros=self.micros[mask],
            category=None if self.category is None else self.category[mask],
            suppressed=None if self.suppressed is None else self.suppressed[mask],
            squares=None if self.squares is None else self.squares[mask],
        )


def pairs_of(table: pa.Table, categories: Sequence[str] = ()) -> Pairs:
    """Pairs from columns ``origin, destination, micros``, maybe ``suppressed`` and ``squares``.

    With categories, from a column ``category`` too; ValueError on one that is not listed.
    """
    ends = pa.chunked_array([*table["origin"].chunks, *table["destination"].chunks], pa.string())
    codes = pc.unique(ends).sort()
    size = table.num_rows
    index = pc.index_in(ends, codes).to_numpy().astype(np.int32)
    category = None
    if categories:
        found = pc.index_in(table["category"], pa.array(categories))
        if found.null_count:
            raise ValueError("a category is not in the nomenclature")
        category = found.to_numpy().astype(np.int32)
    hidden = table["suppressed"].to_numpy() if "suppressed" in table.column_names else None
    return Pairs(
        codes=tuple(codes.to_pylist()),
        origin=index[:size],
        destination=index[size:],
        micros=table["micros"].to_numpy().astype(np.int64),
        category=category,
        suppressed=None if hidden is None else hidden.astype(np.bool_),
        squares=table["squares"].to_numpy() if "squares" in table.column_names else None,
    )


def without_stays(pairs: Pairs, passage: Passage) -> Pairs:
    """Only pairs of two different official communes, arrondissements folded; or of unplaced codes.

    For moves that are only recorded when the commune changes.
    """
    placement = passage.place(pairs.codes)
    place = np.arange(len(pairs.codes)) + len(placement.places)
    place[placement.text] = placement.place
    return pairs.kept(place[pairs.origin] != place[pairs.destination])
