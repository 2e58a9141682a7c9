"""A figure through the years: one bar a year, those that do not compare drawn hollow."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 300, 150
FOOT, HEAD = 22, 20  # for the years, for the values
WIDEST = 44.0


@dataclass(frozen=True)
class YearBar:
    """``compared``: it may be set beside the newest one."""

    year: int
    x: float
    y: float
    width: float
    height: float
    value: float
    compared: bool
    written: bool  # whether its value fits above it

    @property
    def half(self) -> float:
        return self.width / 2


@dataclass(frozen=True)
class YearChart:
    """Bars from zero, in a box of ``width`` × ``height``; years without a figure have no bar."""

    width: int
    height: int
    bars: tuple[YearBar, ...]


def year_chart(figures: Sequence[tuple[int, float | None, bool]]) -> YearChart | None:
    """Year, value, whether it compares. None where no value is known or one is negative."""
    known = [value for _, value, _ in figures if value is not None]
    if not known or min(known) < 0 or not max(known):
        return None
    step, room = WIDTH / len(figures), HEIGHT - FOOT - HEAD
    width = min(step * 0.7, WIDEST)
    ends = {0, len(figures) - 1}
    return YearChart(
        WIDTH,
        HEIGHT,
        tuple(
            YearBar(
                year=year,
                x=step * (rank + 0.5) - width / 2,
                y=HEAD + room * (1 - value / max(known)),
                width=width,
                height=room * value / max(known),
                value=value,
                compared=compared,
                written=len(figures) <= 4 or rank in ends,
            )
            for rank, (year, value, compared) in enumerate(figures)
            if value is not None
        ),
    )
