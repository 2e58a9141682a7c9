"""The answers on territories themselves: lists, identity, members, perimeters gathered."""

from dataclasses import dataclass

from maillage.observatory.citation import TerritoryCited


@dataclass(frozen=True)
class Listed:
    """One territory of a list. ``population`` is None where a member's is not known."""

    id: str
    name: str
    level: str
    level_label: str  # French
    nature: str
    nature_label: str  # French
    context: str  # French: where it lies; empty for the largest
    communes: int
    population: float | None
    lon: float | None
    lat: float | None


@dataclass(frozen=True)
class Territories:
    """Territories of one level, or of several where ``level`` is empty: all, or some of them."""

    edition: str
    cog: int
    fictional: bool
    level: str
    territories: tuple[Listed, ...]


@dataclass(frozen=True)
class Container:
    """A larger territory that holds the whole of another."""

    id: str
    name: str
    level_label: str  # French


@dataclass(frozen=True)
class Identity:
    """Who a territory is. ``population_year`` is that of the stock; None where there is none."""

    territory: TerritoryCited
    edition: str
    cog: int
    fictional: bool
    population_year: int | None
    lon: float | None
    lat: float | None
    containers: tuple[Container, ...]


@dataclass(frozen=True)
class Gathered:
    """The perimeter that a list of codes makes: exactly those, nothing added.

    ``given`` counts the codes, ``repeated`` those that bring no commune that another did not.
    """

    territory: TerritoryCited
    edition: str
    cog: int
    fictional: bool
    given: int
    repeated: int
