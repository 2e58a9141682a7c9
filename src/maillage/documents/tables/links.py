"""« links » as a table: a row a partner and indicator of the tie."""

from maillage.documents.tables.facts import answer_facts, cited_notes
from maillage.documents.tables.names import stem
from maillage.documents.tables.values import Column, Fact, Kind, Measure, Table, Workbook
from maillage.engine.edition import Edition
from maillage.observatory.answers.links import Links

COLUMNS = (
    Column("partner", "Code", Kind.CODE, short=True),
    Column("name", "Partenaire", short=True),
    Column("indicator_id", "Code de l’indicateur", Kind.CODE),
    Column("indicator", "Indicateur", short=True),
    Column("value", "Valeur", Kind.NUMBER, short=True),
    Column("unit", "Unité", short=True),
    Column("grade", "Précision", short=True),
    Column("error", "Erreur type", Kind.NUMBER),
    Column("unmeasured", "Pourquoi la précision manque"),
    Column("flow", "Flux"),
    Column("year", "Année", Kind.YEAR),
)


def links_workbook(answer: Links, edition: Edition) -> Workbook:
    """Partners most linked first; how to read each indicator is on its page."""
    card = edition.catalog.flows[answer.flow]
    title = f"{answer.territory.name} : liens, {card.title.lower()}, {answer.year}"
    rows = tuple(
        (
            link.code,
            link.name,
            told.id,
            told.title,
            Measure(value, told.unit, told.decimals),
            told.unit_label,
            precision.grade,
            Measure(precision.standard_error, told.unit, told.decimals),
            precision.why_label,
            card.title,
            answer.year,
        )
        for link in answer.links
        for told, value, precision in zip(
            answer.indicators, link.values, link.precision, strict=True
        )
    )
    facts = answer_facts(
        answer.territory.name, answer.territory.id, answer.cog, answer.universe, answer.source
    )
    notes = [note for note in (answer.refusal, answer.note) if note]
    return Workbook(
        stem=stem(f"liens-{card.slug}", answer.territory.id, answer.year),
        title=title,
        tables=(Table("links", title, COLUMNS, rows),),
        facts=facts,
        notes=(*notes, *cited_notes(answer.universe, answer.source)),
    ).told(
        *(Fact("reading", told.title, told.reading) for told in answer.indicators),
        Fact("note", "Ce qui manque", " ".join(notes)),
    )
