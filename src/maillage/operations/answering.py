"""From strategy to action: under each element of the strategy, the operations that answer it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maillage.contracts.strategies import Branch
from maillage.operations.portfolio import Reviewed, Summary, summary


@dataclass(frozen=True)
class Answering:
    """``rows`` answer this very element; ``summary`` counts those of the elements under it too."""

    rows: tuple[Reviewed, ...]
    summary: Summary
    total: int


@dataclass(frozen=True)
class Unattached:
    """Operations that no orientation explains; ``outside``: those said to be out of the contract,
    which owe it none."""

    rows: tuple[Reviewed, ...]
    outside: tuple[Reviewed, ...]


def answering(
    branches: Iterable[Branch], rows: Iterable[Reviewed]
) -> Mapping[int | None, Answering]:
    """By id of the element; every one has its entry, be it empty. Asks nothing of the base."""
    held = tuple(rows)
    found: dict[int | None, Answering] = {}
    for branch in branches:
        _fill(branch, held, found)
    return found


def unattached(rows: Iterable[Reviewed]) -> Unattached:
    loose = [row for row in rows if row.operation.orientation_id is None]
    return Unattached(
        rows=tuple(row for row in loose if not row.operation.outside),
        outside=tuple(row for row in loose if row.operation.outside),
    )


def _fill(
    branch: Branch, rows: tuple[Reviewed, ...], found: dict[int | None, Answering]
) -> tuple[Reviewed, ...]:
    """Adds the entries of an element and of those under it; returns all their operations."""
    here = tuple(row for row in rows if row.operation.orientation_id == branch.id)
    under = [row for child in branch.children for row in _fill(child, rows, found)]
    every = (*here, *under)
    found[branch.id] = Answering(here, summary(every), len(every))
    return every
