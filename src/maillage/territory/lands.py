"""What the territory of a commune is made of while movements change it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from maillage.territory.movements import RESTORED, Movement, mergers

#: Shares of older communes, as (commune, ratio).
Content = list[tuple[str, float]]


@dataclass
class Land:
    """Older communes a commune is made of: those of each delegated part, and the rest."""

    rest: Content
    parts: dict[str, Content] = field(default_factory=dict)

    def everything(self) -> Content:
        return [*self.rest, *(item for content in self.parts.values() for item in content)]

    def dissolve(self, part: str) -> None:
        """A part is one no longer."""
        self.rest += self.parts.pop(part, [])

    def join(self, other: "Land", part: str | None) -> None:
        """Another commune comes in with its parts; what else it is becomes ``part``, if any."""
        for code, content in other.parts.items():
            self.parts.setdefault(code, []).extend(content)
        target = self.rest if part is None else self.parts.setdefault(part, [])
        target.extend(other.rest)

    def take(self, other: "Land", ratio: float, keeps_parts: bool) -> None:
        """A share of another commune comes in: of its rest, or of its parts when it is all parts.

        One commune of the split ``keeps_parts``: those whose rest is shared stay whole with it.
        """
        if other.rest:
            self.rest += _scaled(other.rest, ratio)
            if keeps_parts:
                self.parts |= other.parts
        elif keeps_parts:
            self.parts |= {part: _scaled(held, ratio) for part, held in other.parts.items()}
        else:
            self.rest += _scaled(other.everything(), ratio)


def _scaled(content: Content, ratio: float) -> Content:
    return [(code, share * ratio) for code, share in content]


class Step:
    """The movements of one date: what communes become, and what happens to their parts.

    ``after``: communes by commune before; ``origins``: the reverse; ``became``: part each commune
    becomes; ``restored``: part by commune it makes again; ``dissolved``: (part, commune it is
    lost in).
    """

    def __init__(self, events: Iterable[Movement]) -> None:
        events = list(events)
        self.after = mergers(events)
        self.origins: dict[str, set[str]] = defaultdict(set)
        for code, communes in self.after.items():
            for commune in communes:
                self.origins[commune].add(code)
        self.became: dict[str, str] = {}
        self.restored: dict[str, str] = {}
        lost: dict[str, str] = {}
        kept: set[str] = set()
        for event in events:
            if event.before_part and event.after_part:
                kept.add(event.before)
            elif event.before_part and event.kind == RESTORED:
                self.restored[event.after] = event.before
            elif event.before_part:
                lost[event.before] = event.after
            elif event.after_part:
                self.became[event.before] = event.after
        self.dissolved = [(part, into) for part, into in lost.items() if part not in kept]
