"""One flow of a territory as layers: itself, its partners, the lines of its flows, what is
around.

Fields keep the keys of the tables. ``flux`` has a row for each partner and direction that has a
flow or hides one, even when no place is known for it: nothing is lost on the way to a map.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from maillage.documents.geo.reference import reference_at
from maillage.documents.geo.shapes import Shapes, contour_of, contours_of, middle_of, middles_of
from maillage.documents.tables.flow import flow_workbook
from maillage.documents.tables.values import Column, Fact, Kind, Table, Workbook, plain
from maillage.engine.edition import Edition
from maillage.engine.partners import PartnerKind
from maillage.observatory.answers.balance import Balance
from maillage.observatory.answers.flow import Flow
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import Perimeter
from maillage.territory.units import COMMUNE

TERRITORY, PARTNERS, FLOWS, AROUND = "territoire", "partenaires", "flux", "alentours"
PLACES = "territoires"  # of pages on several of them, instead of partners and flows
WIDEST_MM, NARROWEST_MM = 6.0, 0.15
MARGIN = 0.25  # of the size of what is drawn, added around it
#: Units around, of the mesh of the partners or else of coarser ones.
COARSER = ("epci", "departement", "region")
MOST_AROUND = 1500
WAYS = (("outgoing", "sortants"), ("incoming", "entrants"))


@dataclass(frozen=True, eq=False)
class Layer:
    """Rows with a shape each, in degrees, None where there is no place. ``geometry`` is
    ``MultiPolygon`` or ``LineString``."""

    name: str
    geometry: str
    table: Table
    shapes: np.ndarray


@dataclass(frozen=True, eq=False)
class Atlas:
    """The layers of one answer, from the lowest to the highest, and the plane that suits them."""

    workbook: Workbook
    layers: tuple[Layer, ...]
    reference: int

    def layer(self, name: str) -> Layer:
        return next(layer for layer in self.layers if layer.name == name)


def flow_atlas(
    flow: Flow, edition: Edition, perimeter: Perimeter, facts: tuple[Fact, ...] = ()
) -> Atlas:
    """The layers of an answer. What has no contour is there without a shape."""
    workbook, answer = flow_workbook(flow, edition).told(*facts), flow.balance
    codes = [p.code for p in answer.partners if p.kind is PartnerKind.TERRITORY]
    contours = contours_of(edition, answer.mesh, codes)
    here, middle = contour_of(edition, perimeter), middle_of(edition, perimeter)
    partners = _partners(workbook.main, contours)
    flows = _flows(workbook.main, middle, middles_of(edition, answer.mesh, codes))
    territory = _territory(answer, workbook, here)
    layers = (ground(edition, answer.mesh, here, contours), partners, territory, flows)
    return Atlas(workbook, layers, reference_at(*middle))


def _partners(main: Table, contours: Shapes) -> Layer:
    keys = {column.key: number for number, column in enumerate(main.columns)}
    volume = Column("volume", "Échanges dans les deux sens", Kind.NUMBER)
    rows = tuple((*row, _sum(row[keys["outgoing"]], row[keys["incoming"]])) for row in main.rows)
    shapes = shapes_of([contours.get(str(row[keys["partner"]])) for row in main.rows])
    table = Table(PARTNERS, "Partenaires", (*main.columns, volume), rows)
    return Layer(PARTNERS, "MultiPolygon", table, shapes)


def _sum(*cells: object) -> float | None:
    """Of what is known; None when nothing is."""
    known = [value for cell in cells if isinstance(value := plain(cell), int | float)]  # type: ignore[arg-type]
    return float(sum(known)) if known else None


def _flows(main: Table, here: FloatArray, middles: dict[str, FloatArray]) -> Layer:
    keys = {column.key: number for number, column in enumerate(main.columns)}
    lines = [
        (row, key, way, plain(row[keys[key]]), str(row[keys["partner"]]))
        for row in main.rows
        for key, way in WAYS
        if plain(row[keys[key]]) != 0
    ]
    largest = max((v for *_, v, _ in lines if isinstance(v, float)), default=1.0)
    columns = (
        *(Column(key, label) for key, label in (("partner", "Partenaire"), ("name", "Nom"))),
        Column("way", "Sens"),
        Column("volume", "Volume", Kind.NUMBER),
        Column("width_mm", "Largeur (mm)", Kind.NUMBER),
        *(Column(key, label) for key, label in (("status", "État"), ("grade", "Précision"))),
        *(Column(key, label) for key, label in (("unit", "Unité"), ("flow", "Flux"))),
        Column("year", "Année", Kind.YEAR),
    )
    rows = tuple(
        (
            code,
            row[keys["name"]],
            way,
            value,
            _width(value, largest),
            *(row[keys[f"{key}_{told}"]] for told in ("status", "grade")),
            *(row[keys[told]] for told in ("unit", "flow", "year")),
        )
        for row, key, way, value, code in lines
    )
    shapes = shapes_of([_line(here, middles.get(code), key) for _, key, _, _, code in lines])
    return Layer(FLOWS, "LineString", Table(FLOWS, "Flux", columns, rows), shapes)


def _width(value: object, largest: float) -> float | None:
    """None for a flow that is hidden: no line is better than a line of a wrong width."""
    if not isinstance(value, int | float):
        return None
    return round(max(WIDEST_MM * value / largest, NARROWEST_MM), 3)


def _line(here: FloatArray, there: FloatArray | None, key: str) -> shapely.Geometry | None:
    """From where people leave to where they go."""
    if there is None or np.isnan(here).any():
        return None
    return shapely.linestrings([here, there] if key == "outgoing" else [there, here])


def _territory(answer: Balance, workbook: Workbook, here: shapely.Geometry | None) -> Layer:
    facts = [fact for fact in workbook.facts if fact.repeated and fact.key not in _OWN]
    figures = ("internal", "outgoing", "incoming", "net")
    labels = ("Stables", "Sortants", "Entrants", "Solde")
    columns = (
        Column("territory", "Identifiant", Kind.CODE),
        Column("name", "Nom"),
        *(Column(*pair, Kind.NUMBER) for pair in zip(figures, labels, strict=True)),
        Column("unit", "Unité"),
        Column("year", "Année", Kind.YEAR),
        *(Column(fact.key, fact.label) for fact in facts),
    )
    row = (
        answer.territory,
        answer.territory_name,
        *(getattr(answer, figure) for figure in figures),
        answer.unit.label,
        answer.year,
        *(fact.value for fact in facts),
    )
    table = Table(TERRITORY, "Territoire", columns, (row,))
    return Layer(TERRITORY, "MultiPolygon", table, shapes_of([here]))


_OWN = {"territory", "territory_id"}


def ground(
    edition: Edition,
    level: str,
    here: shapely.Geometry | None,
    contours: Shapes,
) -> Layer:
    """Units in sight that are no partner, so that the map has a ground."""
    columns = (Column("code", "Code", Kind.CODE), Column("name", "Nom"))
    found = list(_in_sight(edition, level, here, contours))
    rows = tuple((code, name) for code, name, _ in found)
    table = Table(AROUND, "Alentours", columns, rows)
    return Layer(AROUND, "MultiPolygon", table, shapes_of([shape for *_, shape in found]))


def _in_sight(
    edition: Edition,
    level: str,
    here: shapely.Geometry | None,
    contours: Shapes,
) -> Iterator[tuple[str, str, shapely.Geometry]]:
    drawn = [shape for shape in (here, *contours.values()) if shape is not None]
    if not drawn:
        return
    west, south, east, north = shapely.total_bounds(shapes_of(drawn))
    margin = MARGIN * max(east - west, north - south)
    window = shapely.box(west - margin, south - margin, east + margin, north + margin)
    for known in (level, *COARSER):
        if known == COMMUNE or known not in edition.manifest["geometry"]:
            continue
        mesh = edition.geography.mesh(known)
        units = contours_of(edition, known, list(mesh.codes))
        seen = {code: shape for code, shape in units.items() if shapely.intersects(shape, window)}
        if len(seen) <= MOST_AROUND:
            for code, shape in seen.items():
                yield code, mesh.names[mesh.index[code]], shape
            return


def shapes_of(shapes: list[shapely.Geometry | None]) -> np.ndarray:
    found = np.full(len(shapes), None, dtype=object)
    found[:] = shapes
    return found
