"""Distances between communes, and the sums that give any perimeter its mean distance."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.engine.matrix import SparseRows
from maillage.territory.geography import FloatArray

EARTH_RADIUS_KM = 6371.0088  # mean radius of the Earth (IUGG)


def great_circle_km(
    lon_a: FloatArray, lat_a: FloatArray, lon_b: FloatArray, lat_b: FloatArray
) -> FloatArray:
    """Great-circle distance in km of points in degrees, broadcast; NaN where a point is unknown."""
    lon_a, lat_a, lon_b, lat_b = (np.radians(x) for x in (lon_a, lat_a, lon_b, lat_b))
    half_chord = (
        np.sin((lat_b - lat_a) / 2) ** 2
        + np.cos(lat_a) * np.cos(lat_b) * np.sin((lon_b - lon_a) / 2) ** 2
    )
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half_chord)))


def road_km(straight: FloatArray) -> FloatArray:
    """Road distance foretold from the straight one: d (1.1 + 0.3 e^(-d / 20)) (Héran)."""
    return straight * (1.1 + 0.3 * np.exp(-straight / 20))


@dataclass(frozen=True, eq=False)
class DistanceSums:
    """By node: Σ F d of what starts (or ends) there, and Σ F of what has a known distance.

    Both add over the communes of a perimeter, and their ratio is its reach.
    """

    km: FloatArray
    located: FloatArray


def distance_sums(
    rows: SparseRows, lon: FloatArray, lat: FloatArray, *, inside: bool = True
) -> DistanceSums:
    """Sums by row; ``lon`` and ``lat`` give every node, NaN for those with no place (abroad).

    ``inside`` counts what stays in a commune, at 0 km; without it only moves count (residential).
    """
    row = np.repeat(np.arange(len(rows.start) - 1), np.diff(rows.start))
    km = road_km(great_circle_km(lon[row], lat[row], lon[rows.node], lat[rows.node]))
    counts = ~np.isnan(km) & (inside | (row != rows.node))
    weight = np.where(counts, rows.weight, 0)
    return DistanceSums(
        km=_by_row(row, weight * np.where(counts, km, 0), rows),
        located=_by_row(row, weight, rows),
    )


def _by_row(row: npt.NDArray[np.intp], values: FloatArray, rows: SparseRows) -> FloatArray:
    return np.bincount(row, weights=values, minlength=len(rows.start) - 1).astype(np.float64)
