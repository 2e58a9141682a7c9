"""Typst on our own fonts: no font of the machine changes what is drawn."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

FONTS = Path(__file__).parent.parent / "pages" / "fonts"


def png(svg: bytes, scale: int = 2) -> bytes:
    """The picture as dots, ``scale`` of them for a unit of the drawing."""
    text = '#set page(width: auto, height: auto, margin: 0pt)\n#image("image.svg")'
    return compiled({"main.typ": text.encode(), "image.svg": svg}, "png", 96 * scale)


def pdf(template: str, content: Mapping[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    """A page of this package: « a3 » is ``a3.typ``; ``content`` is plain values, read there."""
    files = {"main.typ": (Path(__file__).parent / f"{template}.typ").read_bytes(), **pictures}
    return compiled(files, "pdf", content=json.dumps(content, ensure_ascii=False, sort_keys=True))


def compiled(files: Mapping[str, bytes], format: str, ppi: float = 96, **told: str) -> bytes:
    """``main.typ`` as one file; the others are those it names. No clock: bytes do not change."""
    made: Any = typst.compile(
        dict(files),  # type: ignore[call-overload]  # the stub forgets files held in memory
        format=format,
        ppi=ppi,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs=told,
        timestamp=0,
    )
    return bytes(made)
