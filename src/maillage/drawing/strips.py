"""How values are spread, drawn: a tick for each, the middle half, and a lane a territory."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 400
MARGIN = 12
LANE = 18
HEAD, FOOT = 26, 8
#: Beyond, values are drawn at the edge: one outlier would flatten all the others.
FENCES = 3.0


@dataclass(frozen=True)
class Mark:
    """A territory in its lane. ``edge``: its value is beyond the drawing."""

    number: int
    x: float
    y: float
    edge: bool


@dataclass(frozen=True)
class Strip:
    """``ticks`` is one path; the box goes from the first to the third quartile."""

    width: int
    height: int
    ticks: str
    box: tuple[float, float]
    median: float
    marks: tuple[Mark, ...]
    low: float
    high: float


def strip(
    values: Sequence[float],
    quartiles: tuple[float, float, float],
    compared: Sequence[float | None],
) -> Strip:
    """``values`` in order, at least one; ``compared`` None where there is no mark to draw."""
    low, high = _bounds(values, quartiles, compared)

    def x(value: float) -> float:
        """Divided first: the largest is then exactly at the edge, never a hair beyond."""
        share = (min(max(value, low), high) - low) / (high - low)
        return MARGIN + share * (WIDTH - 2 * MARGIN)

    marks = [
        Mark(rank + 1, x(value), HEAD + LANE * (lane + 0.5), not low <= value <= high)
        for lane, (rank, value) in enumerate(
            (r, v) for r, v in enumerate(compared) if v is not None
        )
    ]
    places = sorted({round(x(value), 1) for value in values})
    q1, median, q3 = quartiles
    return Strip(
        width=WIDTH,
        height=HEAD + LANE * len(marks) + FOOT,
        ticks="".join(f"M{place:g} 6v12" for place in places),
        box=(x(q1), x(q3) - x(q1)),
        median=x(median),
        marks=tuple(marks),
        low=low,
        high=high,
    )


def _bounds(
    values: Sequence[float],
    quartiles: tuple[float, float, float],
    compared: Sequence[float | None],
) -> tuple[float, float]:
    """All values, within Tukey’s outer fences: three spreads beyond the quartiles."""
    q1, _, q3 = quartiles
    known = [*values, *(value for value in compared if value is not None)]
    reach = FENCES * (q3 - q1)
    low, high = min(known), max(known)
    if reach:
        low, high = max(low, q1 - reach), min(high, q3 + reach)
    return (low, high) if high > low else (low - 0.5, high + 0.5)
