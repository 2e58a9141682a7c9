"""The answer to « indicators »: the battery of one flow, and where the territory stands."""

from dataclasses import dataclass

from maillage.engine.precision import Precision
from maillage.observatory.citation import SourceCited, TerritoryCited, UnitCited, UniverseCited


@dataclass(frozen=True)
class Benchmark:
    """The same indicator over comparable territories, each reference named.

    ``pooled`` is the ratio of sums over the group (None where that has no meaning); mean, median
    and quartiles are those of its ``n`` territories. ``rank`` is the share of them below.
    ``pooled_everyone`` is the ratio of sums over every territory of the level.
    """

    group: str  # French
    n: int
    pooled: float | None
    mean: float
    median: float
    q1: float
    q3: float
    rank: float
    everyone: str  # French
    pooled_everyone: float | None


@dataclass(frozen=True)
class IndicatorFigure:
    """One indicator, with what its card says of it."""

    id: str
    title: str
    question: str
    family: str
    value: float
    unit: str
    unit_label: str
    decimals: int
    label: str  # French: what a code says; empty for numbers
    higher_is: str
    precision: Precision
    benchmark: Benchmark | None
    formula: str
    source: str
    reading: str
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class CategoryFigure:
    """One indicator by category of a dimension (mode, age, sector…)."""

    id: str
    title: str
    unit: str
    decimals: int
    values: tuple[float | None, ...]  # in the order of the categories
    reading: str


@dataclass(frozen=True)
class OverallFigure:
    """One indicator that sums up all the categories of a dimension."""

    id: str
    title: str
    unit: str
    decimals: int
    value: float
    reading: str


@dataclass(frozen=True)
class Breakdown:
    """What the file tells by category: volumes, indicators, then what sums them up."""

    dimension: str
    title: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    internal: tuple[float, ...]
    outgoing: tuple[float, ...]
    incoming: tuple[float, ...]
    indicators: tuple[CategoryFigure, ...]
    overall: tuple[OverallFigure, ...]


@dataclass(frozen=True)
class DividedBy:
    """The stock that rates are made with, and its year."""

    id: str
    title: str
    year: int
    unit_label: str


@dataclass(frozen=True)
class Missing:
    """An indicator that this edition cannot give, and what it would need (French)."""

    id: str
    title: str
    reason: str


@dataclass(frozen=True)
class Indicators:
    """The battery of one flow and year on one territory.

    Without a figure at all, ``refusal`` says why (the file is cut at the territory's edge);
    ``note`` says what secrecy leaves out of those given.
    ``zone`` is the neighbouring perimeter the reader chose, if any.
    """

    territory: TerritoryCited
    flow: str
    year: int
    cog: int
    zone: TerritoryCited | None
    figures: tuple[IndicatorFigure, ...]
    breakdowns: tuple[Breakdown, ...]
    missing: tuple[Missing, ...]
    refusal: str
    note: str
    divided_by: DividedBy | None
    unit: UnitCited
    source: SourceCited
    universe: UniverseCited
