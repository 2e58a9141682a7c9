"""Lays out a template of this package with typst: offline, with the fonts it carries."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

HOME = Path(__file__).parent


#: How much a document may shrink to keep to its pages.
SCALES = (1.0, 0.92, 0.84, 0.76, 0.68)
#: Those that a reader does not notice.
SLIGHT = 3


def pdf(template: str, content: Mapping[str, Any], most: int = 0, best: int = 0) -> bytes:
    """The template « dossier » is ``dossier.typ``; ``content`` is plain values, read there.

    Tagged and checked against PDF/UA-1. No clock: the same content gives the same bytes. A document
    of more than ``most`` pages is set a little smaller; 0 leaves it as long as it is. ``best``:
    pages it takes instead if a slight shrinking is enough.
    """
    found: Any = _fitted(template, content, most, best).compile(
        format="pdf", pdf_standards=["ua-1"]
    )
    return bytes(found)


def pictures(
    template: str, content: Mapping[str, Any], most: int = 0, ppi: float = 72
) -> list[bytes]:
    """Each page as a PNG: to look at, and to show before one downloads."""
    pages: Any = _fitted(template, content, most).compile(format="png", ppi=ppi)
    return pages if isinstance(pages, list) else [pages]


def _fitted(template: str, content: Mapping[str, Any], most: int, best: int = 0) -> typst.Compiler:
    """At the largest scale that keeps to the pages, else at the smallest."""
    if best:
        slight = (_compiler(template, {**content, "scale": scale}) for scale in SCALES[:SLIGHT])
        for compiler in slight:
            if _length(compiler) <= best:
                return compiler
    compilers = (_compiler(template, {**content, "scale": scale}) for scale in SCALES)
    first = next(compilers)
    if not most or _length(first) <= most:
        return first
    rest = list(compilers)
    return next((compiler for compiler in rest if _length(compiler) <= most), rest[-1])


def _length(compiler: typst.Compiler) -> int:
    """In pages, as the template itself counts them."""
    return int(compiler.query("<pages>", field="value", one=True))


def _compiler(template: str, content: Mapping[str, Any]) -> typst.Compiler:
    written = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return typst.Compiler(
        input=HOME / f"{template}.typ",
        root=HOME,
        font_paths=_fonts(),
        sys_inputs={"content": written},
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[HOME / "fonts"]
    )
