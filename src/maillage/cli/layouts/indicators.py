"""« indicators » as a table: a line an indicator, and what comparable territories show."""

from collections.abc import Iterator

from maillage.cli.layouts.citation import source_notes, universe_notes
from maillage.cli.tables import Measure, Sheet
from maillage.common.french import measure
from maillage.engine.edition import Edition
from maillage.observatory.answers.indicators import IndicatorFigure, Indicators


def indicators_sheet(answer: Indicators, edition: Edition) -> Sheet:
    """Every figure with the median of its group; those the edition lacks stand below."""
    card = edition.catalog.flows[answer.flow]
    return Sheet(
        title=f"{answer.territory.name} : indicateurs, {card.title.lower()}, {answer.year}",
        headings=("Indicateur", "Valeur", "Unité", "Précision", "Médiane", "Groupe", "n"),
        rows=[
            (
                figure.title,
                Measure(figure.value, figure.label or _text(figure, figure.value)),
                figure.unit_label,
                (figure.precision.grade or "") if figure.precision else "",
                *_reference(figure),
            )
            for figure in answer.figures
        ],
        notes=tuple(_notes(answer)),
    )


def _reference(figure: IndicatorFigure) -> tuple[Measure, str, str]:
    found = figure.benchmark
    if found is None:
        return Measure(None, ""), "", ""
    return Measure(found.median, _text(figure, found.median)), found.group, str(found.n)


def _text(figure: IndicatorFigure, value: float) -> str:
    return measure(value, figure.unit, figure.decimals)


def _notes(answer: Indicators) -> Iterator[str]:
    yield from (text for text in (answer.refusal, answer.note) if text)
    if answer.divided_by:
        yield f"Taux rapportés à : {answer.divided_by.title}, {answer.divided_by.year}."
    yield from (f"{missing.title} : {missing.reason}" for missing in answer.missing)
    yield from universe_notes(answer.universe)
    yield from source_notes(answer.source)
