"""The answer to « structure »: a territory's place in the system, and the system inside it."""

from dataclasses import dataclass

from maillage.engine.precision import Precision
from maillage.engine.secrecy import Secrecy
from maillage.observatory.citation import SourceCited, TerritoryCited, UnitCited, UniverseCited


@dataclass(frozen=True)
class Named:
    """A territory, by id and name."""

    id: str
    name: str


@dataclass(frozen=True)
class StructureLink:
    """One directed link. ``p_value`` is that of the disparity filter; ``kept``, whether the
    multiple linkage analysis keeps it; ``expected``, what size and distance alone foretell.
    ``precision`` and ``secrecy`` are those of ``weight``."""

    partner: Named
    outgoing: bool
    weight: float
    p_value: float
    beyond_chance: bool
    kept: bool
    expected: float | None
    residual: float | None
    precision: Precision
    secrecy: Secrecy


@dataclass(frozen=True)
class Place:
    """Among all the units of its level. ``dominant`` is None where nothing dominates it."""

    dominant: Named | None
    role: str  # French, from the card of dominance_role
    dominated: tuple[Named, ...]
    significant_destinations: int
    links: tuple[StructureLink, ...]
    model_fit: float | None  # common part of commuters, in [0, 1]


@dataclass(frozen=True)
class Pole:
    """A commune that receives from the others of the territory."""

    commune: Named
    received: float
    precision: Precision
    role: str


@dataclass(frozen=True)
class Inside:
    """The communes of the territory as a system. ``rank_size_slope``: None with too few poles."""

    communes: int
    poles: tuple[Pole, ...]
    rank_size_slope: float | None


@dataclass(frozen=True)
class Structure:
    """Figures are None, with their reason, where the file does not cover what they need."""

    territory: TerritoryCited
    flow: str
    year: int
    cog: int
    level: str
    place: Place | None
    no_place: str  # French
    inside: Inside | None
    no_inside: str  # French
    unit: UnitCited
    source: SourceCited
    universe: UniverseCited
