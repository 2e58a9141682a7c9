"""The answer to « matches »: with whom one's surplus meets the other's need, theme by theme."""

from dataclasses import dataclass

from maillage.observatory.citation import TerritoryCited


@dataclass(frozen=True)
class Best:
    """A neighbour and the part of the needs that would be met."""

    id: str
    name: str
    share: float


@dataclass(frozen=True)
class ThemeMatch:
    """``giving``: whose needs our surplus would meet best; ``receiving``: whose surplus would
    best meet ours. None when no neighbour has any.
    """

    id: str
    title: str
    giving: Best | None
    receiving: Best | None


@dataclass(frozen=True)
class Matches:
    """Every theme whose quantities are known here; ``missing`` names the others."""

    territory: TerritoryCited
    mesh: str
    radius_km: float
    themes: tuple[ThemeMatch, ...]
    missing: tuple[str, ...]  # French titles
