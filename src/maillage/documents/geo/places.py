"""Several territories as layers: the first one, the others with what is told of them, the ground.

For pages that compare or bring together rather than count flows: no line, a surface each.
"""

from collections.abc import Sequence

from maillage.documents.geo.layers import (
    PLACES,
    TERRITORY,
    Atlas,
    Layer,
    ground,
    shapes_of,
)
from maillage.documents.geo.reference import reference_at
from maillage.documents.geo.shapes import contour_of, middle_of
from maillage.documents.tables.values import Column, Kind, Row, Table, Workbook
from maillage.engine.edition import Edition
from maillage.observatory.composition import population
from maillage.territory.perimeter import Perimeter

COLUMNS = (
    Column("territory", "Identifiant", Kind.CODE),
    Column("name", "Nom"),
    Column("population", "Population", Kind.NUMBER),
)


def places_atlas(
    workbook: Workbook,
    edition: Edition,
    here: Perimeter,
    others: Sequence[Perimeter],
    told: Table | None = None,
) -> Atlas:
    """``told`` has a row for each of ``others``, in their order; without it, only their names and
    their inhabitants. What has no contour is there without a shape."""
    rows = tuple(_row(edition, one) for one in others)
    table = told or Table(PLACES, "Territoires", COLUMNS, rows)
    shapes = [contour_of(edition, one) for one in others]
    repeated = [fact for fact in workbook.facts if fact.repeated and fact.key not in _OWN]
    own = Table(
        TERRITORY,
        "Territoire",
        (*COLUMNS, *(Column(fact.key, fact.label) for fact in repeated)),
        ((*_row(edition, here), *(fact.value for fact in repeated)),),
    )
    contour = contour_of(edition, here)
    known = {str(row): shape for row, shape in enumerate(shapes) if shape is not None}
    level = next((one.level for one in others if one.level in _GROUNDS), "epci")
    layers = (
        ground(edition, level, contour, known),
        Layer(PLACES, "MultiPolygon", table, shapes_of(shapes)),
        Layer(TERRITORY, "MultiPolygon", own, shapes_of([contour])),
    )
    return Atlas(workbook, layers, reference_at(*middle_of(edition, here)))


_OWN = {"territory", "territory_id", "population", "name"}
_GROUNDS = ("epci", "departement", "region")


def _row(edition: Edition, place: Perimeter) -> Row:
    return (place.id, place.name, population(edition, place.communes))
