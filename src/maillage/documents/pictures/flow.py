"""The pictures of a flow: its map and its chart, each with what it needs to be quoted."""

from maillage.documents.pictures.framed import SIDE, Caption, foot, head
from maillage.documents.pictures.palette import (
    AROUND,
    BRAND,
    INK,
    LINE,
    PAPER,
    SOFT,
    STRONG,
    TINTS,
    TONES,
)
from maillage.documents.pictures.svg import document, tag, text
from maillage.drawing.flow_map import FlowMap
from maillage.drawing.partner_chart import PartnerChart
from maillage.wording.figures import amount

#: Behind a name, so that it can be read on anything.
_HALO = {"fill": PAPER, "stroke": PAPER, "stroke_width": 4, "stroke_linejoin": "round"}


def map_picture(drawn: FlowMap, caption: Caption) -> bytes:
    """The map under its title, its legend and sources below."""
    width = drawn.width + 2 * SIDE
    above, top = head(caption, width)
    moved = tag("g", map_body(drawn), transform=f"translate({SIDE} {top})")
    below = top + drawn.height + 16
    legend = tag("g", map_legend(drawn, caption), transform=f"translate({SIDE} {below})")
    below_it, bottom = foot(caption, width, below + 44)
    return document([above, moved, legend, below_it], width, bottom, caption.title, caption.reading)


def chart_picture(drawn: PartnerChart, caption: Caption) -> bytes:
    """The first partners as bars that leave an axis both ways."""
    scale = 1.6
    width = drawn.width * scale + 2 * SIDE
    above, top = head(caption, width)
    place = f"translate({SIDE} {top}) scale({scale})"
    body = tag("g", _bars(drawn, caption.unit), transform=place)
    below_it, bottom = foot(caption, width, top + drawn.height * scale + 28)
    return document([above, body, below_it], width, bottom, caption.title, caption.reading)


def map_body(drawn: FlowMap) -> str:
    """The drawing alone, in its own box."""
    size: dict[str, object] = {"width": drawn.width, "height": drawn.height}
    parts = [tag("rect", **size, fill=PAPER, stroke=LINE)]
    parts.append(tag("path", d=drawn.around, fill=AROUND, stroke=LINE, stroke_width=0.75))
    for spot in drawn.spots:
        said = tag("title", _escaped(spot.said))
        tint = TINTS[spot.tint - 1]
        parts.append(tag("path", said, d=spot.path, fill=tint, stroke=PAPER, stroke_width=0.75))
    parts.append(tag("path", d=drawn.here, fill=BRAND, stroke=PAPER))
    parts += [_line(line.path, line.width, TONES[line.tone], line.said) for line in drawn.lines]
    for inset in drawn.insets:
        box = {"width": inset.width, "height": inset.height}
        parts.append(tag("rect", x=inset.x, y=inset.y, **box, fill="none", stroke=STRONG))
        parts.append(text(inset.name, inset.x, inset.y - 7, 14))
    for label in drawn.labels:
        place, weight = (label.x, label.y, 15), 400 if label.code else 700
        shown: dict[str, object] = {"text_anchor": "middle", "font_weight": weight}
        parts.append(text(label.text, *place, **shown, **_HALO))
        parts.append(text(label.text, *place, **shown))
    return "".join(parts)


def map_legend(drawn: FlowMap, caption: Caption) -> str:
    """What colours and widths mean, on one line."""
    names = {
        "incoming": (("in", "entrants"),),
        "outgoing": (("out", "sortants"),),
    }.get(caption.way, (("in", "plus d’entrants"), ("out", "plus de sortants")))
    seen = {line.tone for line in drawn.lines}
    names = (*names, *((("cut", "vu en partie"),) if "cut" in seen else ()))
    parts, x = [], 0.0
    for tone, name in names:
        parts.append(tag("rect", x=x, y=4, width=26, height=7, fill=TONES[tone]))
        parts.append(text(name, x + 33, 13, 13))
        x += 33 + 7.2 * len(name) + 24
    for volume, width in drawn.scale:
        said = amount(volume, caption.unit)
        parts.append(_line(f"M{x:.0f} 8h54", width, SOFT, ""))
        parts.append(text(said, x + 64, 13, 13))
        x += 64 + 7.2 * len(said) + 24
    return "".join(parts)


def _line(path: str, width: float, tone: str, said: str) -> str:
    """A width of nothing is that of a filled shape."""
    inner = tag("title", _escaped(said)) if said else ""
    if not width:
        return tag("path", inner, d=path, fill=tone, fill_opacity=0.75)
    stroke: dict[str, object] = {"stroke": tone, "stroke_width": width, "stroke_opacity": 0.72}
    return tag("path", inner, d=path, fill="none", stroke_linecap="round", **stroke)


def _bars(drawn: PartnerChart, unit: str) -> str:
    parts, axis = [], drawn.axis
    if drawn.left:
        x = axis - 10 if drawn.right else float(drawn.width)
        parts.append(text("Sortants", x, 14, 11, text_anchor="end", fill=TONES["out"]))
    if drawn.right:
        parts.append(text("Entrants", axis + 10 * drawn.left, 14, 11, fill=TONES["in"]))
    both = drawn.left and drawn.right
    anchor = "middle" if both else "end" if drawn.left else "start"
    for bar in drawn.bars:
        name = axis if drawn.left else 0.0
        parts.append(text(bar.name, name, bar.top + 15, 11, text_anchor=anchor))
        y = bar.top + 21
        if drawn.left:
            box: dict[str, object] = {"x": bar.out_x, "width": bar.out_width, "height": 13}
            parts.append(tag("rect", y=y, **box, fill=TONES["out"]))
            said = amount(bar.out, unit)
            parts.append(text(said, bar.out_x - 5, y + 11, 10, text_anchor="end"))
        if drawn.right:
            parts.append(tag("rect", x=axis, y=y, width=bar.in_width, height=13, fill=TONES["in"]))
            parts.append(text(amount(bar.into, unit), axis + bar.in_width + 5, y + 11, 10))
        parts.append(tag("path", d=f"M{axis:.1f} {bar.top + 19:.1f}v17", stroke=INK))
    return "".join(parts)


def _escaped(said: str) -> str:
    return said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
