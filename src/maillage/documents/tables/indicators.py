"""« indicators » as a table: a row an indicator, and what comparable territories show."""

from collections.abc import Iterator

from maillage.documents.tables.facts import answer_facts, cited_notes
from maillage.documents.tables.names import stem
from maillage.documents.tables.values import (
    Cell,
    Column,
    Fact,
    Kind,
    Measure,
    Row,
    Table,
    Workbook,
)
from maillage.engine.edition import Edition
from maillage.observatory.answers.indicators import Breakdown, IndicatorFigure, Indicators

COLUMNS = (
    Column("indicator_id", "Code", Kind.CODE),
    Column("indicator", "Indicateur", short=True),
    Column("value", "Valeur", Kind.NUMBER, short=True),
    Column("label", "Lecture du code"),
    Column("unit", "Unité", short=True),
    Column("grade", "Précision", short=True),
    Column("error", "Erreur type", Kind.NUMBER),
    Column("unmeasured", "Pourquoi la précision manque"),
    Column("median", "Médiane", Kind.NUMBER, short=True),
    Column("group", "Groupe", short=True),
    Column("count", "n", Kind.NUMBER, short=True),
    Column("q1", "Premier quartile", Kind.NUMBER),
    Column("q3", "Troisième quartile", Kind.NUMBER),
    Column("rank", "Part du groupe au-dessous", Kind.NUMBER),
    Column("formula", "Formule"),
    Column("reference", "Référence"),
    Column("missing", "Pourquoi la valeur manque"),
    Column("flow", "Flux"),
    Column("year", "Année", Kind.YEAR),
)
BREAKDOWN_COLUMNS = (
    Column("dimension", "Dimension"),
    Column("category", "Code", Kind.CODE),
    Column("label", "Catégorie"),
    Column("internal", "Stables", Kind.NUMBER),
    Column("outgoing", "Sortants", Kind.NUMBER),
    Column("incoming", "Entrants", Kind.NUMBER),
    Column("unit", "Unité"),
)


def indicators_workbook(answer: Indicators, edition: Edition) -> Workbook:
    """Every figure with the median of its group, then those the edition lacks, with the reason."""
    card = edition.catalog.flows[answer.flow]
    title = f"{answer.territory.name} : indicateurs, {card.title.lower()}, {answer.year}"
    told = (card.title, answer.year)
    rows = [(*_row(figure), "", *told) for figure in answer.figures]
    rows += [(one.id, one.title, *(None,) * 14, one.reason, *told) for one in answer.missing]
    parts = tuple(row for one in answer.breakdowns for row in _parts(one, answer.unit.label))
    tables = (
        Table("indicators", title, COLUMNS, tuple(rows)),
        Table("breakdowns", "Par catégorie", BREAKDOWN_COLUMNS, parts),
    )
    facts = answer_facts(
        answer.territory.name, answer.territory.id, answer.cog, answer.universe, answer.source
    )
    divided = answer.divided_by
    rates = f"{divided.title}, {divided.year}" if divided else ""
    return Workbook(
        stem=stem(f"indicateurs-{card.slug}", answer.territory.id, answer.year),
        title=title,
        tables=tables if parts else tables[:1],
        facts=facts,
        notes=tuple(_notes(answer)),
    ).told(
        Fact("refusal", "Pourquoi il n’y a pas d’indicateur", answer.refusal),
        Fact("note", "Secret statistique", answer.note),
        Fact("divided_by", "Taux rapportés à", rates),
    )


def _row(figure: IndicatorFigure) -> tuple[Cell, ...]:
    precision, found = figure.precision, figure.benchmark
    shown = found and (_value(figure, found.median), found.group, found.n)
    spread = found and (_value(figure, found.q1), _value(figure, found.q3))
    return (
        figure.id,
        figure.title,
        Measure(figure.value, figure.unit, figure.decimals, figure.label),
        figure.label,
        figure.unit_label,
        precision.grade,
        precision.standard_error,
        precision.why_label,
        *(shown or (None,) * 3),
        *(spread or (None,) * 2),
        Measure(found.rank, "share") if found else None,
        figure.formula,
        figure.source,
    )


def _value(figure: IndicatorFigure, value: float) -> Measure:
    return Measure(value, figure.unit, figure.decimals)


def _parts(one: Breakdown, unit: str) -> Iterator[Row]:
    columns = (one.codes, one.labels, one.internal, one.outgoing, one.incoming)
    for code, label, *figures in zip(*columns, strict=True):
        yield (one.title, code, label, *figures, unit)


def _notes(answer: Indicators) -> Iterator[str]:
    yield from (text for text in (answer.refusal, answer.note) if text)
    if answer.divided_by:
        yield f"Taux rapportés à : {answer.divided_by.title}, {answer.divided_by.year}."
    yield from (f"{missing.title} : {missing.reason}" for missing in answer.missing)
    yield from cited_notes(answer.universe, answer.source)
