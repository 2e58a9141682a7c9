"""Questions that name other territories or one theme: what the command line told, put in order."""

from collections.abc import Sequence
from typing import TypeVar

import click

from maillage.engine.edition import Edition
from maillage.observatory.answers.compare import Comparison
from maillage.observatory.answers.joining import Joining
from maillage.observatory.answers.pair import Pair
from maillage.observatory.cooperation import RADIUS_KM
from maillage.observatory.joining import STEPS
from maillage.observatory.joining import joining as ask_joining
from maillage.observatory.pair import pair as ask_pair
from maillage.observatory.side_by_side import side_by_side
from maillage.territory.perimeter import Perimeter

Told = TypeVar("Told")


def pair(edition: Edition, perimeter: Perimeter, others: Sequence[Perimeter]) -> Pair:
    return ask_pair(edition, perimeter, _only(others, "pair", "--other"))


def joining(
    edition: Edition,
    perimeter: Perimeter,
    themes: Sequence[str],
    radius_km: float = RADIUS_KM,
    steps: int = STEPS,
) -> Joining:
    theme = _only(themes, "joining", "--theme")
    return ask_joining(edition, perimeter, theme, radius_km=radius_km, steps=steps)


def comparison(
    edition: Edition,
    perimeter: Perimeter,
    others: Sequence[Perimeter] = (),
    flow: str | None = None,
    year: int | None = None,
) -> Comparison:
    return side_by_side(edition, perimeter, others, flow=flow, year=year)


def _only(told: Sequence[Told], question: str, option: str) -> Told:
    """UsageError for several: an option that others may repeat."""
    if len(told) != 1:
        raise click.UsageError(f"La question « {question} » ne prend qu’un seul {option}.")
    return told[0]
