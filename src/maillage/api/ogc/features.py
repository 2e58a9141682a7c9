"""Features of a layer: a page of them, or one by its identifier."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from maillage.api.asked import territory_asked
from maillage.api.ogc.collections import Collection
from maillage.api.ogc.shapes import Shape, level_shapes
from maillage.common.errors import NotFoundError
from maillage.engine.edition import Edition
from maillage.observatory.asked import flow_meta
from maillage.observatory.citation import cite_source
from maillage.observatory.lines import Line, mesh_lines, territory_lines
from maillage.observatory.territories import POPULATION, level_units
from maillage.territory.units import KnownUnit

BETWEEN = ":"  # origin and destination, in the identifier of a line


@dataclass(frozen=True)
class Wanted:
    """What a request asks of a layer; ``window`` in degrees. The last four are for flows only."""

    offset: int = 0
    limit: int = 100
    window: shapely.Geometry | None = None
    territory: str | None = None
    year: int | None = None
    mesh: str | None = None
    threshold: float = 0.0


@dataclass(frozen=True)
class Feature:
    """``shape`` in degrees, None where the place is unknown."""

    id: str
    shape: Shape
    properties: dict[str, Any]


@dataclass(frozen=True)
class Found:
    """A page of features, among ``matched`` ones."""

    matched: int
    features: tuple[Feature, ...]


def features(edition: Edition, layer: Collection, wanted: Wanted) -> Found:
    """NotFoundError, InputError: see ``territories`` and ``lines``."""
    if not layer.flow:
        return _territories(edition, layer, wanted)
    if wanted.territory is not None:
        return _lines_of(edition, layer, wanted)
    return _lines(edition, layer, wanted)


def feature(edition: Edition, layer: Collection, id: str, wanted: Wanted) -> Feature:
    """NotFoundError when the layer has none of that identifier."""
    if not layer.flow:
        units = level_units(edition.geography, layer.level)
        shapes = level_shapes(edition, layer.level)
        for row, unit in enumerate(units):
            if unit.id == id and shapes is not None:
                return _territory(edition, unit, shapes.shape(row))
        raise NotFoundError(f"Aucun objet de la couche ne s’appelle « {id[:80]} ».")
    lines, about = _every_line(edition, layer, wanted, id)
    found = next((line for line in lines if _line_id(line) == id), None)
    if found is None:
        raise NotFoundError(f"Aucun objet de la couche ne s’appelle « {id[:80]} ».")
    return _line(found, about)


def _territories(edition: Edition, layer: Collection, wanted: Wanted) -> Found:
    units = level_units(edition.geography, layer.level)
    shapes = level_shapes(edition, layer.level)
    if shapes is None:
        return Found(0, ())
    rows = np.arange(len(units))
    if wanted.window is not None:
        rows = np.flatnonzero(shapes.meeting(wanted.window))
    page = rows[wanted.offset : wanted.offset + wanted.limit].tolist()
    return Found(
        len(rows), tuple(_territory(edition, units[row], shapes.shape(row)) for row in page)
    )


def _territory(edition: Edition, unit: KnownUnit, shape: Shape) -> Feature:
    population = float(edition.geography.population[unit.communes].sum())
    years = edition.stock_years(POPULATION)
    properties = {
        "id": unit.id,
        "name": unit.name,
        "level": unit.level,
        "nature": unit.nature,
        "communes": len(unit.communes),
        "population": None if np.isnan(population) else population,
        "population_year": max(years, default=None),
        "cog": edition.geography.cog,
        "edition": edition.id,
        "fictional": edition.fictional,
    }
    return Feature(unit.id, shape, properties)


def _lines(edition: Edition, layer: Collection, wanted: Wanted) -> Found:
    """Those of a mesh, weights and places as arrays: only the page is made into features."""
    found = mesh_lines(edition, layer.flow, wanted.year, wanted.mesh or layer.level)
    rows = np.flatnonzero(found.weight >= wanted.threshold)
    if wanted.window is not None:
        places = found.places
        ends = np.stack([places[found.origin[rows]], places[found.destination[rows]]], axis=1)
        known = ~np.isnan(ends).any(axis=(1, 2))
        rows = rows[known][shapely.intersects(shapely.linestrings(ends[known]), wanted.window)]
    page = rows[wanted.offset : wanted.offset + wanted.limit].tolist()
    about = _about(edition, layer, wanted)
    return Found(len(rows), tuple(_line(found.line(row), about) for row in page))


def _lines_of(edition: Edition, layer: Collection, wanted: Wanted) -> Found:
    lines, about = _every_line(edition, layer, wanted, "")
    made = [_line(line, about) for line in lines if (line.value or 0) >= wanted.threshold]
    if wanted.window is not None:
        made = [f for f in made if f.shape is not None and f.shape.intersects(wanted.window)]
    return Found(len(made), tuple(made[wanted.offset : wanted.offset + wanted.limit]))


def _every_line(
    edition: Edition, layer: Collection, wanted: Wanted, id: str
) -> tuple[tuple[Line, ...], dict[str, Any]]:
    """Those of the territory asked; else those of the origin that an identifier names."""
    about = _about(edition, layer, wanted)
    origin = id.partition(BETWEEN)[0] if wanted.territory is None else wanted.territory
    perimeter = territory_asked(edition, origin)
    mesh = wanted.mesh or layer.level
    return territory_lines(edition, layer.flow, perimeter, wanted.year, mesh), about


def _about(edition: Edition, layer: Collection, wanted: Wanted) -> dict[str, Any]:
    """What every line of an answer carries."""
    meta = flow_meta(edition, layer.flow, wanted.year)
    source = cite_source(edition, meta)
    card = edition.catalog.flows[layer.flow]
    universe = [scope.label for scope in meta.universe.scopes]
    return {
        "flow": meta.flow,
        "year": meta.year,
        "unit": meta.unit,
        "unit_label": card.unit_label if card.unit == meta.unit else meta.unit,
        "source": " ; ".join(file.title for file in source.files),
        "universe": " ; ".join(universe) or "ensemble du pays",
        "estimated": meta.estimated,
        "cog": edition.geography.cog,
        "edition": edition.id,
        "fictional": source.fictional,
    }


def _line(line: Line, about: dict[str, Any]) -> Feature:
    ends = line.origin.at, line.destination.at
    told = {
        "origin": line.origin.id,
        "origin_name": line.origin.name,
        "destination": line.destination.id,
        "destination_name": line.destination.name,
        "value": line.value,
        "grade": line.precision.grade,
        "standard_error": line.precision.standard_error,
        "precision": line.precision.method.value,
        "precision_why": line.precision.why_label or None,
        "secrecy": line.secrecy.status.value,
    }
    shape = None if None in ends else shapely.LineString(ends)
    return Feature(_line_id(line), shape, told | about)


def _line_id(line: Line) -> str:
    return f"{line.origin.id}{BETWEEN}{line.destination.id}"
