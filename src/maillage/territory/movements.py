"""What happened to communes, date after date: mergers, splits, renames, new codes.

Everything about vintages derives from the list of communes of one year and these movements:
walking them back gives the communes of an older year, walking their successors gives where the
territory of an older commune lies today.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: Parts of a commune, as (commune, ratio); the ratios sum to 1.
Shares = tuple[tuple[str, float], ...]
#: Municipal population of communes, by the year of the COG their codes belong to.
Populations = Mapping[int, Mapping[str, float]]


@dataclass(frozen=True)
class Movement:
    """A commune before and a commune after, at a date (ISO). ``after`` empty: left the country's
    communes. A merger is several movements with one ``after``, a split several with one
    ``before``."""

    date: str
    before: str
    after: str
    name_before: str = ""
    name_after: str = ""


@dataclass(frozen=True)
class Successors:
    """Where the communes of a vintage lie later: only those that changed.

    ``basis`` tells, for each split commune, what its ratios come from (French).
    """

    shares: Mapping[str, Shares]
    basis: Mapping[str, str]


def by_date(movements: Iterable[Movement], after: int, until: int) -> dict[str, list[Movement]]:
    """Movements effective after 1 January ``after``, up to 1 January ``until``, newest first."""
    groups: dict[str, list[Movement]] = defaultdict(list)
    for movement in movements:
        if f"{after}-01-01" < movement.date <= f"{until}-01-01":
            groups[movement.date].append(movement)
    return dict(sorted(groups.items(), reverse=True))


def communes_at(
    communes: Mapping[str, str], known: int, year: int, movements: Iterable[Movement]
) -> dict[str, str]:
    """Names by code on 1 January ``year``, from those of ``known`` by undoing what came between."""
    names = dict(communes)
    for events in by_date(movements, year, known).values():
        for event in events:
            names.pop(event.after, None)
        names.update({event.before: event.name_before for event in events if event.before})
    return names


def successors(
    movements: Iterable[Movement], after: int, until: int, populations: Populations
) -> Successors:
    """Where the communes of 1 January ``after`` lie on 1 January ``until``.

    A split shares by the populations of its parts in the first year after it that knows them
    all, else by the latest populations of the communes they now belong to, else equally.
    """
    walk = _Walk(populations)
    for date, events in by_date(movements, after, until).items():
        walk.back_over(date, events)
    return walk.successors(walk.shares)


def last_successors(
    movements: Iterable[Movement], until: int, populations: Populations
) -> Successors:
    """Where every code that ever was lies on 1 January ``until``; its latest meaning wins."""
    walk = _Walk(populations)
    latest: dict[str, Shares] = {}
    for date, events in by_date(movements, 0, until).items():
        latest = walk.back_over(date, events) | latest
    return walk.successors(latest)


class _Walk:
    """Walks back from the newest date; ``shares`` is where the communes of that moment lie."""

    def __init__(self, populations: Populations) -> None:
        self.populations = populations
        self.shares: dict[str, Shares] = {}
        self.basis: dict[str, str] = {}

    def back_over(self, date: str, events: Iterable[Movement]) -> dict[str, Shares]:
        """Shares of the communes that change at that date, as they were just before."""
        moved = {}
        for code, parts in _parts(events).items():
            ratios, basis = self._ratios(sorted(parts), int(date[:4]))
            moved[code] = self._combine(sorted(parts), ratios)
            inherited = (self.basis[part] for part in sorted(parts) if part in self.basis)
            self.basis[code] = basis or next(inherited, "")
        for event in events:
            self.shares.pop(event.after, None)
        self.shares.update(moved)
        return moved

    def successors(self, shares: Mapping[str, Shares]) -> Successors:
        changed = {code: parts for code, parts in shares.items() if parts != ((code, 1.0),)}
        split = {code: self.basis[code] for code, parts in changed.items() if len(parts) > 1}
        return Successors(changed, split)

    def _ratios(self, parts: list[str], year: int) -> tuple[list[float], str]:
        if len(parts) == 1:
            return [1.0], ""
        for known in sorted(y for y in self.populations if y >= year):
            if ratios := _proportions([self.populations[known].get(code, 0.0) for code in parts]):
                return ratios, f"populations {known}"
        latest = self.populations[max(self.populations)] if self.populations else {}
        today = [
            sum(ratio * latest.get(code, 0.0) for code, ratio in self._lies(part)) for part in parts
        ]
        if ratios := _proportions(today):
            return ratios, "populations actuelles"
        return [1.0 / len(parts)] * len(parts), "parts égales"

    def _combine(self, parts: list[str], ratios: list[float]) -> Shares:
        total: dict[str, float] = defaultdict(float)
        for part, ratio in zip(parts, ratios, strict=True):
            for code, share in self._lies(part):
                total[code] += ratio * share
        return tuple(sorted(total.items())) if len(total) > 1 else ((next(iter(total)), 1.0),)

    def _lies(self, code: str) -> Shares:
        return self.shares.get(code, ((code, 1.0),))


def _parts(events: Iterable[Movement]) -> dict[str, set[str]]:
    parts: dict[str, set[str]] = defaultdict(set)
    for event in events:
        if event.before and event.after:
            parts[event.before].add(event.after)
    return parts


def _proportions(values: list[float]) -> list[float]:
    return [value / sum(values) for value in values] if all(value > 0 for value in values) else []
