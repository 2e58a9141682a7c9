"""« cooperation » as a table: a row a neighbour, and the quadrant it falls in."""

from maillage.common.french import listing, number
from maillage.documents.tables.facts import answer_facts, cited_notes
from maillage.documents.tables.names import stem
from maillage.documents.tables.values import Cell, Column, Fact, Kind, Measure, Table, Workbook
from maillage.engine.edition import Edition
from maillage.observatory.answers.cooperation import Cooperation, CooperationPartner

COLUMNS = (
    Column("territory", "Code", Kind.CODE, short=True),
    Column("name", "Nom", short=True),
    Column("distance_km", "Distance (km)", Kind.NUMBER, short=True),
    Column("link", "Lien", Kind.NUMBER, short=True),
    Column("complementarity", "Complémentarité", Kind.NUMBER, short=True),
    Column("quadrant", "Lecture", short=True),
    Column("outgoing", "Sortants", Kind.NUMBER),
    Column("outgoing_grade", "Précision des sortants"),
    Column("incoming", "Entrants", Kind.NUMBER),
    Column("incoming_grade", "Précision des entrants"),
    Column("link_error", "Erreur type du lien", Kind.NUMBER),
    Column("unmeasured", "Pourquoi la précision du lien manque"),
    Column("beyond_chance", "Lien hors du hasard"),
    Column("to_partner", "Part de ses besoins que nous pourrions couvrir", Kind.NUMBER),
    Column("from_partner", "Part de nos besoins qu’il pourrait couvrir", Kind.NUMBER),
    Column("reciprocity", "Réciprocité", Kind.NUMBER),
)


def cooperation_workbook(answer: Cooperation, edition: Edition) -> Workbook:
    """Partners by quadrant then by link, as the answer orders them."""
    card = edition.catalog.flows[answer.flow]
    title = f"{answer.territory.name} : avec qui coopérer, {card.title.lower()}, {answer.year}"
    themes = listing([theme.title for theme in answer.themes])
    missing = [text for text in (answer.no_link, answer.note, answer.missing) if text]
    notes = [answer.reading, f"Rayon : {number(answer.radius_km)} km.", *missing]
    notes += [f"Thèmes : {themes}."] * bool(themes)
    facts = answer_facts(
        answer.territory.name, answer.territory.id, answer.cog, answer.universe, answer.source
    )
    return Workbook(
        stem=stem("cooperer", answer.territory.id, answer.year),
        title=title,
        tables=(Table("partners", title, COLUMNS, tuple(map(_row, answer.partners))),),
        facts=facts,
        notes=(*notes, *cited_notes(answer.universe, answer.source)),
    ).told(
        Fact("flow", "Flux dont le lien est tiré", card.title, repeated=True),
        Fact("year", "Année du flux", str(answer.year), repeated=True),
        Fact("radius", "Rayon", f"{number(answer.radius_km)} km"),
        Fact("themes", "Thèmes pesés", themes),
        Fact("reading", "Lecture", answer.reading),
        Fact("precision", "Précision des complémentarités", answer.complement_precision.why_label),
        Fact("missing", "Ce qui manque", " ".join(missing)),
    )


def _row(partner: CooperationPartner) -> tuple[Cell, ...]:
    return (
        partner.id,
        partner.name,
        partner.distance_km,
        Measure(partner.link, "", 3),
        Measure(partner.complementarity, "share"),
        partner.quadrant_label,
        partner.outgoing,
        partner.precision.outgoing.grade,
        partner.incoming,
        partner.precision.incoming.grade,
        partner.link_precision.standard_error,
        partner.link_precision.why_label,
        "oui" if partner.beyond_chance else "",
        Measure(partner.to_partner, "share"),
        Measure(partner.from_partner, "share"),
        Measure(partner.reciprocity, "share"),
    )
