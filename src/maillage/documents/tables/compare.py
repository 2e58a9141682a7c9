"""« compare » as a table: a row an indicator and territory, and the group of the first."""

from collections.abc import Iterator

from maillage.documents.tables.facts import FICTIONAL, source_facts, universe_facts
from maillage.documents.tables.names import stem
from maillage.documents.tables.values import Column, Fact, Kind, Measure, Row, Table, Workbook
from maillage.engine.edition import Edition
from maillage.observatory.answers.compare import ComparedRow, Comparison

COLUMNS = (
    Column("indicator_id", "Code de l’indicateur", Kind.CODE),
    Column("indicator", "Indicateur", short=True),
    Column("territory", "Code", Kind.CODE),
    Column("name", "Territoire", short=True),
    Column("value", "Valeur", Kind.NUMBER, short=True),
    Column("unit", "Unité", short=True),
    Column("status", "État", short=True),
    Column("grade", "Précision"),
    Column("year", "Année", Kind.YEAR, short=True),
    Column("median", "Médiane du groupe", Kind.NUMBER, short=True),
    Column("q1", "Premier quartile", Kind.NUMBER),
    Column("q3", "Troisième quartile", Kind.NUMBER),
    Column("below", "Du groupe, au-dessous", Kind.NUMBER),
    Column("count", "Groupe, nombre", Kind.NUMBER),
    Column("group", "Groupe"),
    Column("note", "À savoir"),
)


def comparison_workbook(answer: Comparison, edition: Edition) -> Workbook:
    """Territories in the order of the page, under each indicator."""
    names = ", ".join(territory.name for territory in answer.territories)
    rows = tuple(row for found in answer.rows for row in _rows(found, answer))
    title = f"Comparaison : {answer.title.lower()}"
    refused = " ".join(text for text in answer.refusals if text)
    first = answer.territories[0].id if answer.territories else ""
    return Workbook(
        stem=stem("comparaison", first, answer.year or ""),
        title=title,
        tables=(Table("comparison", title, COLUMNS, rows),),
        facts=(
            Fact("geography", "Géographie", f"communes au 1er janvier {answer.cog}", repeated=True),
            *(() if answer.universe is None else universe_facts(answer.universe)),
            *(() if answer.source is None else source_facts(answer.source)),
        ),
        notes=tuple(text for text in (refused, answer.why_alone) if text),
    ).told(
        Fact("territories", "Territoires", names),
        Fact("alone", "Groupe", answer.why_alone),
        Fact("refusal", "Ce qui manque", refused),
        *_edition_facts(answer),
    )


def _edition_facts(answer: Comparison) -> tuple[Fact, ...]:
    """Those that no source file tells: stocks come from several."""
    if answer.source is not None:
        return ()
    return (
        Fact("status", "Statut", FICTIONAL if answer.fictional else "", repeated=True),
        Fact("edition", "Millésime de Maillage", answer.edition, repeated=True),
    )


def _rows(found: ComparedRow, answer: Comparison) -> Iterator[Row]:
    spread = found.spread
    for number, territory in enumerate(answer.territories):
        shown = found.values[number]
        three = (spread.median, spread.q1, spread.q3) if spread else (None, None, None)
        yield (
            found.id,
            found.title,
            territory.id,
            territory.name,
            Measure(shown.value, found.unit, found.decimals),
            found.unit_label,
            shown.reason,
            shown.precision.grade,
            found.year,
            *(Measure(value, found.unit, found.decimals) for value in three),
            spread.below[number] if spread else None,
            spread.n if spread else None,
            spread.several if spread else "",
            found.note,
        )
