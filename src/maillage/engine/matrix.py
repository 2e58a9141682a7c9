"""A flow file of one year as a sparse matrix, ready both ways.

Nodes are those of the geography (communes, then outside cells). Rows are origins: residence for
commuting and school, former residence for residential, old address for transfers, headquarters
for control links, workplace for wages (money goes from workplace to residence).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from maillage.engine.dataset import BreakdownCells, FlowCells
from maillage.territory.geography import FloatArray, IntArray

FlagArray = npt.NDArray[np.uint8]

#: Bits of ``SparseRows.flags``.
SUPPRESSED = 1  # the source forbids to show the cell; its weight is 0
SPLIT = 2  # estimated by splitting a commune


@dataclass(frozen=True, eq=False)
class SparseRows:
    """Compressed rows: cells of row ``r`` are ``start[r]:start[r + 1]``, columns ascending.

    ``weight`` is Σw. ``weight_sq`` is Σw² where the file gives individual weights, else None.
    ``flags`` is None where no cell is suppressed nor split, which is nearly always.
    """

    start: npt.NDArray[np.int64]
    node: IntArray
    weight: FloatArray
    weight_sq: FloatArray | None
    flags: FlagArray | None = None


@dataclass(frozen=True, eq=False)
class FlowMatrix:
    """Commune-to-commune cells, by origin and by destination (the same cells twice)."""

    flow: str
    year: int
    by_origin: SparseRows
    by_destination: SparseRows
    n_communes: int
    n_nodes: int


def pack_matrix(cells: FlowCells, n_communes: int, n_nodes: int) -> FlowMatrix:
    """The matrix of ``cells``. ValueError where they break what ``FlowCells`` promises."""
    check_cells(cells, n_nodes)
    by_origin = pack_rows(
        cells.origin, cells.destination, cells.weight, cells.weight_sq, cell_flags(cells), n_nodes
    )
    return FlowMatrix(
        flow=cells.meta.flow,
        year=cells.meta.year,
        by_origin=by_origin,
        by_destination=transpose(by_origin, n_nodes),
        n_communes=n_communes,
        n_nodes=n_nodes,
    )


def pack_breakdown(cells: BreakdownCells, n_nodes: int) -> tuple[SparseRows, SparseRows]:
    """Rows by origin and by destination; row of a category is ``category * n_nodes + node``."""
    shift = cells.category.astype(np.int64) * n_nodes
    n_rows = len(cells.categories) * n_nodes
    by_origin = pack_rows(
        shift + cells.origin, cells.destination, cells.weight, cells.weight_sq, None, n_rows
    )
    order = np.argsort(shift + cells.destination, kind="stable")
    by_destination = pack_rows(
        (shift + cells.destination)[order],
        cells.origin[order],
        cells.weight[order],
        None if cells.weight_sq is None else cells.weight_sq[order],
        None,
        n_rows,
    )
    return by_origin, by_destination


def category_rows(rows: SparseRows, category: int, n_nodes: int) -> SparseRows:
    """The rows of one category of a packed breakdown; cells are shared, not copied."""
    first = category * n_nodes
    return SparseRows(
        rows.start[first : first + n_nodes + 1], rows.node, rows.weight, rows.weight_sq, rows.flags
    )


def cell_flags(cells: FlowCells) -> FlagArray | None:
    """One byte a cell, or None when there is nothing to say."""
    flags = np.zeros(len(cells.origin), dtype=np.uint8)
    for rows, bit in ((cells.suppressed, SUPPRESSED), (cells.split, SPLIT)):
        if rows is not None:
            flags[rows] |= bit
    return flags if flags.any() else None


def check_cells(cells: FlowCells, n_nodes: int) -> None:
    """ValueError unless rows are sorted, unique, in range, finite and not negative."""
    key = cells.origin.astype(np.int64) * n_nodes + cells.destination
    nodes = (cells.origin, cells.destination)
    if key.size and (min(a.min() for a in nodes) < 0 or max(a.max() for a in nodes) >= n_nodes):
        raise ValueError("a cell is on no node of the geography")
    if (np.diff(key) <= 0).any():
        raise ValueError("cells are not sorted by (origin, destination), or not unique")
    if not (np.isfinite(cells.weight).all() and (cells.weight >= 0).all()):
        raise ValueError("a weight is negative or not finite")
    if cells.suppressed is not None and cells.weight[cells.suppressed].any():
        raise ValueError("a suppressed cell still carries its weight")
    if cells.meta.secrecy == "protected" and cells.breakdowns:
        raise ValueError("the categories of a protected file are not protected one by one")


def pack_rows(
    row: npt.NDArray[np.integer[Any]],
    node: IntArray,
    weight: FloatArray,
    weight_sq: FloatArray | None,
    flags: FlagArray | None,
    n_rows: int,
) -> SparseRows:
    """Compressed rows of cells already sorted by (row, node)."""
    start = np.zeros(n_rows + 1, dtype=np.int64)
    np.cumsum(np.bincount(row, minlength=n_rows), out=start[1:])
    return SparseRows(start, node.astype(np.int32), weight, weight_sq, flags)


def transpose(rows: SparseRows, n_nodes: int) -> SparseRows:
    """The same cells by column."""
    row = np.repeat(np.arange(len(rows.start) - 1, dtype=np.int32), np.diff(rows.start))
    order = np.argsort(rows.node, kind="stable")
    return pack_rows(
        rows.node[order],
        row[order],
        rows.weight[order],
        None if rows.weight_sq is None else rows.weight_sq[order],
        None if rows.flags is None else rows.flags[order],
        n_nodes,
    )
