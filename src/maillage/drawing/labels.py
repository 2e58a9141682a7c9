"""Names on a map: the first that fit, none over another, whatever the size of the screen."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from maillage.drawing.flow_panels import Panel
from maillage.drawing.marks import Mark
from maillage.territory.geography import FloatArray

SIZE = 16.0  # of the type, in units of the drawing
PHONE = 27.0  # the same on a narrow screen, where the drawing is smaller
#: Widest that characters are, in sizes of the type, by those that are as wide: an upper bound
#: of the site’s font at its boldest. Any other is as wide as ``WIDEST``.
_WIDTHS = {
    0.34: " \u00a0’|l'.,ïîi`IÎjÏ!:;",
    0.46: '[])(}{rf-t1_/\\"',
    0.57: "zs*?àâaLçc$–Feêé3èëk7xJ",
    0.66: "nùvüûuhoöô569ËÉEÈÊ2^qÿTybdSpg8BPZ#=>+<4&0R",
    0.80: "ŸY»«KÜÛUDX~ÇCAÀÂGVH…NÔOÖQ",
}
WIDTHS = {character: width for width, those in _WIDTHS.items() for character in those}
WIDEST = 1.1
LONGEST = 28
#: What a long name loses first: the nature of an intercommunalité, that the map says by itself.
_NATURE = re.compile(r"^(?:CA|CC|CU) (?:de |du |des |d['’])?")
EDGE = 6.0
ABOVE = 10.0  # from a point to the foot of its name

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Label:
    """A name around ``x``, at the foot ``y``. ``code`` is empty for the territory.

    ``always``: it has room on a narrow screen too.
    """

    code: str
    text: str
    x: float
    y: float
    always: bool


def spread(
    panel: Panel,
    here: shapely.Geometry,
    name: str,
    ends: Sequence[tuple[Mark, FloatArray, bool]],
) -> tuple[Label, ...]:
    """The territory, then partners in their order, those left out that would cover another."""
    points = [("", name, panel.point(here)), *((m.code, m.label, end) for m, end, _ in ends)]
    wanted = [(code, _short(text), point) for code, text, point in points]
    first = _fitting(panel, wanted, PHONE, [])
    kept = {label.code for label in first}
    small = [_box(label.text, np.array([label.x, label.y]), SIZE) for label in first]
    rest = [one for one in wanted if one[0] not in kept]
    return (*first, *_fitting(panel, rest, SIZE, small))


def _fitting(
    panel: Panel,
    wanted: Iterable[tuple[str, str, FloatArray]],
    size: float,
    taken: Sequence[Box],
) -> list[Label]:
    """Those that have room beside the ``taken`` boxes, one after another."""
    found: list[Label] = []
    boxes = list(taken)
    for code, text, point in wanted:
        foot = _foot(panel, text, point, size)
        box = _box(text, foot, size)
        inside = panel.left <= box[0] and box[2] <= panel.left + panel.width
        if inside and all(_apart(box, other) for other in boxes):
            found.append(Label(code, text, float(foot[0]), float(foot[1]), size == PHONE))
            boxes.append(box)
    return found


def _foot(panel: Panel, text: str, point: FloatArray, size: float) -> FloatArray:
    """Middle of the foot of a name above a point, inside the frame."""
    half = width(text) * size / 2 + EDGE
    low, high = panel.left + half, panel.left + panel.width - half
    x = np.clip(point[0], low, high) if low < high else (low + high) / 2
    y = np.clip(point[1] - ABOVE, panel.top + EDGE + size, panel.top + panel.height - EDGE)
    return np.array([x, y])


def _box(text: str, foot: FloatArray, size: float) -> Box:
    half = width(text) * size / 2
    return foot[0] - half, foot[1] - size, foot[0] + half, foot[1] + size / 4


def width(text: str) -> float:
    """In sizes of the type."""
    return sum(WIDTHS.get(character, WIDEST) for character in text)


def _short(text: str) -> str:
    """« CC du Pays de Saint-Martin-du-Pré » as « Pays de Saint-Martin-du-Pré »."""
    if len(text) > LONGEST:
        text = _NATURE.sub("", text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _apart(one: Box, other: Box) -> bool:
    return one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]
