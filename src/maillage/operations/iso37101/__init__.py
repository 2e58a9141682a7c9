"""The grid in which an operation says what it serves: six purposes by twelve issues."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from maillage.catalog.cards import Card
from maillage.catalog.load import read_cards


class Heading(Card):
    """A row or a column of the grid, and where its French label comes from."""

    kind: Literal["purpose", "issue"]
    source: str


@cache
def headings(kind: Literal["purpose", "issue"]) -> Mapping[str, Heading]:
    found = read_cards((Path(__file__).parent,), Heading)
    return {id: heading for id, heading in found.items() if heading.kind == kind}


def is_cell(purpose: str, issue: str) -> bool:
    """Whether the grid has this cell."""
    return purpose in headings("purpose") and issue in headings("issue")
