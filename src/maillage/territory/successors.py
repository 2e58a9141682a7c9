"""Where the communes of a vintage lie later, whole or shared between several.

A commune that was merged, kept its name as a delegated or associated commune, then left again is
followed through: its territory is known exactly. Only what a split shares without such a trace is
estimated, by populations.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from maillage.territory.movements import RESTORED, Movement, by_date, mergers

#: Parts of a commune, as (commune, ratio); the ratios sum to 1.
Shares = tuple[tuple[str, float], ...]
#: Municipal population of communes, by the year of the COG their codes belong to.
Populations = Mapping[int, Mapping[str, float]]


@dataclass(frozen=True)
class Successors:
    """Where communes lie later: only those that changed.

    ``basis`` tells, for each commune that lies in several, what its ratios come from (French).
    """

    shares: Mapping[str, Shares]
    basis: Mapping[str, str]


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


@dataclass(frozen=True)
class _Rest:
    """Of a commune that will split: where it lies but for the parts that become communes again."""

    shares: Shares
    parts: frozenset[str]


class _Walk:
    """Walks back from the newest date; holds what is true just after the date being walked.

    ``shares``: where the communes that will change lie in the end; ``restored``: where the parts
    that will be communes again do; ``rests``: by commune that will split.
    """

    def __init__(self, populations: Populations) -> None:
        self.populations = populations
        self.shares: dict[str, Shares] = {}
        self.restored: dict[str, Shares] = {}
        self.rests: dict[str, _Rest] = {}
        self.basis: dict[str, str] = {}

    def back_over(self, date: str, events: list[Movement]) -> dict[str, Shares]:
        """Shares of the communes that change at that date, as they were just before."""
        step = _Step(int(date[:4]), events)
        moved = {code: self._moved(code, step) for code in step.after}
        rests = dict(self._rests(step))
        restored = dict(self._restored(events))
        for event in events:
            self._forget(event)
        self.shares.update(moved)
        self.rests.update(rests)
        self.restored.update(restored)
        return moved

    def _forget(self, event: Movement) -> None:
        """What comes out of a movement is not there before it; a part may join what was."""
        if event.after_part:
            self.restored.pop(event.after, None)
        elif not event.before_part:
            self.shares.pop(event.after, None)
            self.rests.pop(event.after, None)

    def successors(self, shares: Mapping[str, Shares]) -> Successors:
        changed = {code: parts for code, parts in shares.items() if parts != ((code, 1.0),)}
        split = {code: self.basis[code] for code, parts in changed.items() if len(parts) > 1}
        return Successors(changed, split)

    def _moved(self, code: str, step: "_Step") -> Shares:
        part = step.became.get(code, "")
        if part in self.restored:
            return self.restored[part]
        communes = sorted(step.after[code])
        if len(communes) > 1:
            return self._share(code, communes, step.year)
        (commune,) = communes
        self._inherit(code, commune)
        rest = self.rests.get(commune)
        if rest is None or self._rest_before(code, commune, step) is not None:
            return self._lies(commune)
        return rest.shares

    def _rest_before(self, code: str, commune: str, step: "_Step") -> _Rest | None:
        """The rest of ``commune`` that ``code`` already was; None when it joined at this date."""
        rest = self.rests.get(commune)
        if rest is None or step.origins[commune] == {code}:
            return rest
        joined = {step.became.get(origin, "") for origin in step.origins[commune]}
        pending = rest.parts - joined
        return _Rest(rest.shares, pending) if code == commune and pending else None

    def _rests(self, step: "_Step") -> Iterator[tuple[str, _Rest]]:
        for code, communes in step.after.items():
            freed = {step.restored[c] for c in communes if c in step.restored}
            left = sorted(c for c in communes if c not in step.restored)
            if len(communes) > 1 and freed and left:
                yield code, _Rest(self._share(code, left, step.year), frozenset(freed))
            elif len(communes) == 1:
                rest = self._rest_before(code, next(iter(communes)), step)
                if rest is not None:
                    yield code, rest

    def _restored(self, events: list[Movement]) -> Iterator[tuple[str, Shares]]:
        for event in events:
            if event.before_part and event.after_part and event.after in self.restored:
                yield event.before, self.restored[event.after]
            elif event.before_part and event.kind == RESTORED and not event.after_part:
                yield event.before, self._lies(event.after)

    def _share(self, code: str, communes: list[str], year: int) -> Shares:
        ratios, basis = self._ratios(communes, year)
        self._inherit(code, *communes)
        self.basis[code] = basis or self.basis.get(code, "")
        total: dict[str, float] = defaultdict(float)
        for commune, ratio in zip(communes, ratios, strict=True):
            for lies, share in self._lies(commune):
                total[lies] += ratio * share
        return tuple(sorted(total.items())) if len(total) > 1 else ((next(iter(total)), 1.0),)

    def _inherit(self, code: str, *communes: str) -> None:
        basis = next((self.basis[c] for c in communes if self.basis.get(c)), "")
        if basis:
            self.basis[code] = basis

    def _ratios(self, communes: list[str], year: int) -> tuple[list[float], str]:
        if len(communes) == 1:
            return [1.0], ""
        for known in sorted(y for y in self.populations if y >= year):
            counts = [self.populations[known].get(code, 0.0) for code in communes]
            if ratios := _proportions(counts):
                return ratios, f"populations {known}"
        if ratios := _proportions([self._population_today(code) for code in communes]):
            return ratios, "populations actuelles"
        return [1.0 / len(communes)] * len(communes), "parts égales"

    def _population_today(self, code: str) -> float:
        latest = self.populations[max(self.populations)] if self.populations else {}
        return sum(ratio * latest.get(lies, 0.0) for lies, ratio in self._lies(code))

    def _lies(self, code: str) -> Shares:
        return self.shares.get(code, ((code, 1.0),))


class _Step:
    """The movements of one date: what communes become, where they come from, which parts leave."""

    def __init__(self, year: int, events: list[Movement]) -> None:
        self.year = year
        self.after = mergers(events)
        self.became = {e.before: e.after for e in events if e.after_part and not e.before_part}
        self.restored = {
            e.after: e.before
            for e in events
            if e.before_part and not e.after_part and e.kind == RESTORED
        }
        self.origins: dict[str, set[str]] = defaultdict(set)
        for code, communes in self.after.items():
            for commune in communes:
                self.origins[commune].add(code)


def _proportions(values: list[float]) -> list[float]:
    return [value / sum(values) for value in values] if all(value > 0 for value in values) else []
