"""Where the headings of a sheet are, over one, two or three rows, and what each column's says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from maillage.operations.intake.fields import Guess
from maillage.operations.intake.grids import Grid, Value
from maillage.operations.intake.values import shown

DEEPEST = 3  # rows of headings
FARTHEST = 40  # rows among which they are looked for
LEAST = 2  # columns known for sure, without which a sheet is no table of operations
LONGEST = 120  # characters of a heading; beyond, it is a sentence


@dataclass(frozen=True)
class Column:
    """One column: its number from 0, its heading, what it is taken to mean."""

    index: int
    heading: str
    guess: Guess


@dataclass(frozen=True)
class Table:
    """A sheet whose headings were found: ``first`` is the row after them."""

    grid: Grid
    columns: tuple[Column, ...]
    first: int


def find_table(grid: Grid, guess: Callable[[str], Guess]) -> Table | None:
    """The rows of headings that mean the most; None where the sheet holds no operations."""
    best: tuple[int, int, Table] | None = None
    for row in range(min(len(grid.rows), FARTHEST)):
        for depth in range(1, min(DEEPEST, len(grid.rows) - row) + 1):
            if not _worded(grid.rows[row + depth - 1]):
                break
            table = _table(grid, row, depth, guess)
            known = sum(column.guess.sure for column in table.columns)
            rank = (known, depth)
            if known >= LEAST and (best is None or rank > best[:2]):
                best = (*rank, table)
    return None if best is None else best[2]


def _worded(row: tuple[Value, ...]) -> bool:
    """Headings are several short texts; a row of amounts or dates is not one of headings."""
    cells = [value for value in row if value is not None]
    texts = {value for value in cells if isinstance(value, str) and len(value) <= LONGEST}
    return len(texts) > 1 and not any(isinstance(value, float | date) for value in cells)


def _table(grid: Grid, row: int, depth: int, guess: Callable[[str], Guess]) -> Table:
    levels = [_spread(grid, row + level, last=level == depth - 1) for level in range(depth)]
    columns = []
    for index, parts in enumerate(zip(*levels, strict=True)):
        path: list[str] = []
        for part in parts:
            if part and part not in path:
                path.append(part)
        if path:
            heading = " / ".join(path)
            columns.append(Column(index, heading, guess(heading)))
    return Table(grid, tuple(columns), row + depth)


def _spread(grid: Grid, row: int, *, last: bool) -> list[str]:
    """Texts of a row; one that heads several columns is given to each of them.

    A merged block says how far it goes; in rows above the last, so does the next text.
    """
    texts = [" ".join(shown(value).split()) for value in grid.rows[row]]
    for top, left, bottom, right in grid.merged:
        if top <= row <= bottom:
            text = " ".join(shown(grid.at(top, left)).split())
            texts[left : right + 1] = [text] * (right + 1 - left)
    if last or grid.merged:
        return texts
    for index in range(1, len(texts)):
        texts[index] = texts[index] or texts[index - 1]
    return texts
