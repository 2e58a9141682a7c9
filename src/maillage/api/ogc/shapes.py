"""Contours of the units of a mesh, at their true place; none where only a moved drawing exists."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, TypeAlias

import numpy as np
import shapely

from maillage.drawing.contours import commune_contours
from maillage.engine.edition import Edition
from maillage.territory.geography import FloatArray, IntArray, Mesh
from maillage.territory.units import COMMUNE

Shape: TypeAlias = Any  # a shapely geometry, or None where the place is unknown


@dataclass(frozen=True, eq=False)
class Shapes:
    """``own``: contour of each unit, None where unknown; else made of those of ``communes``."""

    own: np.ndarray | None
    communes: np.ndarray
    mesh: Mesh | None

    def shape(self, unit: int) -> Shape:
        """None unless the whole of the unit is known."""
        if self.own is not None:
            found: Shape = self.own[unit]
            return found
        members = self.communes[self._members(unit)]
        return None if any(shape is None for shape in members) else shapely.union_all(members)

    def meeting(self, window: shapely.Geometry) -> np.ndarray:
        """Which units meet a window, as booleans."""
        shapes = self.communes if self.own is None else self.own
        met = shapely.intersects(shapes, window)
        if self.own is not None or self.mesh is None:
            return np.asarray(met)
        starts = self.mesh.starts
        sums = np.concatenate([[0], np.cumsum(met[self.mesh.members])])
        return np.asarray(sums[starts[1:]] > sums[starts[:-1]])

    @cached_property
    def bounds(self) -> FloatArray | None:
        """West, south, east, north; None without any contour."""
        shapes = self.communes if self.own is None else self.own
        known = shapes[~shapely.is_missing(shapes)]
        return shapely.total_bounds(known) if len(known) else None

    def _members(self, unit: int) -> IntArray:
        if self.mesh is None:
            return np.array([unit], dtype=np.int32)
        return self.mesh.unit_members(unit)


@lru_cache(maxsize=8)
def level_shapes(edition: Edition, level: str) -> Shapes | None:
    """None where nothing of the level can be drawn at its true place."""
    communes = _communes(edition)
    mesh = None if level == COMMUNE else edition.geography.mesh(level)
    own = communes if mesh is None else _own(edition, mesh)
    if own is None and communes is None:
        return None
    missing = np.full(edition.geography.n_communes, None, dtype=object)
    shapes = Shapes(own, missing if communes is None else communes, mesh)
    return None if shapes.bounds is None else shapes


@lru_cache(maxsize=1)
def _communes(edition: Edition) -> np.ndarray | None:
    """Contour of each commune, None where it was moved or is unknown."""
    drawn = commune_contours(edition)
    if drawn is None:
        return None
    true = drawn.copy()
    for code in edition.geometry(COMMUNE).inset:
        if (node := edition.geography.index.get(code)) is not None:
            true[node] = None
    shapely.prepare(true)
    return true


def _own(edition: Edition, mesh: Mesh) -> np.ndarray | None:
    """Contour of each unit, from contours of the level itself; None when there are none."""
    if mesh.level not in edition.manifest["geometry"]:
        return None
    drawn = edition.geometry(mesh.level)
    shapes = np.full(len(mesh.codes), None, dtype=object)
    moved = set(drawn.inset)
    for code, shape in zip(drawn.codes, shapely.from_wkb(drawn.shapes), strict=True):
        if code in mesh.index and code not in moved:
            shapes[mesh.index[code]] = shape
    shapely.prepare(shapes)
    return shapes
