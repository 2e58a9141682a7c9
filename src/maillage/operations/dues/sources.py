"""What other rooms make wait: each says what it draws, who is told, in which words.

A room above registers its source when Django starts (its ``apps.py``); this room never imports it.
The kinds it fills stand among ``models.dues.KINDS``, with their label among ``dues.kinds``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from maillage.accounts.viewers import Viewer
from maillage.contracts.models import Contract
from maillage.operations.dues.due import Due
from maillage.operations.models import KeptDue


@dataclass(frozen=True)
class Drawn:
    """The dues of one contract; they hold until a day, None when nothing foreseen changes them."""

    dues: tuple[KeptDue, ...]
    until: date | None = None


@dataclass(frozen=True)
class Source:
    """``kinds``: those it fills. ``written_in``: a package and its files, whose change has the dues
    drawn again.

    ``draw``: by id of contract, in a constant number of questions; ``told``: which rows somebody
    is told, all kinds of the source together; ``reach``: the contracts that may have some for
    them; ``say``: by id of row, in a constant number of questions.
    """

    kinds: frozenset[str]
    written_in: tuple[str, tuple[str, ...]]
    draw: Callable[[Mapping[int, Contract], date], Mapping[int, Drawn]]
    told: Callable[[Viewer], Q]
    reach: Callable[[Viewer], QuerySet[Contract]]
    say: Callable[[Sequence[KeptDue], date], Mapping[int, Due]]


#: Every source, by the name of its room.
SOURCES: dict[str, Source] = {}


def register(room: str, source: Source) -> None:
    """Once for each room, when Django starts."""
    SOURCES[room] = source


def drawn_elsewhere(contracts: Mapping[int, Contract], today: date) -> Mapping[int, list[Drawn]]:
    """What each source draws in each contract."""
    found: dict[int, list[Drawn]] = {id: [] for id in contracts}
    for source in SOURCES.values():
        for id, drawn in source.draw(contracts, today).items():
            found[id].append(drawn)
    return found


def said_elsewhere(rows: Iterable[KeptDue], today: date) -> Mapping[int, Due]:
    """By id of row; no question to the base for a source that has none."""
    rows = list(rows)
    said: dict[int, Due] = {}
    for source in SOURCES.values():
        own = [row for row in rows if row.kind in source.kinds]
        said |= source.say(own, today) if own else {}
    return said
