"""Distance sums of every commune, so that the reach of any perimeter is a read."""

from pathlib import Path

import numpy as np

from maillage.engine.distance import DistanceSums, distance_sums
from maillage.engine.matrix import FlowMatrix
from maillage.engine.store.folder import DraftFolder, read_array
from maillage.territory.geography import Geography

DISTANCES = "distances.npy"


def write_distances(
    draft: DraftFolder, folder: str, geography: Geography, matrix: FlowMatrix
) -> None:
    """By origin then by destination: km, located, and located among those who moved."""
    nowhere = np.full(len(geography.outside), np.nan)
    lon, lat = (np.concatenate([place, nowhere]) for place in (geography.lon, geography.lat))
    parts = []
    for rows in (matrix.by_origin, matrix.by_destination):
        every = distance_sums(rows, lon, lat)
        movers = distance_sums(rows, lon, lat, inside=False)
        parts += [every.km, every.located, movers.located]
    draft.array(f"{folder}/{DISTANCES}", np.stack(parts))


def read_distances(folder: Path, *, inside: bool) -> tuple[DistanceSums, DistanceSums]:
    """Sums by origin and by destination node; ``inside`` counts what stays, at 0 km."""
    parts = read_array(folder / DISTANCES)
    return (
        DistanceSums(parts[0], parts[1 if inside else 2]),
        DistanceSums(parts[3], parts[4 if inside else 5]),
    )
