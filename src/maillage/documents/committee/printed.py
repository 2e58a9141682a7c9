"""The pack as a tagged PDF, a slide a page."""

from typing import Any

from maillage.documents.committee.slides import TONES, Bars, Pack, Slide, Table
from maillage.documents.pages.printer import pdf


def pdf_pack(pack: Pack) -> bytes:
    """Landscape, sixteen by nine."""
    return pdf("slides", pack_content(pack), most=len(pack.slides) + 1)


def pack_content(pack: Pack) -> dict[str, Any]:
    """What the template lays out, as plain values."""
    return {
        "title": pack.title,
        "lead": list(pack.lead),
        "foot": pack.foot,
        "tag": pack.tag,
        "slides": [_slide(slide) for slide in pack.slides],
    }


def _slide(slide: Slide) -> dict[str, Any]:
    return {
        "title": slide.title,
        "figures": [[f.label, f.value, f.note] for f in slide.figures],
        "parts": [
            _table(p, wide=len(slide.parts) < 2) if isinstance(p, Table) else _bars(p)
            for p in slide.parts
        ],
        "lines": list(slide.lines),
        "note": slide.note,
    }


def _table(table: Table, *, wide: bool) -> dict[str, Any]:
    head, *rows = table.rows
    return {
        "kind": "table",
        "wide": wide,
        "heads": list(head),
        "rows": [list(row) for row in rows],
        "widths": list(table.widths),
        "right": list(table.right),
    }


def _bars(bars: Bars) -> dict[str, Any]:
    wholes = [sum(one.values[n] for one in bars.series) for n in range(len(bars.categories))]
    most = max(wholes, default=0) or 1
    return {
        "kind": "bars",
        "said": bars.said,
        "names": list(bars.categories),
        "shares": [
            [[one.tone, 100 * one.values[n] / most] for one in bars.series if one.values[n] > 0]
            for n in range(len(bars.categories))
        ],
        "legend": [[one.name, one.tone] for one in bars.series],
        "colors": {tone: f"#{code}" for tone, code in TONES.items()},
    }
