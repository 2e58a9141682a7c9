"""Calls for projects (appels à projets): which ones suit an operation, by rules that are data."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from pydantic import Field

from maillage.catalog.cards import Card
from maillage.catalog.load import read_cards


class CallRule(Card):
    """One condition of a match; ``matching.CHECKS`` judges it."""

    parameters: dict[str, str] = Field(default_factory=dict)

    def value(self, name: str) -> Decimal:
        return Decimal(self.parameters[name])


@cache
def call_rules() -> Mapping[str, CallRule]:
    """By id, in the order their reasons are told."""
    return read_cards((Path(__file__).parent,), CallRule)
