"""A text as the search reads it: no accents, no capitals, words that people shorten spelt out."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from typing import TypeVar

T = TypeVar("T")

WORD = re.compile(r"[0-9a-z]+")
_SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
#: Natures as their names write them, once plain.
_NATURES = re.compile(r"\bcommunaute (?:(de communes)|(d agglomeration)|(urbaine))(?!\S)")


def plain(text: str) -> str:
    """Lower case, no accents, single spaces, « st » spelt out, natures by their letters."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    words = WORD.findall("".join(c for c in bare if not unicodedata.combining(c)))
    spelt = " ".join(_SAINTS.get(word, word) for word in words)
    return _NATURES.sub(lambda found: ("cc", "ca", "cu")[(found.lastindex or 1) - 1], spelt)


def starting(entries: list[tuple[str, T]], prefix: str) -> Iterator[tuple[str, T]]:
    """Entries of a sorted list whose text starts with ``prefix``."""
    for position in range(bisect_left(entries, prefix, key=lambda entry: entry[0]), len(entries)):
        if not entries[position][0].startswith(prefix):
            return
        yield entries[position]
