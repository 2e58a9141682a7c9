"""The answer to « peers »: who resembles a territory, on what, and how much."""

from dataclasses import dataclass

from maillage.observatory.citation import TerritoryCited


@dataclass(frozen=True)
class Variable:
    """A published variable, and its value for the territory (None: unknown)."""

    id: str
    title: str
    unit_label: str
    reason: str
    value: float | None


@dataclass(frozen=True)
class Peer:
    """A territory alike: 0 is a twin, 1 the farthest of all.

    ``values`` and ``drivers`` follow the variables: a driver is the share of that variable in
    what sets the two apart (None where it was not compared).
    """

    id: str
    name: str
    nature: str
    population: float | None
    distance: float
    pinned: bool
    values: tuple[float | None, ...]
    drivers: tuple[float | None, ...]


@dataclass(frozen=True)
class Peers:
    """The nearest territories, those the reader pinned first.

    ``built`` says what candidates are: units of the same level, or perimeters grown around each
    EPCI to the size of a free one; ``ranked`` counts those known well enough to be compared, of
    which the first are told. ``left_out`` names the variables no stock tells.
    """

    territory: TerritoryCited
    edition: str
    cog: int
    built: str  # level | grown
    candidates: int
    ranked: int
    variables: tuple[Variable, ...]
    left_out: tuple[str, ...]
    peers: tuple[Peer, ...]
    dropped: tuple[str, ...]
