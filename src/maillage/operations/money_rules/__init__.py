"""The rules a plan of financing is checked against: texts, dates and thresholds as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from maillage.catalog.cards import Card
from maillage.catalog.load import read_cards
from maillage.operations.plan import Derogation

Severity = Literal["error", "warning", "info"]
SEVERITIES: Mapping[Severity, str] = {
    "error": "Erreur",
    "warning": "Alerte",
    "info": "À savoir",
}


class MoneyRule(Card):
    """One rule: its text and where it comes from; ``module.check`` judges it."""

    severity: Severity
    legal: str
    link: str = ""
    scope: str
    since: date | None = None
    until: date | None = None
    parameters: dict[str, str] = Field(default_factory=dict)
    exempt_departements: tuple[str, ...] = ()
    exempt_sources: tuple[str, ...] = ()
    verified: bool

    def value(self, name: str) -> Decimal:
        return Decimal(self.parameters[name])

    def in_force(self, day: date) -> bool:
        after = self.since is None or day >= self.since
        return after and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Finding:
    """What a rule says of a plan: what is wrong, how much is missing (euros), what to do.

    ``due`` is the day after which it is too late. With a ``derogation`` it is told, no longer held
    against the plan.
    """

    rule: MoneyRule
    what: str
    remedy: str
    missing: Decimal | None = None
    line_id: int | None = None
    due: date | None = None
    severity: Severity = "info"
    derogation: Derogation | None = None

    @property
    def stands(self) -> bool:
        return self.derogation is None


@cache
def money_rules() -> Mapping[str, MoneyRule]:
    return read_cards((Path(__file__).parent,), MoneyRule)
