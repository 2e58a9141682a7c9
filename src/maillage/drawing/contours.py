"""Contours of an edition, decoded once, with the id and name of each unit."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import shapely

from maillage.engine.edition import Edition
from maillage.territory.geography import FloatArray
from maillage.territory.units import COMMUNE, unit_id


@dataclass(frozen=True, eq=False)
class Contours:
    """Units of a mesh that have a contour; ``shapes`` in degrees, ``bounds`` (units, 4).

    ``moved``: where the producer drew a unit beside the mainland, the département it is in.
    """

    level: str
    ids: tuple[str, ...]
    names: tuple[str, ...]
    units: tuple[int, ...]
    shapes: np.ndarray
    bounds: FloatArray
    source: str
    moved: tuple[str, ...] = ()

    @cached_property
    def row(self) -> dict[int, int]:
        """Row of each unit of the mesh."""
        return {unit: row for row, unit in enumerate(self.units)}

    def shapes_at(self, detail: float) -> np.ndarray:
        """The shapes without what is finer than ``detail``, in degrees; neighbours still touch.

        A map of a whole country would otherwise simplify them again and again.
        """
        rung = next((rung for rung in RUNGS if rung <= detail), None)
        return self.shapes if rung is None else _lightened(self, rung)


#: Degrees of the details that are left out once for all, the coarsest first.
RUNGS = (0.016, 0.008, 0.004, 0.002)


@lru_cache(maxsize=12)
def _lightened(contours: Contours, rung: float) -> np.ndarray:
    return np.asarray(shapely.coverage_simplify(contours.shapes, rung))


@lru_cache(maxsize=4)
def mesh_contours(edition: Edition, level: str) -> Contours | None:
    """None when the edition has no contours for that level."""
    if level not in edition.manifest["geometry"]:
        return None
    drawn = edition.geometry(level)
    mesh = edition.geography.mesh(level)
    rows = [row for row, code in enumerate(drawn.codes) if code in mesh.index]
    units = tuple(mesh.index[drawn.codes[row]] for row in rows)
    shapes = shapely.from_wkb([drawn.shapes[row] for row in rows])
    return Contours(
        level=level,
        ids=tuple(unit_id(edition.geography, mesh, unit) for unit in units),
        names=tuple(mesh.names[unit] for unit in units),
        units=units,
        shapes=shapes,
        bounds=shapely.bounds(shapes),
        source=drawn.source,
        moved=_moved(edition, level, units, {mesh.index.get(code, -1) for code in drawn.inset}),
    )


def _moved(
    edition: Edition, level: str, units: tuple[int, ...], inset: set[int]
) -> tuple[str, ...]:
    """Name of the département of each unit of ``inset``, empty for the others."""
    geography = edition.geography
    if "departement" not in {mesh.level for mesh in geography.meshes}:
        return ("",) * len(units)
    mesh, homes = geography.mesh(level), geography.mesh("departement")
    home = homes.unit_of(geography.n_communes)
    return tuple(
        homes.names[home[mesh.unit_members(unit)[0]]] if unit in inset else "" for unit in units
    )


@lru_cache(maxsize=1)
def commune_contours(edition: Edition) -> np.ndarray | None:
    """Contour of each commune of the geography, missing where unknown; None without any."""
    if COMMUNE not in edition.manifest["geometry"]:
        return None
    drawn = edition.geometry(COMMUNE)
    shapes = np.full(edition.geography.n_communes, None, dtype=object)
    for code, shape in zip(drawn.codes, shapely.from_wkb(drawn.shapes), strict=True):
        node = edition.geography.index.get(code)
        if node is not None:
            shapes[node] = shape
    return shapes
