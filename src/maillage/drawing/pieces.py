"""The pieces of the country that one frame cannot hold: the mainland, each part overseas."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely

from maillage.drawing.contours import mesh_contours
from maillage.engine.edition import Edition
from maillage.territory.geography import FRANCE, FloatArray, IntArray

DEPARTEMENT = "departement"
OVERSEAS = "97"  # how the codes of overseas départements start


@dataclass(frozen=True, eq=False)
class Pieces:
    """``names`` of the pieces, the mainland first; ``of`` is the piece of each commune;
    ``bounds``, (pieces, 4) in degrees, as the contours are drawn, NaN where unknown."""

    names: tuple[str, ...]
    of: IntArray
    bounds: FloatArray


@lru_cache(maxsize=2)
def pieces(edition: Edition) -> Pieces:
    """One piece only where nothing tells the départements."""
    geography = edition.geography
    mainland = "France métropolitaine" if geography.country == FRANCE else geography.country
    if DEPARTEMENT not in {mesh.level for mesh in geography.meshes}:
        nowhere = np.full((1, 4), np.nan)
        return Pieces((mainland,), np.zeros(geography.n_communes, np.int32), nowhere)
    mesh = geography.mesh(DEPARTEMENT)
    apart = [unit for unit, code in enumerate(mesh.codes) if code.startswith(OVERSEAS)]
    piece = np.zeros(len(mesh.codes) + 1, np.int32)  # the last: communes of no département
    piece[apart] = np.arange(1, len(apart) + 1)
    names = (mainland, *(mesh.names[unit] for unit in apart))
    return Pieces(
        names, piece[mesh.unit_of(geography.n_communes)], _bounds(edition, piece, len(names))
    )


def _bounds(edition: Edition, piece: IntArray, count: int) -> FloatArray:
    bounds = np.full((count, 4), np.nan)
    contours = mesh_contours(edition, DEPARTEMENT)
    if contours is not None:
        home = piece[list(contours.units)]
        for number in np.unique(home):
            bounds[number] = shapely.total_bounds(contours.shapes[home == number])
    return bounds
