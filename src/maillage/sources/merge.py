"""Several files of one flow and year: joined when they cover different parts, else the better.

Nothing is counted twice: two files may only be joined when no move can be in both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import numpy.typing as npt

from maillage.engine.dataset import BreakdownCells, FlowCells, FlowMeta, Reach, Scope, Universe
from maillage.sources.layouts import Reading
from maillage.sources.mirror import Refusal
from maillage.territory.geography import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Candidate:
    """The cells of one file."""

    reading: Reading
    cells: FlowCells

    @property
    def name(self) -> str:
        return self.reading.file.name


@dataclass(frozen=True, eq=False)
class Joined:
    """The cells of one flow and year, and the files that were set aside."""

    cells: FlowCells
    refused: tuple[Refusal, ...]


def joined(candidates: Sequence[Candidate], n_nodes: int) -> Joined:
    """One set of cells for files of the same flow and year, the best first.

    Better: wider, then individual weights, then more breakdowns, then more rows.
    """
    kept: list[Candidate] = []
    refused = []
    for candidate in sorted(candidates, key=_rank):
        rival = next((one for one in kept if _overlap(one.cells, candidate.cells)), None)
        if rival is None:
            kept.append(candidate)
        else:
            refused.append(_set_aside(candidate, rival))
    cells = kept[0].cells if len(kept) == 1 else _sum([one.cells for one in kept], n_nodes)
    return Joined(cells, tuple(refused))


def _rank(candidate: Candidate) -> tuple[object, ...]:
    cells = candidate.cells
    scopes = cells.meta.universe.scopes
    width = sum(len(scope.communes) for scope in scopes) if scopes else float("inf")
    exact = cells.weight_sq is not None
    return (-width, not exact, -len(cells.breakdowns), -len(cells.weight), candidate.name)


def _overlap(one: FlowCells, other: FlowCells) -> bool:
    """Whether some move could be in both files."""
    mine, theirs = one.meta.universe, other.meta.universe
    if mine.national or theirs.national or one.meta.question != other.meta.question:
        return True
    return any(_share_moves(a, b) for a in mine.scopes for b in theirs.scopes)


def _share_moves(one: Scope, other: Scope) -> bool:
    if len(np.intersect1d(one.communes, other.communes)):
        return True
    reaches = {one.reach, other.reach}
    return Reach.INSIDE not in reaches and (len(reaches) > 1 or Reach.TOUCHING in reaches)


def _set_aside(candidate: Candidate, rival: Candidate) -> Refusal:
    return Refusal(
        candidate.name,
        f"« {candidate.name} » : ce fichier recouvre « {rival.name} », de la même année, qui "
        "couvre un territoire plus large ou donne plus de détail. Remède : n’en gardez qu’un si ce "
        "choix ne vous convient pas.",
        candidate.reading.file.card.id,
    )


def _sum(parts: Sequence[FlowCells], n_nodes: int) -> FlowCells:
    """The cells of files that share no move, one above the other."""
    place, weight, weight_sq, cell = _stack(parts, n_nodes)
    return FlowCells(
        meta=_meta([part.meta for part in parts]),
        origin=place[1],
        destination=place[2],
        weight=weight,
        weight_sq=weight_sq,
        suppressed=_marked([part.suppressed for part in parts], parts, cell),
        split=_marked([part.split for part in parts], parts, cell),
        breakdowns={
            name: _breakdown([part.breakdowns[name] for part in parts], n_nodes)
            for name in sorted(_shared_breakdowns(parts))
        },
    )


def _breakdown(parts: Sequence[BreakdownCells], n_nodes: int) -> BreakdownCells:
    (category, origin, destination), weight, weight_sq, _ = _stack(parts, n_nodes)
    categories = parts[0].categories
    return BreakdownCells(categories, category, origin, destination, weight, weight_sq)


def _shared_breakdowns(parts: Sequence[FlowCells]) -> set[str]:
    """Dimensions every file has, with the same categories."""
    named = [
        {(name, cells.categories) for name, cells in part.breakdowns.items()} for part in parts
    ]
    return {name for name, _ in set.intersection(*named)}


def _stack(
    parts: Sequence[FlowCells] | Sequence[BreakdownCells], n_nodes: int
) -> tuple[tuple[IntArray, IntArray, IntArray], FloatArray, FloatArray | None, IntArray]:
    """(category, origin, destination), Σw, Σw² if every part has it, and the cell of each row."""
    origin = np.concatenate([part.origin for part in parts]).astype(np.int64)
    destination = np.concatenate([part.destination for part in parts])
    category = np.concatenate([getattr(part, "category", 0 * part.origin) for part in parts])
    key = (category * np.int64(n_nodes) + origin) * n_nodes + destination
    places, cell = np.unique(key, return_inverse=True)
    weight = _totals(cell, [part.weight for part in parts])
    squares = [part.weight_sq for part in parts if part.weight_sq is not None]
    exact = len(squares) == len(parts)
    return (
        (
            (places // n_nodes // n_nodes).astype(np.int32),
            (places // n_nodes % n_nodes).astype(np.int32),
            (places % n_nodes).astype(np.int32),
        ),
        weight,
        _totals(cell, squares) if exact else None,
        cell.astype(np.int32),
    )


def _totals(cell: npt.NDArray[np.intp], amounts: Sequence[FloatArray]) -> FloatArray:
    return np.bincount(cell, np.concatenate(amounts)).astype(np.float64)


def _marked(
    marks: Sequence[IntArray | None], parts: Sequence[FlowCells], cell: IntArray
) -> IntArray | None:
    first = np.cumsum([0, *(len(part.weight) for part in parts)])
    rows = [mark + start for mark, start in zip(marks, first, strict=False) if mark is not None]
    return np.unique(cell[np.concatenate(rows)]).astype(np.int32) if rows else None


def _meta(metas: Sequence[FlowMeta]) -> FlowMeta:
    stated = [meta.mean_weight for meta in metas if meta.mean_weight is not None]
    return replace(
        metas[0],
        sources=tuple(chain.from_iterable(meta.sources for meta in metas)),
        universe=Universe(
            tuple(chain.from_iterable(meta.universe.scopes for meta in metas)),
            _distinct(meta.universe.excludes for meta in metas),
        ),
        mean_weight=max(stated, default=None),
        caveats=_distinct(meta.caveats for meta in metas),
    )


def _distinct(texts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(texts)))
