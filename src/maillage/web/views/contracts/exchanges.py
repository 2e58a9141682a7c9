"""What the perimeter of a contract exchanges with others, as its portrait says it."""

from functools import lru_cache

from maillage.common.errors import InputError
from maillage.engine.edition import Edition
from maillage.observatory.portrait import portrait
from maillage.territory.perimeter import parse_perimeter
from maillage.wording.glance import Glance
from maillage.wording.panels import FIRST
from maillage.wording.portrait import portrait_text


@lru_cache(maxsize=256)
def exchanges(edition: Edition, territory: str, address: str) -> Glance | None:
    """The essential of the portrait; None without a perimeter that this edition knows, or when no
    family of flows has a figure for it."""
    if not territory:
        return None
    try:
        perimeter = parse_perimeter(territory, edition.geography)
    except InputError:
        return None
    answer = portrait(edition, perimeter, limit=FIRST)
    return portrait_text(answer, edition, perimeter, address).glance
