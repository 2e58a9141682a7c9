"""The way every table of stocks is read: open, find the quantities, sum, place, account."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from maillage.common.errors import InputError
from maillage.sources.batch import Batch, identifier
from maillage.sources.layouts import Context, Reading
from maillage.sources.layouts.stocks.sums import (
    StockQuery,
    StockSums,
    line_of,
    matching_columns,
    sum_stock,
    where_sql,
)
from maillage.sources.layouts.stocks.values import Level, account_of, read_stock
from maillage.sources.matching import columns_of
from maillage.sources.mirror import MatchedFile
from maillage.sources.opening import Format, PlainTable
from maillage.sources.spreadsheet import sheet_table

_YEARS = (1800, 2200)


@dataclass(frozen=True)
class OpenTable:
    """A table scanned as the view ``cells``, every column a text; ``columns`` by role."""

    table: PlainTable
    columns: Mapping[str, str]
    rows: int

    def sql(self, role: str) -> str:
        """The column of a role, quoted; an empty text where the file has none."""
        return identifier(self.columns[role]) if role in self.columns else "''"


#: Given a query for the whole table, those to run, each with the mesh its places belong to.
Ask = Callable[[OpenTable, StockQuery], Iterable[tuple[StockQuery, Level]]]
#: Refuses sums that break what the layout promises.
Check = Callable[[OpenTable, StockQuery, StockSums], None]


def read_stocks(
    file: MatchedFile, context: Context, ask: Ask, check: Check = lambda *_: None
) -> Reading:
    """Every stock whose card names this source. InputError when the file holds none of them."""
    opened = open_table(file, context)
    stocks = []
    for whole in _queries(opened, file, context):
        for query, level in ask(opened, whole):
            sums = sum_stock(query, context.batch, opened.table)
            check(opened, query, sums)
            stocks += read_stock(query.card, sums, level, file, context, opened.rows)
    context.batch.drop("cells")
    if not stocks:
        raise InputError(
            problem="aucune des quantités que décrit sa fiche n’est dans ce fichier.",
            remedy="vérifiez les noms de colonnes, ou reprenez le fichier d’origine.",
            file=file.name,
        )
    account = account_of(stocks, file, opened.rows)
    return Reading(file, tuple(stock.values for stock in stocks), account)


def open_table(file: MatchedFile, context: Context) -> OpenTable:
    """Scans the file as texts. InputError when a year column holds something else."""
    constants = file.card.constants
    if file.format is Format.XLSX:
        line = int(constants.get("header_line", "1"))
        sheet = constants.get("sheet", "")
        table = sheet_table(file.entry, context.workdir, sheet=sheet, header_line=line)
        columns = columns_of(file.card, table.header.columns)
    else:
        table, columns = file.table(context.workdir), dict(file.columns)
    context.batch.scan("cells", table, dict.fromkeys(table.header.columns, "VARCHAR"))
    rows = context.batch.fetch("SELECT COUNT(*) AS n FROM cells").column("n")[0].as_py()
    opened = OpenTable(table, columns, rows)
    if "year" in columns:
        _refuse_bad_year(opened, context.batch)
    return opened


def sql_year(text: str) -> str:
    """The year a text starts with (2021, 2021-01-01…), NULL when it starts with none."""
    return f"TRY_CAST(SUBSTR(TRIM({text}), 1, 4) AS INTEGER)"


def _queries(opened: OpenTable, file: MatchedFile, context: Context) -> Iterable[StockQuery]:
    header = opened.table.header.columns
    year = sql_year(opened.sql("year")) if "year" in opened.columns else str(file.year)
    for card in context.catalog.stocks.values():
        column = card.columns_in(file.card.id)
        names = matching_columns(column, header) if column else ()
        if column and names:
            where = where_sql(column, header, file.name)
            yield StockQuery(card, names, opened.sql("place"), year, where)


def _refuse_bad_year(opened: OpenTable, batch: Batch) -> None:
    text = opened.sql("year")
    first, last = _YEARS
    found = batch.fetch(
        f"SELECT {text} AS text FROM cells WHERE COALESCE({sql_year(text)}, 0) "
        f"NOT BETWEEN {first} AND {last} ORDER BY text LIMIT 1"
    ).to_pydict()["text"]
    if found:
        column = opened.columns["year"]
        raise InputError(
            problem="ce n’est pas une année.",
            remedy="corrigez cette case.",
            file=opened.table.name,
            line=line_of(opened.table, column, found[0]),
            column=column,
            value=found[0],
        )


def level_of(file: MatchedFile) -> Level:
    """The mesh the card says the file is published at."""
    constants = file.card.constants
    year = constants.get("level_year")
    return Level(constants.get("level", Level().name), int(year) if year else None)
