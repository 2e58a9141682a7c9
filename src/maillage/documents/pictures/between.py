"""Pictures of several territories: two on a map, neighbours in quadrants, values spread."""

from collections.abc import Iterable, Mapping, Sequence

from maillage.common.french import percent
from maillage.documents.pictures.framed import Caption, framed
from maillage.documents.pictures.palette import (
    AROUND,
    BRAND,
    FIELDS,
    INK,
    LINE,
    PAPER,
    QUADRANTS,
    SECOND,
    SOFT,
    STRONG,
)
from maillage.documents.pictures.svg import tag, text
from maillage.drawing.pair_map import PairMap
from maillage.drawing.quadrant import QuadrantChart
from maillage.drawing.strips import Strip

#: A strip is drawn larger than on the page, where it shares the width with others.
SCALE, GAP, TITLED = 1.9, 22.0, 26.0
LISTED = 13.0  # letters of a list


def pair_picture(drawn: PairMap, names: tuple[str, str], caption: Caption) -> bytes:
    """Both in their colour among what surrounds them, and their names below."""
    size: dict[str, object] = {"width": drawn.width, "height": drawn.height}
    parts = [tag("rect", **size, fill=PAPER, stroke=LINE)]
    parts.append(tag("path", d=drawn.around, fill=AROUND, stroke=LINE, stroke_width=0.75))
    shown = ((drawn.here, BRAND), (drawn.other, SECOND))
    parts += [tag("path", d=path, fill=fill, stroke=PAPER) for path, fill in shown]
    for line, (name, fill) in enumerate(zip(names, (BRAND, SECOND), strict=True)):
        y = drawn.height + 16 + 20 * line
        parts.append(tag("rect", x=0, y=y, width=14, height=14, fill=fill))
        parts.append(text(name, 22, y + 12, LISTED))
    return framed("".join(parts), drawn.width, drawn.height + 46, caption)


def quadrant_picture(drawn: QuadrantChart, labels: Mapping[int, str], caption: Caption) -> bytes:
    """Neighbours by their number in four fields, and the list of their names below."""
    parts = [*_fields(drawn), *_axes(drawn, labels)]
    for dot in drawn.dots:
        fill = QUADRANTS[dot.point.quadrant]
        parts.append(tag("circle", cx=dot.x, cy=dot.y, r=13, fill=fill, stroke=PAPER))
        number = str(dot.point.number)
        parts.append(text(number, dot.x, dot.y + 4.5, 12, text_anchor="middle", fill=PAPER))
    told = sorted((dot.point.number, dot.point.name) for dot in drawn.dots)
    listed, height = _listed(told, drawn.width, drawn.bottom + 62)
    return framed("".join([*parts, *listed]), drawn.width, height, caption)


def _fields(drawn: QuadrantChart) -> Iterable[str]:
    columns = ((drawn.left, drawn.left_width), (drawn.split_x, drawn.right_width))
    rows = ((drawn.split_y, drawn.bottom_height), (drawn.top, drawn.top_height))
    for strong, (x, width) in enumerate(columns):
        for complementary, (y, height) in enumerate(rows):
            fill = FIELDS[2 * strong + complementary]
            yield tag("rect", x=x, y=y, width=width, height=height, fill=fill)


def _axes(drawn: QuadrantChart, labels: Mapping[int, str]) -> Iterable[str]:
    across, up = f"M{drawn.left} {drawn.split_y:.1f}H{drawn.right}", f"V{drawn.bottom}"
    split = f"M{drawn.split_x:.1f} {drawn.top}{up}{across}"
    yield tag("path", d=split, fill="none", stroke=STRONG)
    for tick in drawn.ticks:
        said = percent(tick.value, 0)
        yield text(said, drawn.left - 8, tick.at + 4, 12, text_anchor="end", fill=SOFT)
    for code, label in labels.items():
        side: dict[str, object] = {} if code < 2 else {"text_anchor": "end"}
        x = drawn.right if side else drawn.left
        y = drawn.top - 12 if code % 2 else drawn.bottom + 20
        yield text(label, x, y, 13, font_weight=700, **side)
    yield text("lien faible ou nul", drawn.left, drawn.bottom + 40, 12, fill=SOFT)
    strong: dict[str, object] = {"text_anchor": "end", "fill": SOFT}
    yield text("lien fort", drawn.right, drawn.bottom + 40, 12, **strong)


def _listed(told: Sequence[tuple[int, str]], width: float, top: float) -> tuple[list[str], float]:
    """Numbered names in two columns, and where they end."""
    rows = -(-len(told) // 2)
    parts = [
        text(f"{number}. {name}", width / 2 * (at // rows), top + 18 * (at % rows + 1), LISTED)
        for at, (number, name) in enumerate(told)
    ]
    return parts, top + 18 * rows


def strips_picture(
    plots: Sequence[tuple[str, Strip, tuple[str, str]]], names: Sequence[str], caption: Caption
) -> bytes:
    """An indicator under another: title, strip and its two ends; the territories below."""
    width, y, parts = plots[0][1].width * SCALE, 0.0, []
    for title, drawn, edges in plots:
        parts.append(text(title, 0, y + 14, 14, font_weight=700))
        place = f"translate(0 {y + TITLED - 6:.1f}) scale({SCALE})"
        parts.append(tag("g", _strip(drawn), transform=place))
        y += TITLED + drawn.height * SCALE
        parts.append(text(edges[0], 0, y, 11, fill=SOFT))
        parts.append(text(edges[1], width, y, 11, text_anchor="end", fill=SOFT))
        y += GAP
    listed, height = _listed(list(enumerate(names, 1)), width, y)
    return framed("".join([*parts, *listed]), width, height, caption)


def _strip(drawn: Strip) -> str:
    x, width = drawn.box
    parts = [tag("rect", x=x, y=4, width=width, height=16, fill=FIELDS[3])]
    parts.append(tag("path", d=drawn.ticks, fill="none", stroke=STRONG, stroke_width=0.7))
    parts.append(tag("path", d=f"M{drawn.median:.1f} 2v20", stroke=INK, stroke_width=1.5))
    for mark in drawn.marks:
        fill = BRAND if mark.number == 1 else PAPER
        parts.append(tag("path", d=f"M{mark.x:.1f} 22V{mark.y:.1f}", stroke=STRONG))
        ring = {"fill": fill, "stroke": BRAND}
        parts.append(tag("circle", cx=mark.x, cy=mark.y, r=8, **ring))
        ink = PAPER if mark.number == 1 else INK
        parts.append(
            text(str(mark.number), mark.x, mark.y + 3.5, 9, text_anchor="middle", fill=ink)
        )
    return "".join(parts)
