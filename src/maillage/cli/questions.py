"""The questions ``maillage ask`` knows: what each is for, who answers, how the answer is laid out.

A question accepts the options its function accepts: adding one is adding a line here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import signature
from typing import Any

from maillage.cli.layouts.balance import balance_sheet
from maillage.cli.layouts.portrait import portrait_sheet
from maillage.cli.tables import Sheet
from maillage.engine.edition import Edition
from maillage.observatory.balance import territory_balance
from maillage.observatory.portrait import portrait


@dataclass(frozen=True)
class Question:
    """``ask(edition, perimeter=…, flow=…, …)`` answers; ``lay_out`` makes a table of the answer."""

    summary: str  # French
    ask: Callable[..., Any]
    lay_out: Callable[[Any, Edition], Sheet]

    @property
    def options(self) -> frozenset[str]:
        """Names of what it may be told."""
        return frozenset(signature(self.ask).parameters) - {"edition"}

    @property
    def required(self) -> frozenset[str]:
        """Names of what it must be told."""
        parameters = signature(self.ask).parameters
        return self.options & {
            name for name, parameter in parameters.items() if parameter.default is parameter.empty
        }


QUESTIONS: Mapping[str, Question] = {
    "balance": Question(
        "ce qui reste, sort et entre pour une famille de flux, et avec qui",
        territory_balance,
        balance_sheet,
    ),
    "portrait": Question(
        "les six familles de flux d’un coup d’œil, et les stocks qui les éclairent",
        portrait,
        portrait_sheet,
    ),
}
