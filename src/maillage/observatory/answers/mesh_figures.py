"""The answer to « figures »: those of every unit of a mesh, one line a figure."""

from dataclasses import dataclass

from maillage.engine.precision import Precision
from maillage.engine.secrecy import SecrecyStatus
from maillage.observatory.citation import SourceCited


@dataclass(frozen=True)
class UnitFigure:
    """One figure of one unit. ``value`` is None for the reason of ``status`` (French)."""

    id: str
    name: str
    flow: str
    year: int
    indicator: str
    title: str
    value: float | None
    unit: str  # that of cards: share, eur…; empty: a count
    unit_label: str
    decimals: int
    status: str
    precision: Precision
    secrecy: SecrecyStatus
    universe: str


@dataclass(frozen=True)
class FileOfFigures:
    """One flow and year that figures are read from, with its source."""

    flow: str
    title: str
    year: int
    source: SourceCited


@dataclass(frozen=True)
class MeshFigures:
    """Figures by family, year, figure then unit: all, or some of them. ``files`` are those of
    every figure of the list."""

    edition: str
    cog: int
    fictional: bool
    level: str
    level_label: str  # French
    files: tuple[FileOfFigures, ...]
    figures: tuple[UnitFigure, ...]
