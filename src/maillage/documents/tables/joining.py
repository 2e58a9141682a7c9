"""« joining » as a table: the territory alone, then a row a neighbour that joins those above."""

from collections.abc import Iterator

from maillage.common.french import number
from maillage.documents.tables.facts import territory_facts
from maillage.documents.tables.names import stem
from maillage.documents.tables.peers import edition_status
from maillage.documents.tables.supply_need import THEORETICAL
from maillage.documents.tables.values import Column, Fact, Kind, Measure, Row, Table, Workbook
from maillage.engine.edition import Edition
from maillage.observatory.answers.joining import Joining

COLUMNS = (
    Column("step", "Étape", Kind.NUMBER, short=True),
    Column("territory", "Code", Kind.CODE, short=True),
    Column("name", "Association", short=True),
    Column("distance_km", "Distance (km)", Kind.NUMBER, short=True),
    Column("apart", "Chacun de son côté", Kind.NUMBER, short=True),
    Column("together", "Réunis", Kind.NUMBER, short=True),
    Column("gain", "Gain de cette étape", Kind.NUMBER, short=True),
    Column("theme", "Thème"),
)


def joining_workbook(answer: Joining, edition: Edition) -> Workbook:
    """Each row adds its neighbour to all the rows above it."""
    territory = answer.territory
    title = f"{territory.name} : besoin couvert en s’associant, {answer.title.lower()}"
    radius = f"{number(answer.radius_km)} km"
    near = f"{answer.candidates} à moins de {radius}, aux quantités connues"
    return Workbook(
        stem=stem(f"association-{answer.theme}", territory.id, edition.geography.cog),
        title=title,
        tables=(Table("joining", title, COLUMNS, tuple(_rows(answer))),),
        facts=territory_facts(territory.name, territory.id, edition.geography.cog),
        notes=(*[answer.missing] * bool(answer.missing), f"Voisins : {near}.", THEORETICAL),
    ).told(
        Fact("radius", "Rayon", radius),
        Fact("candidates", "Voisins possibles", near),
        Fact("missing", "Ce qui manque", answer.missing),
        Fact("warning", "Avertissement", THEORETICAL, repeated=True),
        Fact("status", "Statut", edition_status(edition), repeated=True),
        Fact("edition", "Millésime de Maillage", edition.id, repeated=True),
    )


def _rows(answer: Joining) -> Iterator[Row]:
    first, alone = answer.territory, Measure(answer.alone, "share")
    yield (0, first.id, first.name, None, alone, alone, None, answer.title)
    for step, joined in enumerate(answer.steps, 1):
        shares = (joined.apart, joined.together, joined.gain)
        told = (Measure(share, "share") for share in shares)
        yield (step, joined.id, joined.name, joined.distance_km, *told, answer.title)
