"""Where territories are: the mean position of their inhabitants, and distances between them."""

from functools import lru_cache

import numpy as np

from maillage.engine.distance import great_circle_km, road_km
from maillage.engine.edition import Edition
from maillage.territory.geography import FloatArray, Geography, IntArray


def centre(geography: Geography, communes: IntArray) -> tuple[float, float]:
    """Longitude and latitude weighted by inhabitants; NaN when no member has a place."""
    lon, lat = geography.lon[communes], geography.lat[communes]
    weight = np.where(np.isnan(lon), 0.0, np.nan_to_num(geography.population[communes]) + 1.0)
    total = weight.sum()
    if not total:
        return float("nan"), float("nan")
    return (
        float((np.nan_to_num(lon) * weight).sum() / total),
        float((np.nan_to_num(lat) * weight).sum() / total),
    )


@lru_cache(maxsize=16)
def unit_centres(edition: Edition, level: str) -> FloatArray:
    """Centre of every unit of a mesh, (units, 2)."""
    mesh = edition.geography.mesh(level)
    units = range(len(mesh.codes))
    return np.array([centre(edition.geography, mesh.unit_members(u)) for u in units]).reshape(-1, 2)


@lru_cache(maxsize=4)
def unit_distances(edition: Edition, level: str) -> FloatArray:
    """Road distance between the centres of all units, (units, units), in km."""
    lon, lat = unit_centres(edition, level).T
    return road_km(great_circle_km(lon[:, None], lat[:, None], lon, lat))


def distances_from(edition: Edition, communes: IntArray, level: str) -> FloatArray:
    """Road distance from a territory to every unit of a mesh, (units,), in km."""
    lon, lat = centre(edition.geography, communes)
    there = unit_centres(edition, level).T
    return road_km(great_circle_km(np.asarray(lon), np.asarray(lat), there[0], there[1]))


def distance_between(geography: Geography, communes: IntArray, others: IntArray) -> float:
    """Road distance between the centres of two territories, in km; NaN when one has no place."""
    here, there = centre(geography, communes), centre(geography, others)
    return float(road_km(great_circle_km(*(np.asarray(end) for end in (*here, *there)))))
