"""« structure » as tables: a row a link, then the poles inside."""

from collections.abc import Iterator

from maillage.common.french import listing, number
from maillage.documents.tables.facts import amount, answer_facts, cited_notes
from maillage.documents.tables.names import stem
from maillage.documents.tables.values import Column, Fact, Kind, Measure, Row, Table, Workbook
from maillage.engine.edition import Edition
from maillage.observatory.answers.structure import Inside, Place, Structure

COLUMNS = (
    Column("partner", "Code", Kind.CODE, short=True),
    Column("name", "Partenaire", short=True),
    Column("way", "Sens", short=True),
    Column("weight", "Flux", Kind.NUMBER, short=True),
    Column("grade", "Précision", short=True),
    Column("expected", "Attendu", Kind.NUMBER, short=True),
    Column("residual", "Observé / attendu", Kind.NUMBER, short=True),
    Column("beyond_chance", "Hors du hasard", short=True),
    Column("p_value", "Probabilité au hasard", Kind.NUMBER),
    Column("error", "Erreur type", Kind.NUMBER),
    Column("unmeasured", "Pourquoi la précision manque"),
    Column("kept", "Gardé par l’analyse des liens multiples"),
    Column("unit", "Unité"),
    Column("year", "Année", Kind.YEAR),
)
POLE_COLUMNS = (
    Column("commune", "Code", Kind.CODE),
    Column("name", "Commune"),
    Column("received", "Reçoit des autres communes", Kind.NUMBER),
    Column("grade", "Précision"),
    Column("error", "Erreur type", Kind.NUMBER),
    Column("unmeasured", "Pourquoi la précision manque"),
    Column("role", "Rôle"),
)


def structure_workbook(answer: Structure, edition: Edition) -> Workbook:
    """Links as the answer orders them; « oui » where one stands out of chance."""
    card = edition.catalog.flows[answer.flow]
    title = f"{answer.territory.name} : structure, {card.title.lower()}, {answer.year}"
    tables = (
        Table("links", title, COLUMNS, tuple(_links(answer))),
        Table("poles", "Pôles à l’intérieur", POLE_COLUMNS, tuple(_poles(answer))),
    )
    notes = tuple(note for note in _notes(answer) if note)
    facts = answer_facts(
        answer.territory.name, answer.territory.id, answer.cog, answer.universe, answer.source
    )
    return Workbook(
        stem=stem(f"structure-{card.slug}", answer.territory.id, answer.year),
        title=title,
        tables=tables if answer.inside else tables[:1],
        facts=facts,
        notes=(*notes, *cited_notes(answer.universe, answer.source)),
    ).told(*(Fact("note", "Lecture", note) for note in notes))


def _links(answer: Structure) -> Iterator[Row]:
    for link in answer.place.links if answer.place else ():
        yield (
            link.partner.id,
            link.partner.name,
            "sortants" if link.outgoing else "entrants",
            amount(link.weight, answer.unit),
            link.precision.grade,
            amount(link.expected, answer.unit),
            Measure(link.residual, "", 2),
            "oui" if link.beyond_chance else "",
            Measure(link.p_value, "", 4),
            link.precision.standard_error,
            link.precision.why_label,
            "oui" if link.kept else "",
            answer.unit.label,
            answer.year,
        )


def _poles(answer: Structure) -> Iterator[Row]:
    for pole in answer.inside.poles if answer.inside else ():
        received = amount(pole.received, answer.unit)
        sure = (pole.precision.grade, pole.precision.standard_error, pole.precision.why_label)
        yield (pole.commune.id, pole.commune.name, received, *sure, pole.role)


def _notes(answer: Structure) -> Iterator[str]:
    yield from _place(answer.place) if answer.place else [answer.no_place]
    yield from _inside(answer.inside) if answer.inside else [answer.no_inside]
    yield f"Unité : {answer.unit.label}."


def _place(place: Place) -> Iterator[str]:
    yield f"Place parmi les territoires de même niveau : {place.role}."
    if place.dominant:
        yield f"Dominé par : {place.dominant.name}."
    if place.dominated:
        yield f"Domine : {listing([found.name for found in place.dominated])}."


def _inside(inside: Inside) -> Iterator[str]:
    poles = [f"{pole.commune.name} ({number(pole.received)})" for pole in inside.poles[:5]]
    if poles:
        yield f"Pôles à l’intérieur, et ce qu’ils reçoivent : {listing(poles)}."
