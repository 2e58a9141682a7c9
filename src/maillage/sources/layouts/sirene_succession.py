"""Transfers of establishments: succession links between two different communes.

Definition. A transfer is a link whose predecessor and successor are in two different communes
(municipal arrondissements count as their commune), in the year of the link's effect. Each
predecessor counts for one a year, shared equally between its successors of that year, so that
mergers and splits of establishments never multiply rows. The place, size and activity of both
come from the stock of establishments, read beside.
"""

from dataclasses import replace
from decimal import Decimal

from maillage.common.errors import InputError
from maillage.common.french import counted
from maillage.engine.dataset import FlowCells
from maillage.sources.account import Account
from maillage.sources.batch import Batch
from maillage.sources.layouts import Context, Reading
from maillage.sources.layouts.pairs.meta import flow_meta
from maillage.sources.layouts.pairs.placing import flow_cells
from maillage.sources.layouts.pairs.tally import joined, with_lost
from maillage.sources.layouts.pairs.values import MICROS, without_stays
from maillage.sources.layouts.sirene import establishments as sirene
from maillage.sources.mirror import MatchedFile
from maillage.sources.texts import explained, scan_texts, sql_year

STOCK = "sirene_stock"
ABSENT = "établissement absent du stock Sirene"
UNDATED = "lien sans date d’effet"

_MOVES = """
WITH link AS (
  SELECT {predecessor} AS predecessor, {successor} AS successor,
    COALESCE({year}, 0) AS year, {seat_moved} AS seat_moved, {continuity} AS continuity
  FROM links
), single AS (
  SELECT predecessor, successor, year,
    MAX(seat_moved) AS seat_moved, MAX(continuity) AS continuity
  FROM link
  WHERE predecessor <> successor AND (year = 0 OR year BETWEEN {first} AND {last})
  GROUP BY predecessor, successor, year
), ranked AS (
  SELECT *, COUNT(*) OVER (PARTITION BY predecessor, year) AS number,
    ROW_NUMBER() OVER (PARTITION BY predecessor, year ORDER BY successor) AS position
  FROM single
), shared AS (
  SELECT *, CAST(FLOOR(CAST({whole} AS DOUBLE) / number) AS BIGINT) AS share FROM ranked
)
SELECT predecessor, successor, year, seat_moved, continuity,
  CASE WHEN position = 1 THEN {whole} - (number - 1) * share ELSE share END AS micros
FROM shared
"""

_PLACES = """
WITH needed AS (
  SELECT predecessor AS siret FROM moves UNION SELECT successor AS siret FROM moves
), known AS (
  SELECT {siret} AS siret, {place} AS place, {size} AS size, {sector} AS sector
  FROM stock
)
SELECT siret, MIN(place) AS place, MIN(size) AS size, MIN(sector) AS sector
FROM known WHERE siret IN (SELECT siret FROM needed) GROUP BY siret
"""

#: The successor is the establishment at work today; what it does not tell, the predecessor may.
_TRANSFERS = """
WITH located AS (
  SELECT m.year, p.place AS origin, s.place AS destination, m.seat_moved, m.continuity, m.micros,
    CASE WHEN COALESCE(s.size, '') IN ('', 'NN') THEN COALESCE(p.size, '') ELSE s.size END AS size,
    CASE WHEN COALESCE(s.sector, '') = '' THEN COALESCE(p.sector, '') ELSE s.sector END AS sector
  FROM moves AS m
  LEFT JOIN places AS p ON m.predecessor = p.siret
  LEFT JOIN places AS s ON m.successor = s.siret
)
SELECT year, origin, destination, seat_moved, continuity, size, sector,
  CAST(SUM(micros) AS BIGINT) AS micros
FROM located
GROUP BY year, origin, destination, seat_moved, continuity, size, sector
"""

_LOCATED = "SELECT * FROM transfers WHERE origin IS NOT NULL AND destination IS NOT NULL"


