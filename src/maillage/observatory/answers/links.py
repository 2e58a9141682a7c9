"""The answer to « links »: the tie with each partner, indicator by indicator."""

from dataclasses import dataclass

from maillage.engine.partners import PartnerKind
from maillage.engine.precision import Precision
from maillage.observatory.answers.balance import SecrecyBothWays
from maillage.observatory.citation import SourceCited, TerritoryCited, UnitCited, UniverseCited


@dataclass(frozen=True)
class LinkIndicator:
    """One indicator of a tie, as its card tells it."""

    id: str
    title: str
    unit: str
    unit_label: str
    decimals: int
    reading: str


@dataclass(frozen=True)
class Link:
    """One partner; ``values`` (None: unknown) and ``precision`` follow the indicators."""

    code: str
    id: str
    name: str
    kind: PartnerKind
    values: tuple[float | None, ...]
    precision: tuple[Precision, ...]
    secrecy: SecrecyBothWays


@dataclass(frozen=True)
class Links:
    """The partners most linked both ways. Without any, ``refusal`` says why (French)."""

    territory: TerritoryCited
    flow: str
    year: int
    cog: int
    mesh: str
    indicators: tuple[LinkIndicator, ...]
    links: tuple[Link, ...]
    refusal: str
    note: str  # French: what secrecy leaves out; empty when nothing
    unit: UnitCited
    source: SourceCited
    universe: UniverseCited
