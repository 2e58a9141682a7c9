"""The words of operations, read from their list: phases, statuses, priorities, maturities."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from maillage.catalog.cards import Card
from maillage.catalog.load import read_cards

Kind = Literal["phase", "status", "priority", "maturity", "question"]


class Word(Card):
    """A word people read; ``shared`` is the State's own, for what is sent to it."""

    kind: Kind
    shared: str = ""


@cache
def words(kind: Kind) -> Mapping[str, Word]:
    """In the order of the list."""
    found = read_cards((Path(__file__).parent,), Word)
    return {id: word for id, word in found.items() if word.kind == kind}


def choices(kind: Kind) -> list[tuple[str, str]]:
    """Id and French label, as forms want them."""
    return [(word.id, word.title) for word in words(kind).values()]


def label(kind: Kind, id: str) -> str:
    """The French word; empty for an empty id. KeyError for an unknown one."""
    return words(kind)[id].title if id else ""


def from_shared(kind: Kind, shared: str) -> str:
    """Our id for a word of the State's vocabulary. KeyError when it has no such word."""
    return {word.shared: word.id for word in words(kind).values()}[shared]
