"""Flows as lines between two places: all those of a mesh, or those of one territory."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from maillage.common.errors import InputError, NotFoundError
from maillage.engine.dataset import FlowMeta
from maillage.engine.edition import Edition
from maillage.engine.mesh_flow import PartnerRows
from maillage.engine.partners import PartnerKind
from maillage.engine.precision import Precision, precision
from maillage.engine.secrecy import Secrecy, secrecy
from maillage.observatory.asked import flow_meta, partners_asked
from maillage.observatory.balance import secrecy_rule, territory_balance
from maillage.observatory.citation import UnitCited, cite_unit
from maillage.observatory.places import centre, unit_centres
from maillage.territory.geography import FloatArray, IntArray
from maillage.territory.perimeter import Perimeter
from maillage.territory.units import COMMUNE, unit_id, unit_index

Point = tuple[float, float]


@dataclass(frozen=True)
class End:
    """One end of a line; ``at`` is in degrees, None where the place is unknown."""

    id: str
    name: str
    at: Point | None


@dataclass(frozen=True)
class Line:
    """One flow. ``value`` is None where secrecy hides it."""

    origin: End
    destination: End
    value: float | None
    precision: Precision
    secrecy: Secrecy


@dataclass(frozen=True)
class MeshLines:
    """Every exchange between two units of a mesh, by decreasing weight; positions are of cells."""

    edition: Edition
    meta: FlowMeta
    unit: UnitCited
    mesh: str
    rows: PartnerRows
    origin: IntArray
    destination: IntArray
    cell: IntArray

    @property
    def weight(self) -> FloatArray:
        return self.rows.sums.weight[self.cell]

    @property
    def places(self) -> FloatArray:
        """Longitude and latitude of each unit, (units, 2); NaN where unknown."""
        return unit_centres(self.edition, self.mesh)

    def end(self, unit: int) -> End:
        geography = self.edition.geography
        mesh = geography.mesh(self.mesh)
        lon, lat = self.places[unit].tolist()
        return End(unit_id(geography, mesh, unit), mesh.names[unit], _known(lon, lat))

    def line(self, row: int) -> Line:
        found = self.rows.sums.at(int(self.cell[row]))
        rule = secrecy_rule(self.edition, self.meta)
        hidden = bool(found.hidden) and not found.weight
        return Line(
            origin=self.end(int(self.origin[row])),
            destination=self.end(int(self.destination[row])),
            value=None if hidden else found.weight,
            precision=precision(found, self.meta),
            secrecy=secrecy(found, rule, self.meta.unit),
        )


def mesh_lines(edition: Edition, flow: str, year: int | None, mesh: str) -> MeshLines:
    """NotFoundError: see ``asked``. InputError for a mesh whose units have no line of their own."""
    meta = flow_meta(edition, flow, year)
    if mesh == COMMUNE or partners_asked(edition, _country(edition), mesh).level != mesh:
        raise _too_fine(mesh)
    return _mesh_lines(edition, meta.flow, meta.year, mesh)


@lru_cache(maxsize=8)
def _mesh_lines(edition: Edition, flow: str, year: int, mesh: str) -> MeshLines:
    try:
        rows = edition.mesh_flow(flow, year, mesh).outgoing
    except KeyError as error:
        told = f"Ce millésime ne garde pas les flux de la maille « {mesh} »."
        raise NotFoundError(told) from error
    n_units = len(edition.geography.mesh(mesh).codes)
    origin = np.repeat(np.arange(n_units, dtype=np.int32), np.diff(rows.start))
    cells = np.flatnonzero((rows.partner < n_units) & (rows.partner != origin))
    order = cells[np.argsort(-rows.sums.weight[cells], kind="stable")].astype(np.int32)
    meta = edition.meta(flow, year)
    return MeshLines(
        edition=edition,
        meta=meta,
        unit=cite_unit(edition, meta),
        mesh=mesh,
        rows=rows,
        origin=origin[order],
        destination=rows.partner[order],
        cell=order,
    )


def territory_lines(
    edition: Edition, flow: str, perimeter: Perimeter, year: int | None, mesh: str | None
) -> tuple[Line, ...]:
    """What a territory sends to each other one and receives from it, by decreasing value."""
    balance = territory_balance(edition, flow, perimeter, year=year, mesh=mesh)
    here = End(perimeter.id, perimeter.name, _at(edition, perimeter.communes))
    index = unit_index(edition.geography)
    lines = []
    for partner in balance.partners:
        unit = index.named(partner.id) if partner.kind is PartnerKind.TERRITORY else None
        if unit is None:
            continue
        there = End(partner.id, partner.name, _at(edition, unit.communes))
        for way, ends in (("outgoing", (here, there)), ("incoming", (there, here))):
            value = getattr(partner, way)
            if value or getattr(partner.secrecy, way).hidden_cells:
                told = getattr(partner.precision, way), getattr(partner.secrecy, way)
                lines.append(Line(*ends, value, *told))
    return tuple(sorted(lines, key=lambda line: -(line.value or 0)))


def _country(edition: Edition) -> Perimeter:
    return Perimeter.of(edition.geography, range(edition.geography.n_communes))


def _at(edition: Edition, communes: IntArray) -> Point | None:
    return _known(*centre(edition.geography, communes))


def _known(lon: float, lat: float) -> Point | None:
    return None if np.isnan(lon) or np.isnan(lat) else (lon, lat)


def _too_fine(mesh: str) -> InputError:
    return InputError(
        problem="les lignes de cette maille ne se demandent pas toutes à la fois.",
        remedy="choisissez « epci » ou « departement », ou un territoire par « territory ».",
        column="mesh",
        value=mesh,
    )
