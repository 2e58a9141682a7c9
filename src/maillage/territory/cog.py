"""The passage of flows from the commune codes of any vintage to the nodes of a geography.

With T (old commune × node, rows summing to 1), a flow matrix becomes F' = TᵀFT, so that its total
is kept. A merger moves flows from *between* to *within*; a split is an estimate.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from maillage.territory.codes import NormalCode, normalise_commune
from maillage.territory.geography import FRANCE, FloatArray, Geography, IntArray
from maillage.territory.successors import Shares

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Placement:
    """Where texts of a file lie among the nodes, one row per (text, node).

    ``text`` indexes the texts asked; a split gives several rows, an unplaced text none.
    ``ratio`` sums to 1 over the rows of a text. ``place`` is the old place (commune of the file's
    vintage after folding, or outside cell) as an index into ``places``: a flow whose places
    differ and whose nodes do not was moved from between to within. ``unplaced`` gives the French
    reason by text.
    """

    texts: tuple[str, ...]
    places: tuple[str, ...]
    text: IntArray
    place: IntArray
    node: IntArray
    ratio: FloatArray
    vanished: BoolArray  # the old place is no node of the geography
    split: BoolArray
    folded: BoolArray
    restored: BoolArray
    unplaced: Mapping[str, str]

    def count(self, mask: BoolArray) -> int:
        """Number of distinct places a mask of rows touches."""
        return len(np.unique(self.place[mask]))


@dataclass(frozen=True, eq=False)
class Passage:
    """From the commune codes of one vintage (None: any) to the nodes of ``geography``.

    ``changed`` holds the codes that do not lie in the commune of the same code; ``source`` says,
    in French, what it was built from; ``basis`` what the ratios of each split come from.
    """

    geography: Geography
    changed: Mapping[str, Shares] = field(default_factory=dict)
    vintage: int | None = None
    source: str = ""
    basis: Mapping[str, str] = field(default_factory=dict)
    _read_already: dict[str, tuple[tuple[int, float], ...]] = field(default_factory=dict)

    def shares(self, code: str) -> Shares:
        """Where an official code lies, as (node code, ratio); empty when it is unknown."""
        if code in self.changed:
            return self.changed[code]
        return ((code, 1.0),) if code in self.geography.index else ()

    def nodes(self, text: str) -> tuple[tuple[int, float], ...]:
        """Where a text of a file lies, as (node, ratio); empty when it cannot be placed."""
        if text not in self._read_already:
            parts = self.shares(self._read(text).code)
            index = self.geography.index
            self._read_already[text] = tuple((index[to], ratio) for to, ratio in parts)
        return self._read_already[text]

    def place(self, texts: Sequence[str]) -> Placement:
        """Place the distinct codes of a file. Nothing is dropped: see ``Placement.unplaced``."""
        rows: list[tuple[int, str, int, float, NormalCode]] = []
        unplaced = {}
        for i, text in enumerate(texts):
            code = self._read(text)
            parts = self.shares(code.code)
            if not parts:
                unplaced[text] = self._unknown(code)
            rows.extend(
                (i, code.code, self.geography.index[to], ratio, code) for to, ratio in parts
            )
        return _placement(tuple(texts), rows, unplaced, self.geography)

    def _unknown(self, code: NormalCode) -> str:
        """Why a code lies nowhere, in French. Other countries' codes have no form of their own."""
        if self.geography.country != FRANCE:
            return "lieu inconnu du tableau de zones"
        return str(code.fault or f"commune inconnue du code officiel ({code.code})")

    def _read(self, text: str) -> NormalCode:
        return NormalCode(text) if self.shares(text) else normalise_commune(text)

    def matrix(self, codes: Sequence[str]) -> sp.csr_array:
        """T for these official codes: (len(codes), nodes), every row summing to 1.

        Raises KeyError on a code this passage cannot place.
        """
        indptr: list[int] = [0]
        node: list[int] = []
        ratio: list[float] = []
        for code in codes:
            parts = self.shares(code)
            if not parts:
                raise KeyError(code)
            node.extend(self.geography.index[to] for to, _ in parts)
            ratio.extend(share for _, share in parts)
            indptr.append(len(node))
        shape = (len(codes), self.geography.n_nodes)
        return sp.csr_array((np.array(ratio), np.array(node), np.array(indptr)), shape=shape)


def _placement(
    texts: tuple[str, ...],
    rows: list[tuple[int, str, int, float, NormalCode]],
    unplaced: Mapping[str, str],
    geography: Geography,
) -> Placement:
    places = tuple(sorted({row[1] for row in rows}))
    index = {place: i for i, place in enumerate(places)}
    parts = Counter(row[0] for row in rows)
    return Placement(
        texts=texts,
        places=places,
        text=np.array([row[0] for row in rows], dtype=np.int32),
        place=np.array([index[row[1]] for row in rows], dtype=np.int32),
        node=np.array([row[2] for row in rows], dtype=np.int32),
        ratio=np.array([row[3] for row in rows], dtype=np.float64),
        vanished=np.array([row[1] not in geography.index for row in rows], dtype=np.bool_),
        split=np.array([parts[row[0]] > 1 for row in rows], dtype=np.bool_),
        folded=np.array([row[4].folded for row in rows], dtype=np.bool_),
        restored=np.array([row[4].restored for row in rows], dtype=np.bool_),
        unplaced=unplaced,
    )


@dataclass(frozen=True, eq=False)
class Carried:
    """A flow matrix carried to the nodes of a geography, and what the passage did to it.

    ``matrix`` is (nodes, nodes). ``moved_within`` is the volume that was between two old places
    and is now inside one node; ``moved_between`` the volume that was inside one old place and
    now lies between the parts it was split into. ``estimated`` marks, cell by cell of ``matrix``
    (same sparsity), what a split had a hand in.
    """

    matrix: sp.csr_array
    moved_within: float
    moved_between: float
    estimated: BoolArray


def carry(flow: sp.csr_array, passage: sp.csr_array) -> Carried:
    """F' = TᵀFT for a flow F between old places and a passage T (old place × node)."""
    matrix = sp.csr_array(passage.T @ flow @ passage)
    matrix.sort_indices()
    cells = sp.coo_array(flow)
    origin, destination = passage[cells.row], passage[cells.col]
    inside = cells.data * np.asarray(origin.multiply(destination).sum(axis=1)).ravel()
    within = cells.row == cells.col
    return Carried(
        matrix=matrix,
        moved_within=float(inside[~within].sum()),
        moved_between=float((cells.data - inside)[within].sum()),
        estimated=_touched_by_splits(matrix, flow, passage),
    )


def _touched_by_splits(
    matrix: sp.csr_array, flow: sp.csr_array, passage: sp.csr_array
) -> BoolArray:
    """Cells of ``matrix`` that receive something from or to a split old place."""
    parts = np.diff(passage.indptr) > 1
    if not parts.any():
        return np.zeros(matrix.nnz, dtype=np.bool_)
    some = sp.csr_array((np.ones(passage.nnz), passage.indices, passage.indptr), passage.shape)
    cells = sp.coo_array(flow)
    kept = parts[cells.row] | parts[cells.col]
    ones = np.ones(int(kept.sum()))
    split = sp.csr_array((ones, (cells.row[kept], cells.col[kept])), flow.shape)
    touched = sp.coo_array(some.T @ split @ some)
    cells = sp.coo_array(matrix)
    width = matrix.shape[1]
    return np.isin(_keys(cells, width), _keys(touched, width))


def _keys(cells: sp.coo_array, width: int) -> npt.NDArray[np.int64]:
    return np.asarray(cells.row.astype(np.int64) * width + cells.col)
