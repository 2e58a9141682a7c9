"""Where the communes of a vintage lie later, whole or shared between several.

A commune that was merged, kept its name as a delegated or associated commune, then left again is
followed through: its territory is known exactly. Only what a split shares without such a trace is
estimated, by populations: so is the fate of a commune that was already made of parts on the day
the walk starts, since no movement says what each part holds of it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from maillage.territory.lands import Land, Step
from maillage.territory.movements import Movement, first_of_january, in_steps

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
    history = _history(movements, after, until, populations)
    return _Walk(history).to_the_end(first_of_january(after))


def last_successors(
    movements: Iterable[Movement], until: int, populations: Populations
) -> Successors:
    """Where every code that ever was lies on 1 January ``until``; its latest meaning wins.

    A code means the commune it was on 1 January before it disappeared.
    """
    history = _history(movements, 0, until, populations)
    shares: dict[str, Shares] = {}
    basis: dict[str, str] = {}
    for year, codes in sorted(_disappearances(history.steps).items()):
        found = _Walk.of(history, codes).to_the_end(first_of_january(year))
        basis = {code: text for code, text in basis.items() if code not in found.shares}
        for code in codes & found.shares.keys():
            shares[code] = found.shares[code]
        basis |= {code: text for code, text in found.basis.items() if code in codes}
    return Successors(shares, basis)


def _disappearances(steps: Sequence[tuple[str, Step]]) -> dict[int, set[str]]:
    """Codes that stop being communes, by the last 1 January they were some."""
    found: dict[int, set[str]] = defaultdict(set)
    for date, step in steps:
        year = int(date[:4]) - date.endswith("-01-01")
        found[year] |= step.after.keys() - step.origins.keys()
    return found


@dataclass(frozen=True)
class _History:
    """Movements by date, oldest first, and the populations that share splits."""

    steps: Sequence[tuple[str, Step]]
    populations: Populations


def _history(
    movements: Iterable[Movement], after: int, until: int, populations: Populations
) -> _History:
    steps = in_steps(movements, after, until)
    return _History([(date, Step(events)) for date, events in steps], populations)


@dataclass
class _Walk:
    """Carries the land of communes forward; ``lands`` holds those that matter and changed so far.

    Every commune matters, unless the walk is ``of`` some: then only what they meet does.
    """

    history: _History
    lands: dict[str, Land] = field(default_factory=dict)
    basis: dict[str, str] = field(default_factory=dict)
    some: bool = False

    @classmethod
    def of(cls, history: _History, codes: Iterable[str]) -> "_Walk":
        return cls(history, {code: Land([(code, 1.0)]) for code in codes}, some=True)

    def to_the_end(self, since: str) -> Successors:
        for date, step in self.history.steps:
            if date > since:
                self._over(date, step)
        shares: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for commune, land in self.lands.items():
            for origin, share in land.everything():
                shares[origin][commune] += share
        found = {code: _ordered(lies) for code, lies in shares.items()}
        changed = {code: lies for code, lies in found.items() if lies != ((code, 1.0),)}
        split = {code: self.basis[code] for code, lies in changed.items() if len(lies) > 1}
        return Successors(changed, split)

    def _over(self, date: str, step: Step) -> None:
        moving = self._moving(step)
        before = {code: self._land(code) for code in moving}
        for part, into in step.dissolved if moving else ():
            for holder in {into, *step.origins.get(into, ())} & self.lands.keys():
                self.lands[holder].dissolve(part)
        for code in moving:
            del self.lands[code]
        for code in moving:
            communes = step.after[code]
            if len(communes) == 1:
                self._made(*communes).join(before[code], step.became.get(code))
            else:
                self._split(before[code], code, date, step)

    def _moving(self, step: Step) -> list[str]:
        """Communes of this date that matter, in a stable order."""
        if not self.some:
            return sorted(step.after)
        met = {
            commune
            for code in step.after.keys() & self.lands.keys()
            for commune in step.after[code]
        }
        return sorted({code for commune in met for code in step.origins[commune]})

    def _split(self, land: Land, code: str, date: str, step: Step) -> None:
        """Parts that are known leave whole; the rest is shared between the other communes.

        Where every commune has its part, what no part explains stays with the one that keeps the
        code: the others are wholly told.
        """
        known = {c: step.restored[c] for c in step.after[code] if c in step.restored}
        fed = {commune for commune, part in known.items() if part in land.parts}
        for commune in fed:
            self._made(commune).rest += land.parts.pop(known[commune])
        if not land.everything():
            return
        left = sorted(step.after[code] - fed) or [_heir(code, step.after[code])]
        ratios, basis = self._ratios(left, date)
        if basis:
            self.basis |= {origin: basis for origin, _ in land.everything()}
        heir = _heir(code, left)
        for commune, ratio in zip(left, ratios, strict=True):
            self._made(commune).take(land, ratio, keeps_parts=commune == heir)

    def _land(self, code: str) -> Land:
        """The land of a commune that exists; untouched so far, it is itself."""
        return self.lands.setdefault(code, Land([(code, 1.0)]))

    def _made(self, code: str) -> Land:
        """The land of a commune being made."""
        return self.lands.setdefault(code, Land([]))

    def _ratios(self, communes: list[str], date: str) -> tuple[list[float], str]:
        if len(communes) == 1:
            return [1.0], ""
        populations = self.history.populations
        for known in sorted(y for y in populations if y >= int(date[:4])):
            if ratios := _proportions([populations[known].get(c, 0.0) for c in communes]):
                return ratios, f"populations {known}"
        if populations and (ratios := _proportions(self._populations_today(communes, date))):
            return ratios, "populations actuelles"
        return [1.0 / len(communes)] * len(communes), "parts égales"

    def _populations_today(self, communes: list[str], date: str) -> list[float]:
        latest = self.history.populations[max(self.history.populations)]
        later = _Walk.of(self.history, communes).to_the_end(date).shares
        return [
            sum(share * latest.get(c, 0.0) for c, share in later.get(code, ((code, 1.0),)))
            for code in communes
        ]


def _heir(code: str, communes: Collection[str]) -> str:
    """The commune that keeps the code of the one that split; else the first."""
    return code if code in communes else min(communes)


def _ordered(lies: Mapping[str, float]) -> Shares:
    return tuple(sorted(lies.items())) if len(lies) > 1 else ((next(iter(lies)), 1.0),)


def _proportions(values: list[float]) -> list[float]:
    return [value / sum(values) for value in values] if all(value > 0 for value in values) else []
