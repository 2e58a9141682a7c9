"""Whether a call for projects suits an operation, and why: pure values, every reason told."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maillage.accounts.roles import NATURES
from maillage.common.french import counted, long_date, typeset
from maillage.operations.iso37101 import headings
from maillage.operations.money import cents, money
from maillage.operations.project_calls import CallRule, call_rules


@dataclass(frozen=True)
class Wanted:
    """What a call asks. ``owners`` are natures of organisations, ``themes`` issues of the ISO 37101
    grid; empty: any. Amounts are euros of aid, ``rate`` a share of the cost; None: no limit said.
    """

    id: int
    opens_on: date | None = None
    closes_on: date | None = None
    owners: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    rate: Decimal | None = None


@dataclass(frozen=True)
class Candidate:
    """An operation that seeks money. ``gap``: euros still to find, None when nobody can tell."""

    owners: frozenset[str]
    themes: frozenset[str]
    begun: bool
    over: bool
    cost: Decimal | None
    gap: Decimal | None


@dataclass(frozen=True)
class Reason:
    """``fits``: None when a fact is missing to say so."""

    rule: CallRule
    fits: bool | None
    text: str


@dataclass(frozen=True)
class Match:
    """A call that suits, with the reason of each rule. ``possible``: the most it may bring of what
    is missing, in euros; None when that is not known."""

    call_id: int
    closes_on: date | None
    reasons: tuple[Reason, ...]
    possible: Decimal | None

    @property
    def doubts(self) -> int:
        return sum(reason.fits is None for reason in self.reasons)


Told = tuple[bool | None, str]
Check = Callable[[CallRule, Wanted, Candidate, date], Told]


def matches(calls: Iterable[Wanted], candidate: Candidate, today: date) -> tuple[Match, ...]:
    """Those that no rule leaves out: the surest first, then the soonest to close."""
    found = [(call, _reasons(call, candidate, today)) for call in calls]
    kept = [
        Match(call.id, call.closes_on, reasons, possible(call, candidate))
        for call, reasons in found
        if all(reason.fits is not False for reason in reasons)
    ]
    return tuple(sorted(kept, key=lambda one: (one.doubts, one.closes_on or date.max, one.call_id)))


def possible(call: Wanted, candidate: Candidate) -> Decimal | None:
    """The least of what is missing, the maximum, and the rate over the cost."""
    if candidate.gap is None:
        return None
    limits = [candidate.gap]
    if call.maximum is not None:
        limits.append(call.maximum)
    if call.rate is not None and candidate.cost is not None:
        limits.append(cents(call.rate * candidate.cost))
    return min(limits)


def _reasons(call: Wanted, candidate: Candidate, today: date) -> tuple[Reason, ...]:
    told = ((rule, CHECKS[rule.id](rule, call, candidate, today)) for rule in call_rules().values())
    return tuple(Reason(rule, fits, typeset(text)) for rule, (fits, text) in told)


def _calendar(rule: CallRule, call: Wanted, candidate: Candidate, today: date) -> Told:
    if candidate.over or candidate.begun:
        return False, "L’opération est commencée, finie ou abandonnée."
    if call.closes_on is None:
        return None, "La date de clôture n’est pas dite."
    left = (call.closes_on - today).days
    if left < rule.value("least_days"):
        return False, "L’appel est clos, ou près de l’être."
    if call.opens_on is not None and call.opens_on > today:
        days = f"du {long_date(call.opens_on)} au {long_date(call.closes_on)}"
        return True, f"Ouvert {days}."
    return True, f"Ouvert jusqu’au {long_date(call.closes_on)}, dans {counted(left, 'jour')}."


def _owner(rule: CallRule, call: Wanted, candidate: Candidate, today: date) -> Told:
    if not call.owners:
        return True, "Ouvert à tout porteur."
    if not candidate.owners:
        return None, "L’opération n’a pas encore de maître d’ouvrage."
    shared = [NATURES[id] for id in NATURES if id in call.owners & candidate.owners]
    return bool(shared), f"Porteur éligible : {', '.join(shared).lower()}."


def _theme(rule: CallRule, call: Wanted, candidate: Candidate, today: date) -> Told:
    if not call.themes:
        return True, "Sans thème imposé."
    if not candidate.themes:
        return None, "La grille ISO 37101 de l’opération n’est pas remplie."
    shared = [
        card.title for id, card in headings("issue").items() if id in call.themes & candidate.themes
    ]
    return bool(shared), f"Thème commun : {', '.join(shared).lower()}."


def _amount(rule: CallRule, call: Wanted, candidate: Candidate, today: date) -> Told:
    if candidate.gap is None:
        return None, "Ce qui reste à trouver n’est pas connu."
    most = possible(call, candidate)
    if most is None or most <= 0 or most < (call.minimum or 0):
        return False, "Ce qui reste à trouver n’atteint pas le minimum de l’appel."
    return True, f"Jusqu’à {money(most)} des {money(candidate.gap)} à trouver."


CHECKS: Mapping[str, Check] = {
    "calendar": _calendar,
    "owner": _owner,
    "theme": _theme,
    "amount": _amount,
}
