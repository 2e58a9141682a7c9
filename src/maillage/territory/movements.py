"""What happened to communes, date after date: mergers, splits, renames, new codes.

Everything about vintages derives from the list of communes of one year and these movements:
walking them back gives the communes of an older year (here) and where each of them lies today
(``successors``).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: Kind (MOD) of a movement that makes a delegated or associated commune a commune again.
RESTORED = "21"
#: Kinds that give another code to the same commune: new département, new seat.
CODE_CHANGES = ("41", "50")


@dataclass(frozen=True)
class Movement:
    """A place before and a place after, at a date (ISO).

    A place is a commune, or a ``part`` of one: a delegated or associated commune, which keeps its
    code inside the commune it joined. ``after`` is empty when the place left the communes of the
    country, ``before`` when it entered them. A merger is several movements with one ``after``, a
    split several with one ``before``; a commune that stays in either has a movement to itself.
    """

    date: str
    before: str
    after: str
    name_before: str = ""
    name_after: str = ""
    kind: str = ""
    before_part: bool = False
    after_part: bool = False


def first_of_january(year: int) -> str:
    return f"{year:04d}-01-01"


def in_steps(
    movements: Iterable[Movement], after: int, until: int
) -> list[tuple[str, list[Movement]]]:
    """Movements effective after 1 January ``after``, up to 1 January ``until``: those of each
    date together, oldest first. On one day, codes change before communes merge."""
    groups: dict[tuple[str, bool], list[Movement]] = defaultdict(list)
    for movement in movements:
        if first_of_january(after) < movement.date <= first_of_january(until):
            groups[movement.date, movement.kind not in CODE_CHANGES].append(movement)
    return [(date, groups[date, late]) for date, late in sorted(groups)]


def communes_at(
    communes: Mapping[str, str], known: int, year: int, movements: Iterable[Movement]
) -> dict[str, str]:
    """Names by code on 1 January ``year``, from those of ``known`` by undoing what came between."""
    names = dict(communes)
    for _, events in reversed(in_steps(movements, year, known)):
        of_communes = [event for event in events if not event.before_part]
        for event in of_communes:
            if not event.after_part:
                names.pop(event.after, None)
        names.update({event.before: event.name_before for event in of_communes if event.before})
    return names


def mergers(events: Iterable[Movement]) -> dict[str, set[str]]:
    """Communes after, by commune before, among the movements of one date."""
    parts: dict[str, set[str]] = defaultdict(set)
    for event in events:
        if event.before and event.after and not (event.before_part or event.after_part):
            parts[event.before].add(event.after)
    return dict(parts)
