"""How a flow is drawn between two points: a curve, or one of the forms that Insee names.

Oursins, flèches joignantes and saphirs are the words of Insee’s PSAR Analyse territoriale
(package oceanis). Widths are those of the drawing.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from maillage.drawing.marks import Mark
from maillage.territory.geography import FloatArray

BEND = 0.12  # how far a curve bends, in lengths of its own
HEAD = 1.6  # width of the head of an arrow, in widths of its line
THIN = 0.9
APART = 1.5  # between two arrows that go opposite ways
IN, OUT, EVEN, CUT = "in", "out", "even", "cut"


@dataclass(frozen=True)
class Line:
    """A drawn flow. ``width`` is that of the line, 0 for a filled shape. ``tone``: coming in,
    going out, both alike, or cut by what the file covers. ``beyond``: it goes on outside."""

    code: str
    label: str
    said: str
    path: str
    width: float
    tone: str
    beyond: bool = False


@dataclass(frozen=True, eq=False)
class Segment:
    """From the territory to a partner, in the drawing; ``scale``: width of a unit of flow."""

    mark: Mark
    start: FloatArray
    end: FloatArray
    scale: float
    beyond: bool = False


def curves(segment: Segment, way: str) -> list[Line]:
    """One curve, as wide as the exchange; its colour says which way it leans."""
    mark, (start, end) = segment.mark, (segment.start, segment.end)
    bend = (start + end) / 2 + BEND * _across(start, end)
    path = "M{} Q{} {}".format(*map(_point, (start, bend, end)))
    return [_line(segment, path, max(segment.scale * mark.volume, THIN), _tone(mark, way))]


def oursins(segment: Segment, way: str) -> list[Line]:
    """One thin segment, whatever the volume: how far, and to whom."""
    path = f"M{_point(segment.start)}L{_point(segment.end)}"
    return [_line(segment, path, THIN, _tone(segment.mark, way))]


def arrows(segment: Segment, way: str) -> list[Line]:
    """An arrow each way, side by side, each as wide as its flow."""
    return _both(segment, way, _arrow)


def saphirs(segment: Segment, way: str) -> list[Line]:
    """A point each way: as wide as its flow where it starts, sharp where it arrives."""
    return _both(segment, way, _point_of_saphir)


Shape = Callable[[FloatArray, FloatArray, float], str]


def _both(segment: Segment, way: str, shape: Shape) -> list[Line]:
    """``way`` is both, incoming or outgoing."""
    mark, lines = segment.mark, []
    side = _unit(_across(segment.start, segment.end))
    shift = side * (
        (segment.scale * (mark.out + mark.into) / 2 + APART) / 2 if way == "both" else 0
    )
    if way != "incoming" and mark.out > 0:
        path = shape(segment.start + shift, segment.end + shift, segment.scale * mark.out)
        lines.append(_line(segment, path, 0.0, OUT))
    if way != "outgoing" and mark.into > 0:
        path = shape(segment.end - shift, segment.start - shift, segment.scale * mark.into)
        lines.append(_line(segment, path, 0.0, IN))
    return lines


def _arrow(start: FloatArray, end: FloatArray, width: float) -> str:
    """A bar and its head, drawn as one outline."""
    width = max(width, THIN)
    along, side = _unit(end - start), _unit(_across(start, end))
    length = float(np.hypot(*(end - start)))
    head = min(HEAD * width + 4, length / 2)
    neck = end - along * head
    half, wide = side * width / 2, side * (HEAD * width + 4) / 2
    corners = (start + half, neck + half, neck + wide, end, neck - wide, neck - half, start - half)
    return f"M{'L'.join(map(_point, corners))}z"


def _point_of_saphir(start: FloatArray, end: FloatArray, width: float) -> str:
    half = _unit(_across(start, end)) * max(width, 2 * THIN) / 2
    return f"M{'L'.join(map(_point, (start + half, end, start - half)))}z"


def _line(segment: Segment, path: str, width: float, tone: str) -> Line:
    mark = segment.mark
    return Line(mark.code, mark.label, mark.said, path, width, tone, segment.beyond)


def _tone(mark: Mark, way: str) -> str:
    """Both ways, what is cut says nothing of the way it leans."""
    if way != "both":
        return IN if way == "incoming" else OUT
    if mark.partial:
        return CUT
    return EVEN if mark.out == mark.into else (IN if mark.into > mark.out else OUT)


def _across(start: FloatArray, end: FloatArray) -> FloatArray:
    return np.array([start[1] - end[1], end[0] - start[0]])


def _unit(vector: FloatArray) -> FloatArray:
    length = float(np.hypot(*vector))
    return vector / length if length else np.zeros(2)


def _point(point: FloatArray) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"
