"""The answer to « pair »: everything an edition knows of two territories together."""

from dataclasses import dataclass

from maillage.engine.precision import Precision
from maillage.observatory.answers.balance import PartnerBalance
from maillage.observatory.answers.cooperation import CooperationPartner
from maillage.observatory.citation import (
    FileCited,
    SourceCited,
    TerritoryCited,
    UnitCited,
    UniverseCited,
)


@dataclass(frozen=True)
class ExchangeShares:
    """What the exchange is in all that leaves and enters each side; None: the file cuts it.

    ``of_departures``: of what leaves here, the part that goes to the other; ``of_arrivals``: of
    what enters here, the part that comes from it; the other two are the same seen from there.
    """

    of_departures: float | None
    of_arrivals: float | None
    of_other_departures: float | None
    of_other_arrivals: float | None


@dataclass(frozen=True)
class Expected:
    """What the size of both and the distance alone would make them exchange, each way."""

    outgoing: float | None
    incoming: float | None


@dataclass(frozen=True)
class Tie:
    """One indicator of the tie, as its card tells it; None: unknown."""

    id: str
    title: str
    value: float | None
    unit: str
    unit_label: str
    decimals: int
    reading: str
    precision: Precision


@dataclass(frozen=True)
class PairFlow:
    """One family of flows between the two, seen from here. ``missing`` says why there is none."""

    flow: str
    title: str
    slug: str
    year: int | None
    exchange: PartnerBalance | None
    shares: ExchangeShares | None
    expected: Expected | None
    ties: tuple[Tie, ...]
    missing: str  # French; empty when the exchange is there
    unit: UnitCited | None
    source: SourceCited | None
    universe: UniverseCited | None


@dataclass(frozen=True)
class Quantities:
    """Supply and need of one side; None: unknown. ``partial``: lower bounds."""

    supply: float | None
    need: float | None
    partial: bool


@dataclass(frozen=True)
class PairGroup:
    """One product group. ``to_other``: what our surplus could bring to its deficit."""

    id: str
    label: str
    year: int | None
    here: Quantities
    other: Quantities
    to_other: float | None
    from_other: float | None


@dataclass(frozen=True)
class PairTheme:
    """One theme. ``apart`` is the coverage of both when each acts alone, ``together`` when they
    act as one: ``gain`` (γ) is the difference, never below 0. ``to_other`` is the part of its
    needs that our surplus could meet, ``from_other`` the converse.
    """

    id: str
    title: str
    unit: UnitCited
    groups: tuple[PairGroup, ...]
    coverage_here: float | None
    coverage_other: float | None
    apart: float | None
    together: float | None
    gain: float | None
    to_other: float | None
    from_other: float | None
    missing: str  # French; empty when the coverage is there
    sources: tuple[FileCited, ...]
    reading: str
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class CommonPerimeter:
    """A unit that reaches into both. ``whole``: it holds them both entirely."""

    level: str
    label: str
    id: str
    name: str
    whole: bool


@dataclass(frozen=True)
class CommonProgramme:
    """A programme in which both have communes, named on each side."""

    level: str
    label: str
    here: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True)
class Common:
    """What two territories are already in together."""

    perimeters: tuple[CommonPerimeter, ...]
    programmes: tuple[CommonProgramme, ...]


@dataclass(frozen=True)
class Pair:
    """Two territories. ``shared`` communes belong to both: they are counted here only.

    ``place`` is where the other stands among the neighbours of here (see « cooperation »), None
    when it is not one of them.
    """

    territory: TerritoryCited
    other: TerritoryCited
    edition: str
    cog: int
    fictional: bool
    shared: int
    distance_km: float | None
    flows: tuple[PairFlow, ...]
    themes: tuple[PairTheme, ...]
    common: Common
    place: CooperationPartner | None
    strong_link: float | None
    strong_complement: float | None
