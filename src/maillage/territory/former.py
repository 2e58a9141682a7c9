"""Communes that are no more: what they were called, and where their land is now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maillage.territory.movements import Movement
from maillage.territory.successors import Shares


@dataclass(frozen=True)
class FormerCommune:
    """``lies``: today’s communes that hold its land, with ratios that sum to 1."""

    code: str
    name: str  # empty where no movement tells it
    lies: Shares


def former_communes(
    changed: Mapping[str, Shares], movements: Iterable[Movement]
) -> dict[str, FormerCommune]:
    """By code, in code order; the name is the last one each code had."""
    names: dict[str, str] = {}
    for movement in sorted(movements, key=lambda movement: movement.date):
        if not movement.before_part and movement.name_before:
            names[movement.before] = movement.name_before
    return {
        code: FormerCommune(code, names.get(code, ""), lies)
        for code, lies in sorted(changed.items())
    }
