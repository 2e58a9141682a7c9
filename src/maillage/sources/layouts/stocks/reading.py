"""The way every table of stocks is read: open, find the quantities, sum, place, account."""

from collections.abc import Callable, Iterable

from maillage.common.errors import InputError
from maillage.sources.faults import no_rows
from maillage.sources.layouts import Context, Reading
from maillage.sources.layouts.stocks.accounting import account_of
from maillage.sources.layouts.stocks.sums import (
    StockQuery,
    StockSums,
    matching_columns,
    sum_stock,
    where_sql,
)
from maillage.sources.layouts.stocks.values import Level, read_stock
from maillage.sources.mirror import MatchedFile
from maillage.sources.texts import TextTable, explained, refuse_other_years, scan_texts, sql_year

#: Given a query for the whole table, those to run, each with the mesh its places belong to.
Ask = Callable[[TextTable, StockQuery], Iterable[tuple[StockQuery, Level]]]
#: Refuses sums that break what the layout promises.
Check = Callable[[TextTable, StockQuery, StockSums], None]


def read_stocks(
    file: MatchedFile, context: Context, ask: Ask, check: Check = lambda *_: None
) -> Reading:
    """Every stock whose card names this source. InputError when the file holds none of them."""
    table = _scan(file, context)
    rows = int(context.batch.fetch("SELECT COUNT(*) AS n FROM cells").to_pydict()["n"][0])
    if not rows:
        raise no_rows(file.name)
    asked = [each for whole in _queries(table, file, context) for each in ask(table, whole)]
    stocks = []
    for query, level in asked:
        sums = sum_stock(query, context.batch, table)
        check(table, query, sums)
        stocks += read_stock(query.card, sums, level, file, context, rows)
    if not stocks:
        raise InputError(
            problem="aucune des quantités que décrit sa fiche n’est dans ce fichier.",
            remedy="vérifiez les noms de colonnes, ou reprenez le fichier d’origine.",
            file=file.name,
        )
    account = account_of(asked, stocks, file, rows, context.batch)
    context.batch.drop("cells")
    return Reading(file, tuple(stock.values for stock in stocks), account)


def _scan(file: MatchedFile, context: Context) -> TextTable:
    """View ``cells``. InputError when a year column holds something else, or a line is uneven."""
    table = scan_texts("cells", file, context.batch, context.workdir)
    context.batch.scan("cells", table.table, dict.fromkeys(table.table.header.columns, "VARCHAR"))
    with explained(table):
        if "year" in table.columns:
            refuse_other_years(table, "cells", context.batch)
        else:
            context.batch.fetch("SELECT COUNT(*) AS n FROM cells")
    return table


def _queries(table: TextTable, file: MatchedFile, context: Context) -> Iterable[StockQuery]:
    header = table.table.header.columns
    year = sql_year(table.sql("year")) if "year" in table.columns else str(file.year)
    for card in context.catalog.stocks.values():
        column = card.columns_in(file.card.id)
        names = matching_columns(column, header) if column else ()
        if column and names:
            where = where_sql(column, header, file.name)
            yield StockQuery(card, names, table.sql("place"), year, where)


def level_of(file: MatchedFile) -> Level:
    """The mesh the card says the file is published at."""
    constants = file.card.constants
    year = constants.get("level_year")
    return Level(constants.get("level", Level().name), int(year) if year else None)
