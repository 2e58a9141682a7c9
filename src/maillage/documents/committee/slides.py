"""Slides as values: what PowerPoint, Impress and the printer each lay out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Tone = Literal["done", "ongoing", "blocked", "other"]
#: The colour of each tone, without its sign: as the theme of the site has them.
TONES: dict[Tone, str] = {
    "done": "0D5257",
    "ongoing": "1C66A6",
    "blocked": "AD4A0D",
    "other": "8B8F8C",
}
LONGEST = 120  # characters of a cell: a slide is no page


@dataclass(frozen=True)
class Table:
    """The first row of ``rows`` holds the headings; columns in ``right`` are numbers."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    said: str
    right: tuple[int, ...] = ()


@dataclass(frozen=True)
class Series:
    """One value a category; their whole is a bar."""

    name: str
    values: tuple[float, ...]
    tone: Tone


@dataclass(frozen=True)
class Bars:
    """Stacked bars. ``said`` is what a screen reader says; ``form`` that of the labels in Excel."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    said: str
    form: str = "#,##0"


Part = Table | Bars


@dataclass(frozen=True)
class Figure:
    """A large figure, what it is, and a word on it."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Slide:
    """``figures`` above; then one part over the width, or two side by side; then ``lines``."""

    title: str
    figures: tuple[Figure, ...] = ()
    parts: tuple[Part, ...] = ()
    lines: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Pack:
    """``lead`` stand under the title of the first slide, ``tag`` above it."""

    title: str
    lead: tuple[str, ...]
    foot: str
    slides: tuple[Slide, ...]
    tag: str = ""


def short(text: str, most: int = LONGEST) -> str:
    """Cut at a word, with its ellipsis."""
    plain = " ".join(text.split())
    if len(plain) <= most:
        return plain
    return plain[:most].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def pages(rows: Sequence[tuple[str, ...]], count: int, most: int) -> list[list[tuple[str, ...]]]:
    """Rows by slides of ``count``, ``most`` slides; the rest is left out."""
    kept = list(rows)[: count * most]
    return [kept[start : start + count] for start in range(0, len(kept), count)]
