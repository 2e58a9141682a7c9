"""The algebra of flows: what a set of communes keeps, sends and receives, and with whom.

Notation: O leaves or stays, D arrives or stays, I stays, X = O - I goes out, N = D - I comes in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from maillage.engine.matrix import SPLIT, SUPPRESSED, FlowMatrix, SparseRows
from maillage.territory.geography import FloatArray, IntArray

Positions = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CellSum:
    """A sum of cells of a flow.

    ``squares`` is Σw², None where the file gives no individual weights. ``hidden`` counts the
    suppressed cells the sum leaves out; ``split`` is the part estimated by splitting communes.
    """

    weight: float
    squares: float | None
    hidden: int = 0
    split: float = 0.0

    def __add__(self, other: "CellSum") -> "CellSum":
        exact = self.squares is not None and other.squares is not None
        return CellSum(
            self.weight + other.weight,
            (self.squares or 0.0) + (other.squares or 0.0) if exact else None,
            self.hidden + other.hidden,
            self.split + other.split,
        )


@dataclass(frozen=True, eq=False, slots=True)
class CellSums:
    """Many ``CellSum`` as vectors, one entry a partner (or a unit); None where a part is void."""

    weight: FloatArray
    squares: FloatArray | None
    hidden: FloatArray | None = None
    split: FloatArray | None = None

    def __add__(self, other: "CellSums") -> "CellSums":
        """Entry by entry, of the same file."""
        return CellSums(
            self.weight + other.weight,
            _added(self.squares, other.squares),
            _added(self.hidden, other.hidden),
            _added(self.split, other.split),
        )

    @property
    def total(self) -> CellSum:
        return CellSum(
            float(self.weight.sum()),
            None if self.squares is None else float(self.squares.sum()),
            0 if self.hidden is None else int(self.hidden.sum()),
            0.0 if self.split is None else float(self.split.sum()),
        )

    def at(self, index: int) -> CellSum:
        return CellSum(
            float(self.weight[index]),
            None if self.squares is None else float(self.squares[index]),
            0 if self.hidden is None else int(self.hidden[index]),
            0.0 if self.split is None else float(self.split[index]),
        )

    def each(self, indices: Sequence[int]) -> list[CellSum]:
        """Those of ``indices``, in their order: quicker than one ``at`` after another."""
        count, taken = len(indices), np.asarray(indices, dtype=np.int64)
        parts = (
            self.weight[taken].tolist(),
            [None] * count if self.squares is None else self.squares[taken].tolist(),
            [0] * count if self.hidden is None else self.hidden[taken].astype(int).tolist(),
            [0.0] * count if self.split is None else self.split[taken].tolist(),
        )
        return [CellSum(*values) for values in zip(*parts, strict=True)]

    def first(self, count: int) -> "CellSums":
        return CellSums(
            self.weight[:count],
            None if self.squares is None else self.squares[:count],
            None if self.hidden is None else self.hidden[:count],
            None if self.split is None else self.split[:count],
        )


def _added(one: FloatArray | None, other: FloatArray | None) -> FloatArray | None:
    return None if one is None or other is None else one + other


@dataclass(frozen=True, eq=False)
class FlowBalance:
    """Exchanges of one territory P with partners taken in the complement of P.

    ``internal_same`` stays within a commune of P, ``internal_moved`` goes between two of them.
    """

    internal_same: CellSum
    internal_moved: CellSum
    outgoing: CellSums
    incoming: CellSums

    @cached_property
    def internal(self) -> CellSum:
        return self.internal_same + self.internal_moved

    @cached_property
    def out_total(self) -> CellSum:
        return self.outgoing.total

    @cached_property
    def in_total(self) -> CellSum:
        return self.incoming.total

    @property
    def origins(self) -> float:
        return self.internal.weight + self.out_total.weight

    @property
    def destinations(self) -> float:
        return self.internal.weight + self.in_total.weight

    @property
    def net(self) -> float:
        return self.in_total.weight - self.out_total.weight

    @property
    def retention(self) -> float | None:
        """I / O; None where nothing leaves nor stays."""
        return self.internal.weight / self.origins if self.origins else None


def flow_balance(
    matrix: FlowMatrix, members: IntArray, partner_of: IntArray, n_partners: int
) -> FlowBalance:
    """Balance of the communes ``members`` (sorted node indices).

    ``partner_of`` gives the partner of each node (see ``Partners``); members count as none.
    Reads the rows and the columns of the members, nothing else: the cost is that of their cells.
    """
    bins = partner_of.copy()
    bins[members] = n_partners
    outgoing, same, moved = _gather(matrix.by_origin, members, bins, n_partners)
    incoming, _, _ = _gather(matrix.by_destination, members, bins, n_partners)
    return FlowBalance(same, moved, outgoing, incoming)


def cell_positions(rows: SparseRows, members: IntArray) -> tuple[Positions, Positions]:
    """Positions of the cells of these rows, and how many each row has."""
    start = rows.start.take(members)
    count = rows.start.take(members + 1) - start
    end = count.cumsum()
    total = int(end[-1]) if len(end) else 0
    return np.repeat(start - end + count, count) + np.arange(total), count


def _gather(
    rows: SparseRows, members: IntArray, bins: IntArray, n_partners: int
) -> tuple[CellSums, CellSum, CellSum]:
    """Sums by partner, then those within a member and between two members."""
    positions, count = cell_positions(rows, members)
    node = rows.node.take(positions)
    bin = bins.take(node)
    bin[node == np.repeat(members, count)] = n_partners + 1
    sums = _binned(bin, _cell_values(rows, positions), n_partners + 2)
    return sums.first(n_partners), sums.at(n_partners + 1), sums.at(n_partners)


def _binned(bin: IntArray, cells: CellSums, n_bins: int) -> CellSums:
    def add(values: FloatArray) -> FloatArray:
        return np.bincount(bin, values, n_bins).astype(np.float64, copy=False)

    return CellSums(
        add(cells.weight),
        None if cells.squares is None else add(cells.squares),
        None if cells.hidden is None else add(cells.hidden),
        None if cells.split is None else add(cells.split),
    )


def _cell_values(rows: SparseRows, positions: Positions) -> CellSums:
    """One entry a cell."""
    weight = rows.weight.take(positions)
    squares = None if rows.weight_sq is None else rows.weight_sq.take(positions)
    if rows.flags is None:
        return CellSums(weight, squares)
    flags = rows.flags.take(positions)
    hidden = (flags & SUPPRESSED).astype(np.float64)
    return CellSums(weight, squares, hidden, np.where(flags & SPLIT, weight, 0.0))
