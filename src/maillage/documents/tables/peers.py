"""« peers » as a table: a row a territory alike, and what tells it apart most."""

from maillage.common.french import listing
from maillage.documents.tables.facts import FICTIONAL, territory_facts
from maillage.documents.tables.names import stem
from maillage.documents.tables.values import Cell, Column, Fact, Kind, Measure, Table, Workbook
from maillage.engine.edition import Edition
from maillage.observatory.answers.peers import Peer, Peers

COLUMNS = (
    Column("territory", "Code", Kind.CODE, short=True),
    Column("name", "Nom", short=True),
    Column("population", "Population", Kind.NUMBER, short=True),
    Column("distance", "Écart (0 à 1)", Kind.NUMBER, short=True),
    Column("driver", "Ce qui les sépare le plus", short=True),
    Column("kept", "Gardé par le lecteur"),
)


def peers_workbook(answer: Peers, edition: Edition) -> Workbook:
    """The territory itself first, then the nearest ones, with the variables of each."""
    titles = [variable.title for variable in answer.variables]
    values = tuple(
        Column(f"variable_{variable.id}", f"{variable.title} ({variable.unit_label})", Kind.NUMBER)
        for variable in answer.variables
    )
    left_out = listing(answer.left_out)
    title = f"{answer.territory.name} : territoires semblables, parmi {answer.candidates}"
    return Workbook(
        stem=stem("semblables", answer.territory.id, answer.cog),
        title=title,
        tables=(Table("peers", title, (*COLUMNS, *values), _rows(answer, titles)),),
        facts=(
            *territory_facts(answer.territory.name, answer.territory.id, answer.cog),
            Fact("edition", "Millésime de Maillage", answer.edition, repeated=True),
            *(Fact("variable", one.title, one.reason) for one in answer.variables),
        ),
        notes=(
            f"Variables : {listing(titles)}.",
            *([f"Sans données dans ce millésime : {left_out}."] * bool(left_out)),
        ),
    ).told(
        Fact("left_out", "Variables sans données", left_out),
        Fact("status", "Statut", edition_status(edition), repeated=True),
    )


def edition_status(edition: Edition) -> str:
    return FICTIONAL if edition.fictional else ""


def _rows(answer: Peers, titles: list[str]) -> tuple[tuple[Cell, ...], ...]:
    own = answer.territory
    here = tuple(variable.value for variable in answer.variables)
    first = (own.id, own.name, own.population, Measure(0.0, "", 3), "", "", *here)
    return (first, *(_row(peer, titles) for peer in answer.peers))


def _row(peer: Peer, titles: list[str]) -> tuple[Cell, ...]:
    return (
        peer.id,
        peer.name,
        peer.population,
        Measure(peer.distance, "", 3),
        _widest(peer, titles),
        "oui" if peer.pinned else "",
        *peer.values,
    )


def _widest(peer: Peer, titles: list[str]) -> str:
    known = [(share, title) for share, title in zip(peer.drivers, titles, strict=True) if share]
    return max(known)[1] if known else ""
