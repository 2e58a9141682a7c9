"""Yearly electricity and gas deliveries (Agence ORE): many rows a place, masked parts counted.

A cell left blank or marked secret is unknown; the number of small areas a producer masked inside
a row (``hidden``) makes the sum of its place a lower bound.
"""

from dataclasses import replace

from maillage.sources.layouts import Context, Reading
from maillage.sources.layouts.stocks.reading import level_of, read_stocks
from maillage.sources.layouts.stocks.sums import StockQuery
from maillage.sources.layouts.stocks.values import Level
from maillage.sources.mirror import MatchedFile
from maillage.sources.quantities import sql_number
from maillage.sources.texts import TextTable


def read(file: MatchedFile, context: Context) -> Reading:
    """Every stock whose card names this source, summed over operators, sectors and activities."""

    def ask(table: TextTable, query: StockQuery) -> list[tuple[StockQuery, Level]]:
        parts = f"CAST(COALESCE({sql_number(table.sql('hidden'))}, 0) AS BIGINT)"
        return [(replace(query, hidden=parts), level_of(file))]

    return read_stocks(file, context, ask)
