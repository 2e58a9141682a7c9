"""The answer to « joining »: what associating neighbours one by one would cover more."""

from dataclasses import dataclass

from maillage.observatory.citation import TerritoryCited


@dataclass(frozen=True)
class Joined:
    """One more neighbour. ``gain``: the share of the needs of those already together and of this
    one that acting as one covers more (γ, never below 0).

    ``together`` is the coverage of all of them as one, ``apart`` what the same territories would
    cover each alone: ``together`` less ``apart`` is what the association brings so far.
    """

    id: str
    name: str
    distance_km: float | None
    gain: float
    together: float
    apart: float


@dataclass(frozen=True)
class Joining:
    """Neighbours in the order that gains most at each step; ``alone`` is where it starts.

    A coverage is theoretical: it observes no exchange. ``missing`` says why there is none.
    """

    territory: TerritoryCited
    theme: str
    title: str
    mesh: str
    radius_km: float
    candidates: int
    alone: float | None
    steps: tuple[Joined, ...]
    missing: str  # French; empty when the coverage is there
