"""The answer to « flow »: the partners of a territory down to a threshold, and all the others."""

from dataclasses import dataclass

from maillage.engine.dataset import Coverage
from maillage.observatory.answers.balance import Balance, PrecisionBothWays, SecrecyBothWays


@dataclass(frozen=True)
class Category:
    """One category of a file (mode, age, sector…), by its keys and its French names."""

    dimension: str
    title: str
    code: str
    label: str


@dataclass(frozen=True)
class Others:
    """The partners under the threshold, summed: with the others they make up the whole."""

    count: int
    outgoing: float
    incoming: float
    coverage: Coverage
    precision: PrecisionBothWays
    secrecy: SecrecyBothWays


@dataclass(frozen=True)
class Flow:
    """``balance`` holds the partners kept, by decreasing volume in the direction asked.

    ``proposed``: nobody set the threshold.
    """

    balance: Balance
    way: str
    category: Category | None
    threshold: int
    proposed: bool
    others: Others | None
