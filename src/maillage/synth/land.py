"""The shape of the country: a coast, an estuary, a land border, a mountain side.

Lengths in metres, coordinates in Lambert-93 (EPSG:2154).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from maillage.synth.scales import Scale, stream
from maillage.territory.geography import FloatArray

CENTRE = np.array([700_000.0, 6_600_000.0])
ESTUARY_ANGLE = np.deg2rad(200)
MOUNTAIN_ANGLE = np.deg2rad(-40)
BORDER_HALF_ANGLE = np.deg2rad(70)  # the land border faces east
BROAD = 5  # waves around the country that shape it whole


@dataclass(frozen=True, eq=False)
class Land:
    """The outline, its mean radius, and the head of the estuary where the metropolis stands."""

    outline: shapely.Polygon
    radius: float
    estuary_head: FloatArray

    def mountain(self, xy: FloatArray) -> FloatArray:
        """Height between 0 (plain) and 1 (summits) of points of shape (n, 2)."""
        towards = np.array([np.cos(MOUNTAIN_ANGLE), np.sin(MOUNTAIN_ANGLE)])
        along = (xy - CENTRE) @ towards / self.radius
        return np.asarray(1 / (1 + np.exp(-(along - 0.62) / 0.08)))

    def faces_border(self, xy: FloatArray) -> npt.NDArray[np.bool_]:
        """Whether points of shape (n, 2), on the outline, look at the land border."""
        angle = np.arctan2(xy[:, 1] - CENTRE[1], xy[:, 0] - CENTRE[0])
        return np.asarray(np.abs(angle) < BORDER_HALF_ANGLE)


def invent_land(scale: Scale, seed: int) -> Land:
    """Draws the outline; its area follows the number of communes."""
    rng = stream(seed, "land")
    radius = float(np.sqrt(scale.communes * scale.commune_km2 * 1e6 / np.pi))
    angle = np.linspace(0, 2 * np.pi, 2400, endpoint=False)
    distance = radius * _waves(angle, rng)
    body = shapely.Polygon(_polar(angle, distance))
    head = _polar(np.array([ESTUARY_ANGLE]), np.array([0.45 * radius]))[0]
    outline = shapely.make_valid(body.difference(_estuary(radius, rng)))
    largest = max(shapely.get_parts(outline), key=lambda part: part.area)
    return Land(shapely.Polygon(largest.exterior), radius, head)


def _waves(angle: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Relative radius: broad bulges, then capes and bays that fade on the land border."""
    sea = 1 - np.exp(-((np.abs(np.angle(np.exp(1j * angle))) / BORDER_HALF_ANGLE) ** 4))
    relative = np.ones_like(angle)
    for order in range(2, 160):
        wave = np.cos(order * angle + rng.uniform(0, 2 * np.pi)) * rng.uniform(0.5, 1.3)
        if order < BROAD:
            relative += 0.10 / order**0.5 * wave
        else:
            relative += 0.11 / order * wave * (0.1 + 0.9 * sea)
    return relative


def _polar(angle: FloatArray, distance: FloatArray) -> FloatArray:
    return np.asarray(CENTRE + distance[:, None] * np.c_[np.cos(angle), np.sin(angle)])


def _estuary(radius: float, rng: np.random.Generator) -> shapely.Polygon:
    """A winding arm of the sea, wide at its mouth, that ends at 0.45 radius of the centre."""
    along = np.linspace(0.45, 1.6, 60)
    bend = 0.05 * np.sin(6 * along + rng.uniform(0, 2 * np.pi)) * (along - 0.45)
    width = 0.004 + 0.10 * (along - 0.45) ** 1.3
    north = _polar(ESTUARY_ANGLE + bend - width / along, along * radius)
    south = _polar(ESTUARY_ANGLE + bend + width / along, along * radius)
    return shapely.Polygon(np.vstack([north, south[::-1]]))
