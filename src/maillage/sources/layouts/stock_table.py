"""Any table with one row a place (and a year): official or a user's, described by its card.

Roles: ``place``, and ``year`` when rows hold it. Constants: ``level`` and ``level_year`` of the
mesh (communes unless told), ``rows: sum`` where a place may come on several rows; for a workbook,
``sheet`` and ``header_line``.
"""

import numpy as np

from maillage.sources.layouts import Context, Reading
from maillage.sources.layouts.stocks.reading import level_of, read_stocks
from maillage.sources.layouts.stocks.sums import StockQuery, StockSums
from maillage.sources.mirror import MatchedFile
from maillage.sources.texts import TextTable


def read(file: MatchedFile, context: Context) -> Reading:
    """Every stock whose card names this source."""
    level = level_of(file)
    sums_rows = file.card.constants.get("rows") == "sum"
    return read_stocks(
        file,
        context,
        lambda table, query: [(query, level)],
        (lambda *_: None) if sums_rows else _refuse_doubles,
    )


def _refuse_doubles(table: TextTable, query: StockQuery, sums: StockSums) -> None:
    """InputError when a place comes twice in a year: which row is right cannot be known."""
    doubles = np.flatnonzero((sums.cells > len(query.columns)) & (np.array(sums.place) != ""))
    if len(doubles):
        place = sums.place[doubles[0]]
        raise table.fault(
            table.columns["place"],
            place,
            "ce territoire figure sur plusieurs lignes pour la même année.",
            "gardez une seule ligne par territoire et par année, ou écrivez « rows: sum » dans "
            "les constantes de la fiche si les lignes s’additionnent.",
            nth=2,
        )
