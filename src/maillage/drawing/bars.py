"""Horizontal bars that share one scale: pairs of quantities, steps of a coverage."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class PairOfBars:
    """Two amounts in percent of the longest of the chart; None: unknown, no bar."""

    first: float | None
    second: float | None


def pairs_of_bars(amounts: Sequence[tuple[float | None, float | None]]) -> list[PairOfBars]:
    """All on one scale: the longest amount is 100."""
    known = [value for pair in amounts for value in pair if value is not None]
    longest = max(known, default=0.0) or 1.0
    return [PairOfBars(*(_part(value, longest) for value in pair)) for pair in amounts]


def _part(value: float | None, longest: float) -> float | None:
    return None if value is None else 100 * value / longest
