"""The answer to « cooperation »: with whom, given links and complementarities."""

from dataclasses import dataclass

from maillage.engine.precision import Precision
from maillage.observatory.answers.balance import PrecisionBothWays, SecrecyBothWays
from maillage.observatory.citation import SourceCited, TerritoryCited, UniverseCited


@dataclass(frozen=True)
class Theme:
    """A theme that weighs in the complementarity, and the groups known on both sides."""

    id: str
    title: str
    groups: tuple[str, ...]  # French labels
    year: int | None


@dataclass(frozen=True)
class CooperationPartner:
    """One partner. ``quadrant`` follows the labels of the card; None where unknown.

    ``to_partner``: the part of its needs that our surplus could meet; ``from_partner``, the
    converse. ``beyond_chance``: the link stands out among all of ours (disparity filter, 5 %).
    ``precision`` and ``secrecy`` are those of what is exchanged.
    """

    id: str
    name: str
    distance_km: float | None
    outgoing: float
    incoming: float
    link: float | None
    beyond_chance: bool
    to_partner: float | None
    from_partner: float | None
    complementarity: float | None
    reciprocity: float | None
    quadrant: int | None
    quadrant_label: str
    precision: PrecisionBothWays
    secrecy: SecrecyBothWays
    link_precision: Precision


@dataclass(frozen=True)
class Cooperation:
    """Partners within ``radius_km``, by quadrant then by link; thresholds are their medians.

    ``complement_precision`` says why complementarities have no error.
    """

    territory: TerritoryCited
    flow: str
    year: int
    cog: int
    mesh: str
    radius_km: float
    strong_link: float | None
    strong_complement: float | None
    themes: tuple[Theme, ...]
    no_link: str  # French: why links are not told; empty when they are
    note: str  # French: what secrecy leaves out of the links; empty when nothing
    missing: str  # French: why there is no complementarity; empty when there is
    partners: tuple[CooperationPartner, ...]
    reading: str
    complement_precision: Precision
    source: SourceCited
    universe: UniverseCited
