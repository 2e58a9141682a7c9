"""Puts pairs of place codes on the nodes of the geography: F' = TᵀFT, and what it did.

Weights travel as whole millionths (``micros``), so that sums are exact whatever their order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from maillage.engine.dataset import BreakdownCells, FlowCells, FlowMeta
from maillage.sources.account import Account
from maillage.sources.layouts.pairs.parts import Parts, parts_of
from maillage.sources.layouts.pairs.tally import account_of
from maillage.sources.layouts.pairs.values import MICROS, Pairs
from maillage.territory.cog import Passage
from maillage.territory.geography import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Breakdown:
    """The same sums by category: those of ``pairs.category`` in the order of ``categories``."""

    categories: tuple[str, ...]
    pairs: Pairs


def flow_cells(
    meta: FlowMeta,
    pairs: Pairs,
    passage: Passage,
    *,
    rows: int,
    notes: Iterable[str] = (),
    breakdowns: Mapping[str, Breakdown] | None = None,
) -> tuple[FlowCells, Account]:
    """The cells of a flow and the account of its file, which had ``rows`` rows."""
    cells, parts, swallowed = _placed(pairs, passage)
    flow = FlowCells(
        meta=meta,
        origin=cells.origin,
        destination=cells.destination,
        weight=cells.weight,
        weight_sq=cells.weight_sq,
        suppressed=cells.suppressed if len(cells.suppressed) else None,
        split=cells.split if len(cells.split) else None,
        breakdowns={
            dimension: _breakdown(breakdown, passage)
            for dimension, breakdown in (breakdowns or {}).items()
        },
    )
    return flow, account_of(pairs, parts, swallowed, rows, notes)


@dataclass(frozen=True, eq=False)
class _Cells:
    """One row a (category, origin node, destination node), in that order."""

    category: IntArray
    origin: IntArray
    destination: IntArray
    weight: FloatArray
    weight_sq: FloatArray | None
    suppressed: IntArray  # rows
    split: IntArray  # rows


def _breakdown(breakdown: Breakdown, passage: Passage) -> BreakdownCells:
    cells, _, _ = _placed(breakdown.pairs, passage)
    return BreakdownCells(
        categories=breakdown.categories,
        category=cells.category,
        origin=cells.origin,
        destination=cells.destination,
        weight=cells.weight,
        weight_sq=cells.weight_sq,
    )


def _placed(pairs: Pairs, passage: Passage) -> tuple[_Cells, Parts, int]:
    """The cells, and the millionths that a hidden one swallowed with its hidden parts."""
    parts = parts_of(pairs, passage.place(pairs.codes))
    n_nodes = passage.geography.n_nodes
    origin, destination = (nodes.astype(np.int64) for nodes in parts.nodes)
    category = 0 if pairs.category is None else pairs.category[parts.pair].astype(np.int64)
    key, cell = np.unique(
        (category * n_nodes + origin) * n_nodes + destination, return_inverse=True
    )
    held = np.bincount(cell, parts.held(pairs), minlength=len(key))
    hidden, split = np.zeros((2, len(key)), dtype=np.bool_)
    if pairs.suppressed is not None:
        hidden[cell[pairs.suppressed[parts.pair]]] = True
    split[cell[parts.is_split]] = True
    cells = _Cells(
        category=(key // (n_nodes * n_nodes)).astype(np.int32),
        origin=(key // n_nodes % n_nodes).astype(np.int32),
        destination=(key % n_nodes).astype(np.int32),
        weight=np.where(hidden, 0.0, held / MICROS),
        weight_sq=_squares(pairs, parts, cell, len(key)),
        suppressed=np.flatnonzero(hidden).astype(np.int32),
        split=np.flatnonzero(split).astype(np.int32),
    )
    return cells, parts, round(held[hidden].sum())


def _squares(pairs: Pairs, parts: Parts, cell: IntArray, size: int) -> FloatArray | None:
    """Σw² by cell. A split shares it as it shares Σw: persons go whole to one part or another."""
    if pairs.squares is None:
        return None
    return np.bincount(cell, parts.share(pairs.squares), minlength=size) / MICROS
