"""Names on a map: the first that fit, none over another."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from maillage.drawing.flow_panels import Panel
from maillage.drawing.marks import Mark
from maillage.territory.geography import FloatArray

SIZE = 17.0  # of the type, in units of the drawing
CHARACTER = 0.56  # mean width of one, in sizes
LONGEST = 30
EDGE = 6.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Label:
    """``anchor`` is that of SVG: start, middle, end. ``code`` is empty for the territory."""

    code: str
    text: str
    x: float
    y: float
    anchor: str


def spread(
    panel: Panel,
    here: shapely.Geometry,
    name: str,
    ends: Sequence[tuple[Mark, FloatArray, bool]],
) -> tuple[Label, ...]:
    """The territory, then partners in their order, those left out that would cover another."""
    wanted = [("", name, panel.point(here)), *((m.code, m.label, end) for m, end, _ in ends)]
    labels: list[Label] = []
    taken: list[Box] = []
    for code, text, point in wanted:
        short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
        label, box = _placed(code, short, point, panel)
        if all(_apart(box, other) for other in taken):
            labels.append(label)
            taken.append(box)
    return tuple(labels)


def _placed(code: str, text: str, point: FloatArray, panel: Panel) -> tuple[Label, Box]:
    """Above the point, kept inside the frame."""
    wide = CHARACTER * SIZE * len(text)
    low, high = panel.left + EDGE + wide / 2, panel.left + panel.width - EDGE - wide / 2
    x = float(np.clip(point[0], min(low, high), max(low, high)))
    y = float(np.clip(point[1] - 10, panel.top + EDGE + SIZE, panel.top + panel.height - EDGE))
    return Label(code, text, x, y, "middle"), (x - wide / 2, y - SIZE, x + wide / 2, y + 4)


def _apart(one: Box, other: Box) -> bool:
    return one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]
