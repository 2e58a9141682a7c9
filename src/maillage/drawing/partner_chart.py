"""The first partners as bars that leave an axis both ways: what goes to each, what comes."""

from collections.abc import Sequence
from dataclasses import dataclass

from maillage.drawing.marks import Mark

WIDTH = 400
HEAD = 28  # above the first bar: which side is which
STEP = 40  # from one partner to the next
NAME, BAR, THICK = 14, 20, 13  # down from the top of a step
ROOM = 66  # beside a bar, for its value
FIRST = 12
LONGEST = 44


@dataclass(frozen=True)
class Bar:
    """One partner: two bars from the axis, and where their values are written."""

    code: str
    label: str
    said: str
    name: str  # cut where it is too long
    top: float
    out_x: float
    out_width: float
    in_width: float
    out: float
    into: float


@dataclass(frozen=True)
class PartnerChart:
    """``axis`` is where the bars start; ``left`` and ``right``: whether that side is drawn."""

    width: int
    height: int
    axis: float
    left: bool
    right: bool
    bars: tuple[Bar, ...]


def partner_chart(marks: Sequence[Mark], *, way: str = "both", chosen: str = "") -> PartnerChart:
    """The first partners, and the chosen one where it is not among them."""
    first = [mark for mark in marks if mark.volume > 0][:FIRST]
    first += [m for m in marks if m.code == chosen and m not in first]
    left, right = way != "incoming", way != "outgoing"
    axis = WIDTH / 2 if left and right else (WIDTH if left else 0.0)
    longest = max((max(m.out * left, m.into * right) for m in first), default=0.0) or 1.0
    scale = ((WIDTH / 2 if left and right else WIDTH) - ROOM) / longest
    return PartnerChart(
        width=WIDTH,
        height=HEAD + STEP * len(first),
        axis=axis,
        left=left,
        right=right,
        bars=tuple(_bar(m, HEAD + STEP * row, axis, scale) for row, m in enumerate(first)),
    )


def _bar(mark: Mark, top: float, axis: float, scale: float) -> Bar:
    label = mark.label
    return Bar(
        code=mark.code,
        label=label,
        said=mark.said,
        name=label if len(label) <= LONGEST else f"{label[: LONGEST - 1].rstrip()}…",
        top=top,
        out_x=axis - mark.out * scale,
        out_width=mark.out * scale,
        in_width=mark.into * scale,
        out=mark.out,
        into=mark.into,
    )
