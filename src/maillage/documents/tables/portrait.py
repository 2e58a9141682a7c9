"""« portrait » as tables: a row a family of flows, then the key stocks."""

from collections.abc import Iterator

from maillage.common.french import number
from maillage.documents.tables.facts import FICTIONAL, PRECISION, amount, file_text, territory_facts
from maillage.documents.tables.names import stem
from maillage.documents.tables.values import Column, Fact, Kind, Measure, Row, Table, Workbook
from maillage.engine.edition import Edition
from maillage.observatory.answers.portrait import Family, Portrait
from maillage.observatory.stocks import StockCited

FAMILY_COLUMNS = (
    Column("flow", "Flux", short=True),
    Column("year", "Année", Kind.YEAR, short=True),
    Column("internal", "Stables", Kind.NUMBER, short=True),
    Column("outgoing", "Sortants", Kind.NUMBER, short=True),
    Column("incoming", "Entrants", Kind.NUMBER, short=True),
    Column("net", "Solde", Kind.NUMBER, short=True),
    Column("unit", "Unité", short=True),
    Column("missing", "Ce qui manque"),
    Column("internal_grade", "Stables : précision"),
    Column("outgoing_grade", "Sortants : précision"),
    Column("incoming_grade", "Entrants : précision"),
    Column("universe", "Champ"),
    Column("source", "Source"),
)
STOCK_COLUMNS = (
    Column("stock", "Stock"),
    Column("year", "Année", Kind.YEAR),
    Column("value", "Valeur", Kind.NUMBER),
    Column("unit", "Unité"),
    Column("status", "État"),
    Column("precision", "Précision"),
    Column("source", "Source"),
)
RANK_COLUMNS = (
    Column("flow", "Flux"),
    Column("indicator", "Indicateur"),
    Column("value", "Valeur", Kind.NUMBER),
    Column("rank", "Rang", Kind.NUMBER),
    Column("count", "Parmi", Kind.NUMBER),
    Column("group", "Territoires comparables"),
)


def portrait_workbook(answer: Portrait, edition: Edition) -> Workbook:
    """Families in catalogue order; why one is missing stands in its row."""
    title = f"{answer.territory.name} : portrait, géographie {answer.cog}"
    facts = (
        *territory_facts(answer.territory.name, answer.territory.id, answer.cog),
        Fact("status", "Statut", FICTIONAL if answer.fictional else "", repeated=True),
        Fact("edition", "Millésime de Maillage", answer.edition, repeated=True),
    )
    return Workbook(
        stem=stem("portrait", answer.territory.id, answer.cog),
        title=title,
        tables=(
            Table("families", title, FAMILY_COLUMNS, tuple(map(_family, answer.families))),
            Table("stocks", "Stocks", STOCK_COLUMNS, tuple(map(_stock, answer.stocks))),
            Table("ranks", "Rangs", RANK_COLUMNS, tuple(_ranks(answer, edition))),
        ),
        facts=tuple(fact for fact in facts if fact.value),
        notes=tuple(_notes(answer)),
    )


def _family(family: Family) -> Row:
    found = family.balance
    if found is None:
        return (family.title, None, *(None,) * 4, "", family.missing, *(None,) * 5)
    figures = (found.internal, found.outgoing, found.incoming, found.net)
    precision = found.precision
    return (
        family.title,
        found.year,
        *(amount(figure, found.unit) for figure in figures),
        found.unit.label,
        "chiffres partiels" if found.universe.partial else "",
        *(p.grade for p in (precision.internal, precision.outgoing, precision.incoming)),
        found.universe.label,
        " ; ".join(map(file_text, found.source.files)),
    )


def _stock(stock: StockCited) -> Row:
    least = "au moins" if stock.partial else ""
    source = file_text(stock.source)
    sure = stock.precision.why_label or PRECISION[stock.precision.method]
    return (stock.title, stock.year, stock.value, stock.unit.label, least, sure, source)


def _ranks(answer: Portrait, edition: Edition) -> Iterator[Row]:
    for family in answer.families:
        for rank in family.ranks:
            card = edition.catalog.indicators[rank.indicator]
            value = Measure(rank.value, card.unit.value, card.decimals)
            yield (family.title, rank.title, value, rank.rank, rank.n, rank.group)


def _notes(answer: Portrait) -> Iterator[str]:
    yield from (family.missing for family in answer.families if family.missing)
    for family in answer.families:
        if family.balance is not None and family.balance.universe.partial:
            yield f"{family.title} : chiffres partiels, champ {family.balance.universe.label}."
    for stock in answer.stocks:
        least = "au moins " if stock.partial else ""
        yield (
            f"{stock.title}, {stock.year} : {least}{number(stock.value)} {stock.unit.label} "
            f"({stock.source.producer})."
        )
    yield from [FICTIONAL] * answer.fictional
