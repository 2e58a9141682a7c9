"""What stands around every picture: its title above, how to read it and its sources below."""

from dataclasses import dataclass

from maillage.documents.pictures.palette import BRAND, SOFT
from maillage.documents.pictures.svg import document, lines, tag, text, wrapped

SIDE = 20.0
TITLE, SMALL = 22.0, 11.5


@dataclass(frozen=True)
class Caption:
    """What is written around a drawing. Of flows alone: ``unit``, the key that tells how volumes
    are written, and ``way``, both, incoming or outgoing."""

    title: str
    subtitle: str
    reading: str
    sources: str
    unit: str = ""
    way: str = ""


def framed(body: str, width: float, height: float, caption: Caption) -> bytes:
    """A drawing of this size as a picture of its own, that can be quoted."""
    whole = width + 2 * SIDE
    above, top = head(caption, whole)
    moved = tag("g", body, transform=f"translate({SIDE} {top})")
    below, bottom = foot(caption, whole, top + height + 26)
    return document([above, moved, below], whole, bottom, caption.title, caption.reading)


def head(caption: Caption, width: float) -> tuple[str, float]:
    """Title and subtitle, and the height they take."""
    room = width - 2 * SIDE
    titled = lines(caption.title, SIDE, 38, TITLE, room, font_weight=700, fill=BRAND)
    below = 38 + (len(wrapped(caption.title, TITLE, room)) - 1) * TITLE * 1.3 + 24
    said = text(caption.subtitle, SIDE, below, 14, fill=SOFT)
    return titled + said, below + 16


def foot(caption: Caption, width: float, top: float) -> tuple[str, float]:
    """How to read and the sources, and where the picture ends."""
    room, step = width - 2 * SIDE, SMALL * 1.3
    reading = wrapped(caption.reading, SMALL, room)
    sources = top + len(reading) * step + 6
    parts = lines(caption.reading, SIDE, top, SMALL, room)
    parts += lines(caption.sources, SIDE, sources, SMALL, room, fill=SOFT)
    return parts, sources + len(wrapped(caption.sources, SMALL, room)) * step + 10
