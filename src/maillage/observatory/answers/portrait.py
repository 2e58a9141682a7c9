"""The answer to « portrait »: a territory through its six families of flows and key stocks."""

from dataclasses import dataclass

from maillage.observatory.answers.balance import Balance
from maillage.observatory.citation import TerritoryCited
from maillage.observatory.stocks import StockCited


@dataclass(frozen=True)
class Rank:
    """Where a territory stands for one indicator: 1 is the highest of ``n`` comparable ones.

    ``n`` counts the territory itself; ``below`` those whose value is strictly lower.
    """

    indicator: str
    title: str
    value: float
    rank: int
    below: int
    n: int
    group: str  # French: « Communauté d’agglomération »
    several: str  # French, as a sentence counts them: « communautés d’agglomération »


@dataclass(frozen=True)
class Family:
    """One family of flows. ``balance`` is None when it is missing, for the reason given."""

    flow: str
    title: str
    slug: str
    years: tuple[int, ...]
    balance: Balance | None
    missing: str  # French; empty when the balance is there
    ranks: tuple[Rank, ...]


@dataclass(frozen=True)
class Portrait:
    """What an edition knows of a territory at a glance; families in catalogue order."""

    territory: TerritoryCited
    edition: str
    cog: int
    fictional: bool
    families: tuple[Family, ...]
    stocks: tuple[StockCited, ...]
