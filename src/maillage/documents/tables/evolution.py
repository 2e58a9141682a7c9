"""« evolution » as tables: a row a year, then the changes that may be read."""

from collections.abc import Iterator

from maillage.common.french import percent, signed
from maillage.documents.tables.facts import (
    amount,
    cited_notes,
    file_text,
    source_facts,
    territory_facts,
)
from maillage.documents.tables.names import stem
from maillage.documents.tables.values import Column, Fact, Kind, Measure, Row, Table, Workbook
from maillage.engine.edition import Edition
from maillage.observatory.answers.evolution import Change, Evolution, YearFigures

FIGURES = {"internal": "Stables", "outgoing": "Sortants", "incoming": "Entrants", "net": "Solde"}
BEYOND = {True: "", False: ", dans la marge d’erreur", None: ", marge d’erreur inconnue"}
CERTAIN = {True: "oui", False: "non", None: "inconnu"}
COLUMNS = (
    Column("year", "Année", Kind.YEAR, short=True),
    *(Column(key, label, Kind.NUMBER, short=True) for key, label in FIGURES.items()),
    *(
        Column(f"{key}_error", f"{label} : erreur type", Kind.NUMBER)
        for key, label in FIGURES.items()
    ),
    Column("unit", "Unité"),
    Column("universe", "Champ"),
    Column("source", "Source"),
)
CHANGE_COLUMNS = (
    Column("figure", "Chiffre"),
    Column("first", "De", Kind.YEAR),
    Column("last", "À", Kind.YEAR),
    Column("absolute", "Variation", Kind.NUMBER),
    Column("annual_rate", "Par an", Kind.NUMBER),
    Column("error", "Erreur type", Kind.NUMBER),
    Column("beyond_chance", "Au-delà de la marge d’erreur"),
    Column("reason", "Pourquoi ces années ne se comparent pas"),
)


def evolution_workbook(answer: Evolution, edition: Edition) -> Workbook:
    """Years ascending; what is not compared is a row with its reason."""
    card = edition.catalog.flows[answer.flow]
    title = f"{answer.territory.name} : évolution, {card.title.lower()}"
    changes = (*map(_change_row, answer.changes), *_not_compared(answer))
    newest = answer.years[-1].source if answer.years else None
    return Workbook(
        stem=stem(f"evolution-{card.slug}", answer.territory.id),
        title=title,
        tables=(
            Table("years", title, COLUMNS, tuple(_year(y, answer) for y in answer.years)),
            Table("changes", "Évolutions", CHANGE_COLUMNS, changes),
        ),
        facts=(
            *territory_facts(answer.territory.name, answer.territory.id, answer.cog),
            Fact("flow", "Flux", card.title, repeated=True),
            *(fact for fact in (source_facts(newest) if newest else ()) if fact.key in _COMMON),
        ),
        notes=tuple(_notes(answer)),
    )


_COMMON = {"licence", "status", "edition", "caveat"}


def _year(year: YearFigures, answer: Evolution) -> Row:
    errors = (getattr(year.precision, key).standard_error for key in FIGURES)
    return (
        year.year,
        *(amount(getattr(year, key), answer.unit) for key in FIGURES),
        *errors,
        answer.unit.label,
        year.universe.label,
        " ; ".join(map(file_text, year.source.files)),
    )


def _change_row(change: Change) -> Row:
    return (
        FIGURES[change.figure],
        change.first,
        change.last,
        change.absolute,
        Measure(change.annual_rate, "share", 2),
        change.standard_error,
        CERTAIN[change.beyond_chance],
        "",
    )


def _not_compared(answer: Evolution) -> Iterator[Row]:
    for no in answer.not_compared:
        yield ("", no.first, no.last, None, None, None, "", no.reason)


def _notes(answer: Evolution) -> Iterator[str]:
    yield f"Unité : {answer.unit.label}, géographie {answer.cog}."
    yield from map(_change, answer.changes)
    yield from (f"{no.first} et {no.last} : {no.reason}" for no in answer.not_compared)
    for year in answer.years:
        yield from cited_notes(None, year.source)


def _change(change: Change) -> str:
    rate = change.annual_rate
    each_year = "" if rate is None else f", soit {percent(rate)} par an"
    return (
        f"{FIGURES[change.figure]}, de {change.first} à {change.last} : "
        f"{signed(change.absolute)}{each_year}{BEYOND[change.beyond_chance]}."
    )
