"""Neighbours placed by the rank of their link and by their complementarity, in four quadrants."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 760, 560
LEFT, TOP, RIGHT, BOTTOM = 60, 40, 754, 474
#: Room left above the highest point, in parts of the axis.
HEADROOM = 0.04
_ROUND = (0.02, 0.05, 0.1, 0.2, 0.25, 0.5)


@dataclass(frozen=True)
class Point:
    """A neighbour to place: both measures known. ``distance_km`` ranks equal links."""

    id: str
    name: str
    number: int
    quadrant: int
    link: float
    complementarity: float
    distance_km: float = 0.0


@dataclass(frozen=True)
class Dot:
    """A neighbour in its place."""

    point: Point
    x: float
    y: float


@dataclass(frozen=True)
class Tick:
    """A mark of an axis: where it stands, the value it tells."""

    at: float
    value: float


@dataclass(frozen=True)
class QuadrantChart:
    """``split_x`` and ``split_y`` part the quadrants. Dots in the order of their numbers, the
    first drawn last so that nothing hides it."""

    width: int
    height: int
    left: int
    top: int
    right: int
    bottom: int
    split_x: float
    split_y: float
    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]

    @property
    def left_width(self) -> float:
        """Of the two quadrants of weak links."""
        return self.split_x - self.left

    @property
    def right_width(self) -> float:
        """Of the two quadrants of strong links."""
        return self.right - self.split_x

    @property
    def top_height(self) -> float:
        """Of the two quadrants of strong complements."""
        return self.split_y - self.top

    @property
    def bottom_height(self) -> float:
        """Of the two quadrants of weak complements."""
        return self.bottom - self.split_y


def quadrant_chart(
    points: Sequence[Point], strong_link: float, strong_complement: float
) -> QuadrantChart | None:
    """None without a point.

    Links are spread over orders of magnitude and only their rank is read: neighbours stand at
    equal steps from the weakest to the strongest, of equal links the farthest first.
    """
    if not points:
        return None
    largest = max([strong_complement, *(point.complementarity for point in points)])
    step = _step(largest)
    most = step * math.ceil(largest * (1 + HEADROOM) / step) if largest else step
    ranked = sorted(points, key=lambda point: (point.link, -point.distance_km))
    weak = sum(point.link < strong_link for point in ranked)
    dots = [
        Dot(point, _across(rank + 0.5, len(ranked)), _up(point.complementarity, most))
        for rank, point in enumerate(ranked)
    ]
    marks = (step * number for number in range(round(most / step) + 1))
    return QuadrantChart(
        *(WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM),
        split_x=_across(weak, len(ranked)),
        split_y=_up(strong_complement, most),
        dots=tuple(sorted(dots, key=lambda dot: -dot.point.number)),
        ticks=tuple(Tick(_up(value, most), value) for value in marks),
    )


def _across(rank: float, count: int) -> float:
    return LEFT + rank / count * (RIGHT - LEFT)


def _up(complementarity: float, most: float) -> float:
    """A threshold beyond the axis stands at its end."""
    return BOTTOM - min(complementarity / most, 1) * (BOTTOM - TOP)


def _step(largest: float) -> float:
    """A round step that makes five marks or so."""
    return next((step for step in _ROUND if largest / step <= 5), 1.0)
