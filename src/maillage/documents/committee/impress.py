"""The pack for LibreOffice Impress (ODF 1.3): text, tables and shapes that stay editable.

Bars are rectangles under their names: an OpenDocument chart is a document of its own, that
every program draws otherwise.
"""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from maillage.documents.committee.impress_styles import CONTENT, MANIFEST, META, MIME, STYLES
from maillage.documents.committee.slides import Bars, Figure, Pack, Slide, Table
from maillage.documents.open_document import packed

WIDTH, INNER, MARGIN = 33.87, 30.57, 1.65  # centimetres
_TOP, _UNDER, _BOTTOM = 3.7, 6.7, 17.0


def odp_pack(pack: Pack) -> bytes:
    """The bytes of the presentation."""
    body = [_opening(pack), *(_slide(pack, slide, n) for n, slide in enumerate(pack.slides, 2))]
    parts = {
        "META-INF/manifest.xml": MANIFEST,
        "meta.xml": META.replace("@title", escape(pack.title)),
        "styles.xml": STYLES,
        "content.xml": CONTENT.replace("@body", "".join(body)),
    }
    return packed(MIME, parts)


def _page(number: int, inner: str) -> str:
    opening = f'<draw:page draw:name="Diapositive {number}" draw:master-page-name="Page">'
    return f"{opening}{inner}</draw:page>"


def _opening(pack: Pack) -> str:
    tag = _box(MARGIN, 1.8, INNER, 1.2, [pack.tag], "Tag") if pack.tag else ""
    title = _title(pack.title, 4.3, "Opening")
    lead = _box(MARGIN, 8.9, INNER, 5, pack.lead, "Lead")
    return _page(1, tag + title + lead + _foot(pack))


def _slide(pack: Pack, slide: Slide, number: int) -> str:
    top = _UNDER if slide.figures else _TOP
    inner = [_title(slide.title, 1.0, "Title")]
    inner += _figures(slide.figures)
    width = INNER if len(slide.parts) < 2 else (INNER - 0.9) / 2
    for rank, part in enumerate(slide.parts):
        left = MARGIN + rank * (width + 0.9)
        inner.append(_table(part, left, top, width) if isinstance(part, Table) else "")
        inner += _bars(part, left, top, width) if isinstance(part, Bars) else ()
    if slide.lines:
        inner.append(_box(MARGIN, top, INNER, _BOTTOM - top, slide.lines, "Line"))
    if slide.note:
        inner.append(_box(MARGIN, 16.5, INNER, 0.9, [slide.note], "Note"))
    return _page(number, "".join(inner) + _foot(pack))


def _foot(pack: Pack) -> str:
    return _box(MARGIN, 17.7, INNER, 0.8, [pack.foot], "Foot")


def _place(left: float, top: float, width: float, height: float) -> str:
    return (
        f'svg:x="{left:.2f}cm" svg:y="{top:.2f}cm" '
        f'svg:width="{width:.2f}cm" svg:height="{height:.2f}cm"'
    )


def _title(text: str, top: float, style: str) -> str:
    line = f'<text:p text:style-name="{style}">{escape(text)}</text:p>'
    place = _place(MARGIN, top, INNER, 2.2)
    box = f"<draw:text-box>{line}</draw:text-box>"
    shown = 'presentation:style-name="Heading" presentation:class="title"'
    return f"<draw:frame {shown} {place}>{box}</draw:frame>"


def _box(
    left: float, top: float, width: float, height: float, lines: Sequence[str], style: str
) -> str:
    words = "".join(f'<text:p text:style-name="{style}">{escape(line)}</text:p>' for line in lines)
    return _frame(_place(left, top, width, height), words)


def _frame(place: str, words: str) -> str:
    box = f"<draw:text-box>{words}</draw:text-box>"
    return f'<draw:frame draw:style-name="Bare" {place}>{box}</draw:frame>'


def _figures(figures: tuple[Figure, ...]) -> Iterator[str]:
    for rank, figure in enumerate(figures):
        width = INNER / len(figures)
        words = [("FigureLabel", figure.label), ("Figure", figure.value), ("Foot", figure.note)]
        lines = "".join(
            f'<text:p text:style-name="{style}">{escape(text)}</text:p>'
            for style, text in words
            if text
        )
        place = _place(MARGIN + rank * width, 3.3, width, 3)
        yield _frame(place, lines)


def _table(table: Table, left: float, top: float, width: float) -> str:
    whole = sum(table.widths)
    columns = "".join(
        f'<table:table-column table:style-name="W{round(width / whole * share * 10)}"/>'
        for share in table.widths
    )
    rows = "".join(_row(row, table, head=not rank) for rank, row in enumerate(table.rows))
    place = _place(left, top, width, 0.85 * len(table.rows))
    said = f"<svg:desc>{escape(table.said)}</svg:desc>"
    inner = f'<table:table table:use-first-row-styles="true">{columns}{rows}</table:table>'
    return f"<draw:frame {place}>{inner}{said}</draw:frame>"


def _row(row: tuple[str, ...], table: Table, *, head: bool) -> str:
    cells = []
    for rank, text in enumerate(row):
        style = "Head" if head or not rank else "Cell"
        side = "Right" if rank in table.right else ""
        line = f'<text:p text:style-name="{style}{side}">{escape(text)}</text:p>'
        ground = "Ground" if head else "Plain"
        cells.append(f'<table:table-cell table:style-name="{ground}">{line}</table:table-cell>')
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _bars(bars: Bars, left: float, top: float, width: float) -> Iterator[str]:
    """A name, then its bar in parts; a legend under the whole."""
    named = min(6.5, width * 0.42)
    most = max(
        (sum(s.values[n] for s in bars.series) for n in range(len(bars.categories))), default=0
    )
    step = min(1.6, (_BOTTOM - top - 1.2) / max(len(bars.categories), 1))
    for rank, name in enumerate(bars.categories):
        y, x = top + rank * step, left + named
        yield _box(left, y, named, step, [name], "Category")
        for series in bars.series:
            size = (width - named) * series.values[rank] / most if most else 0
            if size > 0:
                yield _rectangle(x, y + 0.1, size, step * 0.62, series.tone, series.name)
                x += size
    for rank, series in enumerate(bars.series):
        x, y = left + rank * width / len(bars.series), top + len(bars.categories) * step + 0.3
        yield _rectangle(x, y + 0.12, 0.4, 0.4, series.tone, series.name)
        yield _box(
            x + 0.5, y - 0.15, width / len(bars.series) - 0.5, 0.8, [series.name], "Category"
        )


def _rectangle(left: float, top: float, width: float, height: float, tone: str, said: str) -> str:
    place = _place(left, top, width, height)
    name = quoteattr(said)
    return f'<draw:rect draw:style-name="{tone}" draw:name={name} {place}/>'
