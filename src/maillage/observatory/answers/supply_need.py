"""The answer to « supply_need »: what a territory has and needs, theme by theme."""

from dataclasses import dataclass

from maillage.engine.precision import Precision
from maillage.engine.secrecy import Secrecy
from maillage.observatory.citation import FileCited, TerritoryCited, UnitCited


@dataclass(frozen=True)
class QuantitiesPrecision:
    """Precision of what a territory has, and of what it needs."""

    supply: Precision
    need: Precision


@dataclass(frozen=True)
class QuantitiesSecrecy:
    """Secrecy of what a territory has, and of what it needs; None: there is no such figure."""

    supply: Secrecy | None
    need: Secrecy | None


@dataclass(frozen=True)
class GroupBalance:
    """Supply and need of one product group, in one year; None: unknown.

    ``partial``: some communes are unknown, hence lower bounds. ``coverage`` is the part of the
    need that the supply could meet. ``specificity`` compares the group's share in the supply here
    and in the rest of the country (Kubrak's ratio: 1, as elsewhere). ``precision`` and ``secrecy``
    are those of the two quantities.
    """

    id: str
    label: str
    year: int | None
    supply: float | None
    need: float | None
    surplus: float | None
    deficit: float | None
    coverage: float | None
    specificity: float | None
    partial: bool
    precision: QuantitiesPrecision
    secrecy: QuantitiesSecrecy
    sources: tuple[FileCited, ...]


@dataclass(frozen=True)
class PartnerGain:
    """What acting together would cover more: ``gain`` is a share of the needs of both."""

    id: str
    name: str
    gain: float
    coverage: float  # the partner's own
    together: float  # of both together
    distance_km: float | None


@dataclass(frozen=True)
class ThemeBalance:
    """One theme. ``coverage`` is None where a group is unknown, for the ``missing`` reason; it and
    what partners would add have a ``precision`` that says why they have no error.

    ``specialisation`` is Krugman's index of the supply by group: 0, as in the rest of the country.
    """

    id: str
    title: str
    description: str
    unit: UnitCited
    groups: tuple[GroupBalance, ...]
    coverage: float | None
    specialisation: float | None
    missing: str  # French; empty when the coverage is there
    partners: tuple[PartnerGain, ...]
    reading: str
    precision: Precision
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class SupplyNeed:
    """Balances by theme. A coverage is theoretical: it observes no exchange."""

    territory: TerritoryCited
    edition: str
    cog: int
    fictional: bool
    mesh: str  # of the partners
    themes: tuple[ThemeBalance, ...]
