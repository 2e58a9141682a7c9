"""A map of flows on an A3 page: what one pins on the wall of a meeting."""

from dataclasses import asdict

from maillage.common.french import typeset
from maillage.documents.pictures.flow import map_body, map_legend
from maillage.documents.pictures.framed import Caption
from maillage.documents.pictures.palette import FONT
from maillage.documents.pictures.svg import tag
from maillage.documents.pictures.typeset import pdf
from maillage.drawing.flow_map import FlowMap
from maillage.wording.headline import Headline
from maillage.wording.rows import Result

FIRST = 12
LEGEND_HEIGHT = 24


def a3_page(drawn: FlowMap, caption: Caption, figures: Headline, rows: Result) -> bytes:
    """A PDF of one page: title, four figures, map, legend, first partners, sources."""
    told = (
        ("Stables", figures.stay),
        ("Entrants", figures.arrive),
        ("Sortants", figures.leave),
        ("Solde", figures.net),
    )
    content = {
        "caption": asdict(caption),
        "figures": [
            {"label": label, "text": shown.text, "note": typeset(shown.note), "grade": shown.grade}
            for label, shown in told
        ],
        "limits": typeset(figures.limits),
        "partners": [
            {"name": typeset(row.name), "out": row.outgoing.text, "into": row.incoming.text}
            for row in rows.rows[:FIRST]
        ],
    }
    pictures = {
        "map.svg": _picture(map_body(drawn), drawn.width, drawn.height),
        "legend.svg": _picture(map_legend(drawn, caption), drawn.width, LEGEND_HEIGHT),
    }
    return pdf("a3", content, pictures)


def _picture(body: str, width: int, height: int) -> bytes:
    box = {"viewBox": f"0 0 {width} {height}", "width": width, "height": height}
    return tag(
        "svg", body, xmlns="http://www.w3.org/2000/svg", font_family=FONT, **box
    ).encode()  # fmt: skip
