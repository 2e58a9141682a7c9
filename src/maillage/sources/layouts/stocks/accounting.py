"""The account of a table of stocks: its stocks have no common unit, so its rows are counted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from maillage.common.french import counted
from maillage.sources.account import Account
from maillage.sources.batch import Batch, identifier
from maillage.sources.layouts.stocks.sums import StockQuery
from maillage.sources.layouts.stocks.values import Level, ReadStock
from maillage.sources.mirror import MatchedFile
from maillage.sources.quantities import sql_is_secret

UNUSED = "ligne d’un détail qui ne sert à aucune quantité"


def account_of(
    asked: Sequence[tuple[StockQuery, Level]],
    stocks: Sequence[ReadStock],
    file: MatchedFile,
    rows: int,
    batch: Batch,
) -> Account:
    """Rows that were placed, and those that were not, by reason; cells hidden, each once.

    ``asked`` are the queries run on the view ``cells``, ``stocks`` what they gave.
    """
    reasons = {stock.sums.place[row]: reason for stock in stocks
               for row, reason in stock.placed.lost.items()}  # fmt: skip
    unplaced: Counter[str] = Counter()
    used = suppressed = 0
    for level in dict.fromkeys(level for _, level in asked):
        queries = [query for query, other in asked if other == level]
        for place, count, hidden in _rows_by_place(queries, batch):
            used += count
            suppressed += hidden
            if place in reasons:
                unplaced[reasons[place]] += count
    if rows > used:
        unplaced[UNUSED] = rows - used
    return Account(
        rows=rows,
        total=Decimal(rows),
        placed=Decimal(rows - unplaced.total()),
        unplaced={reason: Decimal(count) for reason, count in sorted(unplaced.items())},
        suppressed=suppressed,
        notes=(*file.notes, *dict.fromkeys(note for stock in stocks for note in _notes(stock))),
    )


def _rows_by_place(queries: Sequence[StockQuery], batch: Batch) -> Iterable[tuple[str, int, int]]:
    """Place, number of rows that some query keeps, number of cells hidden in them."""
    first = queries[0]
    columns = dict.fromkeys(name for query in queries for name in query.columns)
    secret = " + ".join(
        f"CASE WHEN {first.masked} OR {sql_is_secret(identifier(name))} THEN 1 ELSE 0 END"
        for name in columns
    )
    kept = " OR ".join(dict.fromkeys(f"({query.where})" for query in queries))
    found = batch.fetch(
        "SELECT place, COUNT(*) AS number, CAST(SUM(hidden) AS BIGINT) AS hidden FROM "
        f"(SELECT TRIM({first.place}) AS place, {first.hidden} + {secret} AS hidden FROM cells "
        f"WHERE TRUE AND ({kept})) AS r GROUP BY place ORDER BY place"
    ).to_pydict()
    return list(zip(found["place"], found["number"], found["hidden"], strict=True))


def _notes(stock: ReadStock) -> list[str]:
    """What was done to the places, in French; the same for every stock of a table."""
    notes = list(stock.values.notes)
    if stock.placed.restored:
        codes = counted(stock.placed.restored, "code")
        notes.append(f"Zéro de tête rétabli pour {codes}.")
    if stock.placed.split:
        shared = counted(stock.placed.split, "commune scindée", "communes scindées")
        notes.append(f"Valeurs estimées dans les parties de {shared}.")
    return notes
