"""The picture of balances: a bar a theme, the part of the needs that could be met on the spot."""

from collections.abc import Sequence

from maillage.common.french import percent
from maillage.documents.pictures.framed import Caption, framed
from maillage.documents.pictures.palette import AROUND, BRAND, SOFT
from maillage.documents.pictures.svg import tag, text

WIDTH, ROW, BAR = 760.0, 54.0, 16.0


def coverage_picture(themes: Sequence[tuple[str, float | None]], caption: Caption) -> bytes:
    """A theme without a figure says so: it has no bar, which is not a bar of nothing."""
    parts = []
    for row, (title, share) in enumerate(themes):
        y = ROW * row
        parts.append(text(title, 0, y + 16, 15, font_weight=700))
        said = "inconnue" if share is None else percent(share, 0)
        ink = {"fill": SOFT} if share is None else {"font_weight": 700}
        parts.append(text(said, WIDTH, y + 16, 15, text_anchor="end", **ink))
        if share is not None:
            parts.append(tag("rect", y=y + 24, width=WIDTH, height=BAR, fill=AROUND))
            parts.append(tag("rect", y=y + 24, width=WIDTH * share, height=BAR, fill=BRAND))
    return framed("".join(parts), WIDTH, ROW * len(themes) - 10, caption)
