"""SVG text from drawings: escaped, with presentation attributes alone."""

from collections.abc import Iterable
from textwrap import wrap
from xml.sax.saxutils import escape, quoteattr

from maillage.documents.pictures.palette import FONT, INK, PAPER


def tag(name: str, inner: str = "", /, **attributes: object) -> str:
    """``stroke_width=2`` is written ``stroke-width="2"``; None leaves an attribute out."""
    told = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(_written(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{told}>{inner}</{name}>" if inner else f"<{name}{told}/>"


def text(said: str, x: float, y: float, size: float, /, **attributes: object) -> str:
    attributes.setdefault("fill", INK)
    return tag("text", escape(said), x=x, y=y, font_size=size, **attributes)


def lines(said: str, x: float, y: float, size: float, room: float, **attributes: object) -> str:
    """A paragraph, line under line, in ``room`` units of width."""
    return "".join(
        text(line, x, y + number * size * 1.3, size, **attributes)
        for number, line in enumerate(wrapped(said, size, room))
    )


def wrapped(said: str, size: float, room: float) -> list[str]:
    """Letters are about half as wide as they are high."""
    most = max(int(room / (size * 0.46)), 10)
    return wrap(said, most, break_on_hyphens=False, break_long_words=False) or [""]


def document(parts: Iterable[str], width: float, height: float, title: str, said: str) -> bytes:
    """A file of its own: what it shows is said in ``title`` and ``desc``."""
    head = tag("title", escape(title)) + tag("desc", escape(said))
    paper = tag("rect", width=width, height=height, fill=PAPER)
    body = head + paper + "".join(parts)
    whole = tag(
        "svg",
        body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_written(width)} {_written(height)}",
        width=width,
        height=height,
        role="img",
        font_family=FONT,
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{whole}\n'.encode()


def _written(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
