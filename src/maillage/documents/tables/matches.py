"""« matches » as a table: a row a theme, with whom our surplus and our need would meet best."""

from maillage.common.french import number
from maillage.documents.tables.facts import territory_facts
from maillage.documents.tables.names import stem
from maillage.documents.tables.peers import edition_status
from maillage.documents.tables.supply_need import THEORETICAL
from maillage.documents.tables.values import Column, Fact, Kind, Measure, Row, Table, Workbook
from maillage.engine.edition import Edition
from maillage.observatory.answers.matches import Best, Matches, ThemeMatch
from maillage.observatory.citation import level_label

COLUMNS = (
    Column("theme", "Thème", short=True),
    Column("receiving", "Code de qui répond le mieux à nos besoins", Kind.CODE),
    Column("receiving_name", "Qui répondrait le mieux à nos besoins", short=True),
    Column("receiving_share", "Part de nos besoins", Kind.NUMBER, short=True),
    Column("giving", "Code de celui à qui nous répondons le mieux", Kind.CODE),
    Column("giving_name", "À qui nous répondrions le mieux", short=True),
    Column("giving_share", "Part de ses besoins", Kind.NUMBER, short=True),
    Column("status", "État", short=True),
)
#: Why a theme has nobody: quantities unknown here, or nothing that would meet.
UNKNOWN, NOBODY = "ressource ou besoin inconnus ici", "aucun excédent ne répond à un manque"


def matches_workbook(answer: Matches, edition: Edition) -> Workbook:
    """Themes in catalogue order, then those whose quantities are unknown here."""
    territory = answer.territory
    title = f"{territory.name} : à qui apporter, de qui recevoir"
    known = tuple(map(_row, answer.themes))
    unknown = tuple((name, *(None,) * 6, UNKNOWN) for name in answer.missing)
    radius = f"{number(answer.radius_km)} km"
    return Workbook(
        stem=stem("apports", territory.id, edition.geography.cog),
        title=title,
        tables=(Table("matches", title, COLUMNS, (*known, *unknown)),),
        facts=territory_facts(territory.name, territory.id, edition.geography.cog),
        notes=(
            f"Voisins : {level_label(edition, answer.mesh).lower()}, à {radius} au plus.",
            THEORETICAL,
        ),
    ).told(
        Fact("radius", "Rayon", radius),
        Fact("warning", "Avertissement", THEORETICAL, repeated=True),
        Fact("status", "Statut", edition_status(edition), repeated=True),
        Fact("edition", "Millésime de Maillage", edition.id, repeated=True),
    )


def _row(theme: ThemeMatch) -> Row:
    both = (*_best(theme.receiving), *_best(theme.giving))
    return (theme.title, *both, "" if theme.receiving or theme.giving else NOBODY)


def _best(best: Best | None) -> Row:
    if best is None:
        return (None, None, Measure(None, "share"))
    return (best.id, best.name, Measure(best.share, "share"))
