"""What the catalogue knows as tables: a row an indicator, a row a kind of source file."""

from collections.abc import Mapping, Sequence

from maillage.catalog.cards import IndicatorCard, SourceCard
from maillage.common.french import listing
from maillage.documents.tables.names import stem
from maillage.documents.tables.values import Column, Fact, Kind, Row, Table, Workbook
from maillage.engine.edition import Edition

INDICATORS = (
    Column("id", "Identifiant", Kind.CODE),
    Column("title", "Indicateur"),
    Column("family", "Famille"),
    Column("question", "Question"),
    Column("formula", "Formule"),
    Column("unit", "Unité"),
    Column("reading", "Se lit ainsi"),
    Column("source", "Définition"),
    Column("caveats", "À savoir"),
)
SOURCES = (
    Column("id", "Identifiant", Kind.CODE),
    Column("title", "Fichier"),
    Column("kind", "Usage"),
    Column("producer", "Producteur"),
    Column("licence", "Licence"),
    Column("page", "Page du producteur"),
    Column("years", "Millésimes lus"),
    Column("verified", "Éprouvé"),
    Column("excludes", "Hors du champ"),
    Column("caveats", "À savoir"),
)


def indicators_list(edition: Edition, families: Mapping[str, str]) -> Workbook:
    """``families`` are the French names, in the order of the page."""
    rank = list(families)
    cards = sorted(edition.catalog.indicators.values(), key=lambda card: rank.index(card.family))
    rows = tuple(_indicator(card, families) for card in cards)
    table = Table("indicators", "Indicateurs", INDICATORS, rows)
    return _workbook(edition, "methode", "Méthode : les indicateurs", table)


def _indicator(card: IndicatorCard, families: Mapping[str, str]) -> Row:
    told = (card.id, card.title, families[card.family], card.question, card.formula)
    return (*told, card.unit_label, card.reading, card.source, " ".join(card.caveats))


def sources_list(
    edition: Edition, kinds: Mapping[str, str], years: Mapping[str, Sequence[int]]
) -> Workbook:
    """``kinds`` are the French names, in the order of the page; ``years`` those read, by card."""
    rank = list(kinds)
    cards = sorted(edition.catalog.sources.values(), key=lambda card: rank.index(card.kind))
    rows = tuple(_source(card, kinds, years.get(card.id, ())) for card in cards)
    table = Table("sources", "Sources", SOURCES, rows)
    return _workbook(edition, "sources", "Sources : les fichiers connus", table)


def _source(card: SourceCard, kinds: Mapping[str, str], years: Sequence[int]) -> Row:
    tried = "fichier réel" if card.verified == "real_file" else "format seul"
    head = (card.id, card.title, kinds[card.kind], card.producer, card.licence, card.page)
    read = ", ".join(map(str, years))
    return (*head, read, tried, listing(card.universe.excludes), " ".join(card.caveats))


def _workbook(edition: Edition, name: str, title: str, table: Table) -> Workbook:
    told = Fact("edition", "Millésime de Maillage", edition.id, repeated=True)
    return Workbook(stem(name, edition.id), title, (table,), (told,))
