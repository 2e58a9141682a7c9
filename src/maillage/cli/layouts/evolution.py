"""« evolution » as a table: a line a year, and the changes that may be read."""

from collections.abc import Iterator

from maillage.cli.layouts.citation import amount, source_notes
from maillage.cli.tables import Sheet
from maillage.common.french import percent, signed
from maillage.engine.edition import Edition
from maillage.observatory.answers.evolution import Change, Evolution, YearFigures

FIGURES = {"internal": "Reste", "outgoing": "Sorties", "incoming": "Entrées", "net": "Solde"}
BEYOND = {True: "", False: ", dans la marge d’erreur", None: ", marge d’erreur inconnue"}


def evolution_sheet(answer: Evolution, edition: Edition) -> Sheet:
    """Years ascending; what is not compared stands below with its reason."""
    card = edition.catalog.flows[answer.flow]
    return Sheet(
        title=f"{answer.territory.name} : évolution, {card.title.lower()}",
        headings=("Année", "Reste", "Sorties", "Entrées", "Solde"),
        rows=[
            (str(year.year), *(amount(figure, answer.unit) for figure in _figures(year)))
            for year in answer.years
        ],
        notes=tuple(_notes(answer)),
    )


def _figures(year: YearFigures) -> tuple[float | None, ...]:
    return year.internal, year.outgoing, year.incoming, year.net


def _notes(answer: Evolution) -> Iterator[str]:
    yield f"Unité : {answer.unit.label}, géographie {answer.cog}."
    yield from map(_change, answer.changes)
    yield from (f"{no.first} et {no.last} : {no.reason}" for no in answer.not_compared)
    for year in answer.years:
        yield from source_notes(year.source)


def _change(change: Change) -> str:
    rate = change.annual_rate
    each_year = "" if rate is None else f", soit {percent(rate)} par an"
    return (
        f"{FIGURES[change.figure]}, de {change.first} à {change.last} : "
        f"{signed(change.absolute)}{each_year}{BEYOND[change.beyond_chance]}."
    )
