"""The answer to « compare »: up to six territories side by side, among those like the first."""

from dataclasses import dataclass

from maillage.engine.precision import NOT_GIVEN, Precision
from maillage.observatory.citation import SourceCited, TerritoryCited, UniverseCited


@dataclass(frozen=True)
class ComparedValue:
    """One indicator of one territory. ``value`` is None for the reason told (French)."""

    value: float | None
    precision: Precision = NOT_GIVEN
    reason: str = ""


@dataclass(frozen=True)
class Spread:
    """An indicator over the group of the first territory.

    ``values`` are those known, in order; ``pooled`` is the ratio of sums over all territories of
    the level, None where that has no meaning. ``below``: how many of the group are strictly
    below each compared territory, None where its value is unknown.
    """

    several: str  # French, as a sentence counts them: « communautés de communes »
    n: int
    median: float
    q1: float
    q3: float
    values: tuple[float, ...]
    pooled: float | None
    everyone: str  # French
    below: tuple[int | None, ...]


@dataclass(frozen=True)
class ComparedRow:
    """One indicator for every territory; ``spread`` is None where nothing is comparable."""

    id: str
    title: str
    unit: str
    unit_label: str
    decimals: int
    year: int
    note: str  # French: what makes it fragile, or how to read it
    method: bool  # whether the site has a page for this card
    values: tuple[ComparedValue, ...]
    spread: Spread | None


@dataclass(frozen=True)
class Comparison:
    """One family of indicators. ``why_alone`` says why there is no group (French), or is empty.

    ``year``, ``years``, ``source`` and ``universe`` are those of a flow; None and empty for stocks
    of several years.
    """

    family: str
    title: str
    territories: tuple[TerritoryCited, ...]
    rows: tuple[ComparedRow, ...]
    why_alone: str
    year: int | None
    years: tuple[int, ...]
    refusals: tuple[str, ...]  # French, by territory; empty: its figures are whole
    source: SourceCited | None
    universe: UniverseCited | None
    edition: str
    cog: int
    fictional: bool