def read(file: MatchedFile, context: Context) -> Reading:
    """Cells of each year the card speaks of. InputError without the stock of establishments."""
    batch = context.batch
    rows = _read_links(file, context)
    _locate(file, context)
    years = batch.fetch(f"SELECT DISTINCT year FROM ({_LOCATED}) AS t WHERE year > 0 ORDER BY year")
    found = [_of_year(year, rows, file, context) for year in years.to_pydict()["year"]]
    account = joined([account for _, account in found], rows, file.notes)
    account = _with_the_rest(account, batch)
    batch.drop("transfers", "places", "moves", "links", "stock")
    return Reading(file, tuple(cells for cells, _ in found), account)


def _read_links(file: MatchedFile, context: Context) -> int:
    """Table ``moves``, from answers and numbers that were checked. Returns the number of rows."""
    batch = context.batch
    table = scan_texts("links", file, batch, context.workdir)
    with explained(table, "predecessor", "successor"):
        for role in ("seat_moved", "continuity"):
            answers = batch.fetch(f"SELECT DISTINCT {_answer(file, role)} AS value FROM links")
            told = answers.to_pydict()["value"]
            sirene.refuse_other_than(("", "true", "false"), told, table, role)
        batch.create("moves", _moves(file))
    return int(batch.fetch("SELECT COUNT(*) AS n FROM links").to_pydict()["n"][0])


def _moves(file: MatchedFile) -> str:
    first, last = file.card.years or (0, 9999)
    return _MOVES.format(
        predecessor=sirene.number(file, "predecessor"),
        successor=sirene.number(file, "successor"),
        year=sql_year(sirene.text(file, "date")),
        seat_moved=_answer(file, "seat_moved"),
        continuity=_answer(file, "continuity"),
        first=first,
        last=last,
        whole=MICROS,
    )


def _locate(file: MatchedFile, context: Context) -> None:
    """Table ``transfers``: links with what the stock of establishments says of both ends."""
    stocks = context.companions(STOCK)
    if not stocks:
        raise InputError(
            problem="les liens de succession ne disent pas où sont les établissements.",
            remedy="ajoutez au miroir le stock des établissements de Sirene "
            "(StockEtablissement_utf8).",
            file=file.name,
        )
    batch, stock = context.batch, stocks[-1]
    sirene.register_codes(batch, context.catalog)
    with explained(scan_texts("stock", stock, batch, context.workdir), "siret"):
        batch.create("places", _places(stock))
    batch.create("transfers", _TRANSFERS)


def _places(stock: MatchedFile) -> str:
    return _PLACES.format(
        siret=sirene.number(stock, "siret"),
        place=sirene.place(stock),
        size=sirene.text(stock, "size"),
        sector=sirene.division(stock),
    )


def _of_year(
    year: int, rows: int, file: MatchedFile, context: Context
) -> tuple[FlowCells, Account]:
    links = f"{_LOCATED} AND year = {year}"
    passage = context.bundle.passages.of(None)
    breakdowns = {d: sirene.breakdown(d, links, context) for d in file.card.breakdowns}
    return flow_cells(
        flow_meta(file, context, year, rows),
        without_stays(sirene.pairs(links, context.batch), passage),
        passage,
        rows=rows,
        breakdowns={
            dimension: replace(found, pairs=without_stays(found.pairs, passage))
            for dimension, found in breakdowns.items()
        },
    )


def _with_the_rest(account: Account, batch: Batch) -> Account:
    """Counts the links that could not be judged, and tells how many are no transfer."""
    located = _micros(batch, "year > 0 AND origin IS NOT NULL AND destination IS NOT NULL")
    stays = Decimal(located) / MICROS - account.total
    note = f"{counted(float(stays), 'établissement')} sans changement de commune : aucun transfert."
    account = with_lost(account, UNDATED, _micros(batch, "year = 0"))
    absent = _micros(batch, "year > 0 AND (origin IS NULL OR destination IS NULL)")
    account = with_lost(account, ABSENT, absent)
    return replace(account, notes=(*account.notes, note)) if stays else account


def _answer(file: MatchedFile, role: str) -> str:
    """« true » or « false », as text whatever the file's type."""
    return f"LOWER({sirene.text(file, role)})"


def _micros(batch: Batch, test: str) -> int:
    table = batch.fetch(f"SELECT SUM(micros) AS n FROM transfers WHERE {test}")
    return int(table.to_pydict()["n"][0] or 0)
