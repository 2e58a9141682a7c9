"""A map whose areas are tinted by a figure: territories of a mesh, in a scope."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import shapely

from maillage.drawing.contours import Contours, commune_contours, mesh_contours
from maillage.drawing.country import draw
from maillage.drawing.paths import Drawing, Inset
from maillage.engine.edition import Edition
from maillage.territory.units import unit_id

#: Communes put together at most, where a mesh has no contours of its own.
MOST_MERGED = 4_000
#: Widths of a drawing that a detail may be a part of, and be left out.
FINEST = 1_000
CLASSES = 5


@dataclass(frozen=True)
class Area:
    """A territory and its class: ``tint`` is the name the legend gives it."""

    id: str
    name: str
    path: str
    tint: str
    said: str


@dataclass(frozen=True)
class Choropleth:
    """In a box of ``width`` × ``height``; ``source`` is that of the contours."""

    width: int
    height: int
    areas: tuple[Area, ...]
    insets: tuple[Inset, ...]
    source: str


def choropleth(
    edition: Edition, level: str, told: Mapping[str, tuple[str, str]]
) -> Choropleth | None:
    """``told``: by id of territory, its tint and what it says. None without contours."""
    drawing = _drawing(edition, level, tuple(sorted(told)))
    if drawing is None or not drawing.places:
        return None
    return Choropleth(
        width=drawing.width,
        height=drawing.height,
        areas=tuple(Area(p.id, p.name, p.path, *told[p.id]) for p in drawing.places),
        insets=drawing.insets,
        source=drawing.source,
    )


def steps(values: Sequence[float]) -> tuple[float, ...]:
    """Bounds of classes that hold as many territories each; fewer where values are the same.

    Quantiles interpolate linearly (definition 7 of Hyndman and Fan, 1996).
    """
    if not values:
        return ()
    cuts = np.quantile(np.array(values), np.linspace(0, 1, CLASSES + 1))
    return tuple(float(cut) for cut in np.unique(cuts))


def rank(value: float, bounds: Sequence[float]) -> int:
    """Class of a value, from 0; a bound belongs to the class above it, the last to the last."""
    found = int(np.searchsorted(np.array(bounds[1:-1]), value, side="right"))
    return min(found, max(len(bounds) - 2, 0))


@lru_cache(maxsize=32)
def _drawing(edition: Edition, level: str, ids: tuple[str, ...]) -> Drawing | None:
    contours = _contours(edition, level, set(ids))
    if contours is None or not contours.ids:
        return None
    west, _, east, _ = shapely.total_bounds(contours.shapes)
    detail = float(east - west) / FINEST
    return draw(replace(contours, shapes=contours.shapes_at(detail)))


def _contours(edition: Edition, level: str, ids: set[str]) -> Contours | None:
    """Of those territories: the mesh’s own, else their communes together."""
    known = mesh_contours(edition, level)
    if known is None:
        return _merged(edition, level, ids)
    rows = [row for row, id in enumerate(known.ids) if id in ids]
    return Contours(
        level=level,
        ids=tuple(known.ids[row] for row in rows),
        names=tuple(known.names[row] for row in rows),
        units=tuple(known.units[row] for row in rows),
        shapes=known.shapes[rows],
        bounds=known.bounds[rows],
        source=known.source,
        moved=tuple(known.moved[row] for row in rows) if known.moved else (),
    )


def _merged(edition: Edition, level: str, ids: set[str]) -> Contours | None:
    communes, mesh = commune_contours(edition), edition.geography.mesh(level)
    named = [unit_id(edition.geography, mesh, unit) for unit in range(len(mesh.codes))]
    units = [unit for unit, id in enumerate(named) if id in ids]
    if communes is None or sum(len(mesh.unit_members(u)) for u in units) > MOST_MERGED:
        return None
    held = [[s for s in communes[mesh.unit_members(u)] if s is not None] for u in units]
    kept = [row for row, shapes in enumerate(held) if shapes]
    shapes = np.array([shapely.union_all(held[row]) for row in kept], dtype=object)
    return Contours(
        level=level,
        ids=tuple(named[units[row]] for row in kept),
        names=tuple(mesh.names[units[row]] for row in kept),
        units=tuple(units[row] for row in kept),
        shapes=shapes,
        bounds=shapely.bounds(shapes),
        source=edition.geometry("commune").source,
    )
