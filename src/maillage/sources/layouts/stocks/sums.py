"""What a table says of each stock: one sum a place and a year, and what the sum leaves out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.catalog.cards import StockCard, StockColumn
from maillage.common.errors import InputError
from maillage.sources.batch import Batch, identifier
from maillage.sources.quantities import (
    fault_of,
    sql_is_ambiguous,
    sql_is_fault,
    sql_is_secret,
    sql_is_unknown,
    sql_number,
    sql_text,
)
from maillage.sources.texts import TextTable
from maillage.territory.geography import FloatArray

CountArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class StockQuery:
    """Which cells of the scanned view ``cells`` make a stock.

    ``place``, ``year`` and ``hidden`` (parts masked inside a cell) are SQL expressions; ``masked``
    one that is true where secrecy hides the row; ``where`` the rows to keep.
    """

    card: StockCard
    columns: tuple[str, ...]
    place: str
    year: str
    where: str = "TRUE"
    masked: str = "FALSE"
    hidden: str = "0"


@dataclass(frozen=True, eq=False)
class StockSums:
    """One row a (place, year), in that order. ``value`` sums what is known, NaN where nothing is.

    ``cells`` counts the cells of the table; ``unknown`` those left blank, ``secret`` those hidden,
    ``hidden`` the parts a producer masked inside the cells it gives.
    """

    place: tuple[str, ...]
    year: CountArray
    value: FloatArray
    cells: CountArray
    unknown: CountArray
    secret: CountArray
    hidden: CountArray

    @property
    def years(self) -> list[int]:
        """Ascending."""
        return [int(year) for year in np.unique(self.year)]

    @property
    def known(self) -> CountArray:
        """Cells that hold a number, by row."""
        return self.cells - self.unknown - self.secret

    def of_year(self, year: int) -> "StockSums":
        """The rows of one year."""
        kept = np.flatnonzero(self.year == year)
        return StockSums(
            place=tuple(self.place[row] for row in kept),
            year=self.year[kept],
            value=self.value[kept],
            cells=self.cells[kept],
            unknown=self.unknown[kept],
            secret=self.secret[kept],
            hidden=self.hidden[kept],
        )


_SUMS = """
WITH cell AS ({texts}), told AS (
  SELECT place, year, text, masked, parts,
    CASE WHEN masked OR {is_ambiguous} THEN NULL ELSE {number} END AS number
  FROM cell
), judged AS (
  SELECT place, year, number, parts, CASE WHEN number IS NOT NULL THEN 'known'
    WHEN masked OR {is_secret} THEN 'secret' WHEN {is_unknown} THEN 'unknown' ELSE 'fault' END
    AS kind
  FROM told
)
SELECT place, year, SUM(number) AS value, COUNT(*) AS cells,
  SUM(CASE WHEN kind = 'unknown' THEN 1 ELSE 0 END) AS unknown,
  SUM(CASE WHEN kind = 'secret' THEN 1 ELSE 0 END) AS secret,
  SUM(CASE WHEN kind = 'fault' THEN 1 ELSE 0 END) AS faults,
  SUM(parts) AS hidden
FROM judged GROUP BY place, year ORDER BY place, year
"""


def matching_columns(column: StockColumn, header: Iterable[str]) -> tuple[str, ...]:
    """Columns of a file that make a stock, in the file's order; none when it has none."""
    return tuple(name for name in header if re.fullmatch(column.column, name, re.IGNORECASE))


def where_sql(column: StockColumn, header: Iterable[str], file: str) -> str:
    """The rows to keep. InputError when the file lacks a column the card filters on."""
    names = {name.lower(): name for name in header}
    absent = [name for name in column.where if name.lower() not in names]
    if absent:
        raise InputError(
            problem="cette colonne manque, et sans elle les lignes à retenir ne se distinguent "
            "pas des autres.",
            remedy="reprenez le fichier d’origine.",
            file=file,
            line=1,
            column=absent[0],
        )
    tests = [
        f"REGEXP_MATCHES({identifier(names[name.lower()])}, {sql_text(pattern)})"
        for name, pattern in column.where.items()
    ]
    return " AND ".join(tests) or "TRUE"


def sum_stock(query: StockQuery, batch: Batch, table: TextTable) -> StockSums:
    """Sums the cells of a stock. InputError at the first cell that holds no number."""
    delimiter = table.table.header.delimiter
    rows = batch.fetch(_statement(query, delimiter)).to_pydict()
    if any(rows["faults"]):
        raise _fault(query, batch, table)
    unknown, secret = (np.array(rows[name], dtype=np.int64) for name in ("unknown", "secret"))
    cells = np.array(rows["cells"], dtype=np.int64)
    value = np.array([np.nan if v is None else float(v) for v in rows["value"]])
    return StockSums(
        place=tuple(rows["place"]),
        year=np.array(rows["year"], dtype=np.int64),
        value=np.where(unknown + secret == cells, np.nan, value),
        cells=cells,
        unknown=unknown,
        secret=secret,
        hidden=np.array(rows["hidden"], dtype=np.int64),
    )


def _statement(query: StockQuery, delimiter: str) -> str:
    """Each cell as a row, read as a number first: only the others are compared with marks."""
    texts = " UNION ALL ".join(
        f"SELECT TRIM({query.place}) AS place, {query.year} AS year, {identifier(name)} AS text, "
        f"{query.masked} AS masked, {query.hidden} AS parts FROM cells WHERE {query.where}"
        for name in query.columns
    )
    return _SUMS.format(
        texts=texts,
        number=sql_number("text"),
        is_ambiguous=sql_is_ambiguous("text", delimiter),
        is_unknown=sql_is_unknown("text"),
        is_secret=sql_is_secret("text"),
    )


def _fault(query: StockQuery, batch: Batch, table: TextTable) -> InputError:
    """Where the first unreadable cell is."""
    column, value = next(
        (name, rows["text"][0])
        for name in query.columns
        if (rows := _faulty_texts(query, batch, name, table))["text"]
    )
    remedy = "corrigez cette case, ou videz-la si la valeur n’est pas connue."
    return table.fault(column, value, fault_of(value), remedy)


def _faulty_texts(
    query: StockQuery, batch: Batch, column: str, table: TextTable
) -> dict[str, list[str]]:
    name = identifier(column)
    is_fault = sql_is_fault(name, table.table.header.delimiter)
    found: dict[str, list[str]] = batch.fetch(
        f"SELECT {name} AS text FROM cells WHERE {query.where} AND NOT ({query.masked}) "
        f"AND {is_fault} ORDER BY text LIMIT 1"
    ).to_pydict()
    return found
