"""The answer to « evolution »: the same territory, on one COG, through the years that compare."""

from dataclasses import dataclass

from maillage.observatory.answers.balance import BalancePrecision
from maillage.observatory.citation import SourceCited, TerritoryCited, UnitCited, UniverseCited


@dataclass(frozen=True)
class YearFigures:
    """Figures of one year, as ``Balance`` gives them; None where the universe cuts them."""

    year: int
    question: str
    internal: float | None
    outgoing: float | None
    incoming: float | None
    net: float | None
    precision: BalancePrecision
    source: SourceCited
    universe: UniverseCited


@dataclass(frozen=True)
class Change:
    """From one year to another. ``annual_rate`` is None from nothing, and for a net.

    ``beyond_chance`` says whether the change exceeds 1.96 standard errors; None: unknown.
    """

    figure: str  # internal | outgoing | incoming | net
    first: int
    last: int
    absolute: float
    annual_rate: float | None
    standard_error: float | None
    beyond_chance: bool | None


@dataclass(frozen=True)
class NotCompared:
    """Two years that are not put side by side, and why (French)."""

    first: int
    last: int
    reason: str


@dataclass(frozen=True)
class Evolution:
    """Years ascending; changes lead to the newest year from each one that compares with it."""

    territory: TerritoryCited
    flow: str
    cog: int
    unit: UnitCited
    years: tuple[YearFigures, ...]
    changes: tuple[Change, ...]
    not_compared: tuple[NotCompared, ...]
