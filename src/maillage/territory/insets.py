"""Overseas contours that a producer moved beside the mainland: by how much, and back again.

The move is taken as a similarity (scale, rotation, translation) from metres in the local
projection to metres in Lambert-93. It is not published: it is fitted, by least squares, on units
whose moved and true contours are both known, and its largest error is kept.
"""

from dataclasses import dataclass

import numpy as np
from pyproj import Transformer

from maillage.territory.geography import FloatArray

#: Local projections of the overseas départements (RGAF09, RGFG95, RGR92, RGM04).
LOCAL_CRS = {"971": 5490, "972": 5490, "973": 2972, "974": 2975, "976": 4471}
LAMBERT_93 = 2154
DEGREES = 4326


@dataclass(frozen=True)
class Inset:
    """The move of one département. ``error_m`` is the largest distance, in true metres, between a
    true centre and the moved centre taken back, over the ``units`` the fit used."""

    departement: str
    factor: complex  # scale and rotation
    origin: complex  # local metres
    moved_origin: complex  # Lambert-93 metres
    units: int
    error_m: float

    @property
    def scale(self) -> float:
        return abs(self.factor)

    def true_degrees(self, moved: FloatArray) -> FloatArray:
        """Longitude and latitude (n, 2) of points given where they were moved, in Lambert-93."""
        points = moved[:, 0] + 1j * moved[:, 1]
        local = (points - self.moved_origin) / self.factor + self.origin
        return project(
            np.column_stack([local.real, local.imag]), LOCAL_CRS[self.departement], DEGREES
        )


def project(points: FloatArray, source: int, target: int) -> FloatArray:
    """Points (n, 2), x then y or longitude then latitude, from one EPSG system to another."""
    transform = Transformer.from_crs(source, target, always_xy=True).transform
    return np.column_stack(transform(points[:, 0], points[:, 1]))


def fit_inset(departement: str, true_degrees: FloatArray, moved_degrees: FloatArray) -> Inset:
    """The move that best sends true centres onto moved ones: (n, 2) degrees each, n ≥ 2.

    ValueError with fewer than two points, which leave the scale free.
    """
    if len(true_degrees) < 2:
        raise ValueError(f"{departement}: a similarity takes two points")
    x = project(true_degrees, DEGREES, LOCAL_CRS[departement])
    y = project(moved_degrees, DEGREES, LAMBERT_93)
    local, moved = x[:, 0] + 1j * x[:, 1], y[:, 0] + 1j * y[:, 1]
    origin, moved_origin = complex(local.mean()), complex(moved.mean())
    centred = local - origin
    factor = complex(np.vdot(centred, moved - moved_origin) / np.vdot(centred, centred))
    error = np.abs((moved - moved_origin) / factor - centred).max()
    return Inset(departement, factor, origin, moved_origin, len(local), float(error))
