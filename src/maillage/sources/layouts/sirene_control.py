"""Links from headquarters to establishments: active branches and their unit's active seat.

A link is an active establishment that is not a seat; it counts for one. Its size band is kept as
a breakdown, from which employees are estimated by the mid-points of the bands. Statements stream
the stock twice, branches then the seats of their units, so memory holds branches only.
"""

from maillage.common.errors import InputError
from maillage.sources.batch import Batch
from maillage.sources.layouts import Context, Reading
from maillage.sources.layouts.pairs.meta import flow_meta
from maillage.sources.layouts.pairs.placing import flow_cells
from maillage.sources.layouts.pairs.tally import with_lost
from maillage.sources.layouts.pairs.values import MICROS
from maillage.sources.layouts.sirene import establishments as sirene
from maillage.sources.mirror import MatchedFile
from maillage.sources.texts import TextTable, explained, scan_texts

NO_SEAT = "siège absent du fichier ou fermé"

_BRANCHES = """
WITH establishment AS (
  SELECT {siren} AS siren, {place} AS place, {size} AS size, {sector} AS sector,
    LOWER({seat}) AS seat, SUBSTR({processed}, 1, 4) AS processed, {state} AS state
  FROM stock
)
SELECT siren, place, size, sector, seat, COUNT(*) AS number, MAX(processed) AS processed
FROM establishment
WHERE state = 'A' AND seat <> 'true'
GROUP BY siren, place, size, sector, seat
"""

_SEATS = """
WITH establishment AS (
  SELECT {siren} AS siren, {place} AS place, LOWER({seat}) AS seat,
    {state} AS state
  FROM stock
)
SELECT siren, MIN(place) AS place
FROM establishment
WHERE state = 'A' AND seat = 'true' AND siren IN (SELECT siren FROM branches)
GROUP BY siren
"""

_LINKS = """
SELECT s.place AS origin, b.place AS destination, b.size, b.sector,
  CAST(SUM(b.number) * {whole} AS BIGINT) AS micros
FROM branches AS b
LEFT JOIN seats AS s ON b.siren = s.siren
GROUP BY s.place, b.place, b.size, b.sector
"""

_SEATED = "SELECT * FROM links WHERE origin IS NOT NULL"


def read(file: MatchedFile, context: Context) -> Reading:
    """Cells of one year, that of the latest update in the file. InputError without any branch."""
    batch = context.batch
    table = scan_texts("stock", file, batch, context.workdir)
    sirene.register_codes(batch, context.catalog)
    year = _collect_branches(file, batch, table)
    batch.create("seats", _filled(_SEATS, file))
    batch.create("links", _LINKS.format(whole=MICROS))
    rows = _count(batch, "SELECT COUNT(*) AS n FROM stock")
    cells, account = flow_cells(
        flow_meta(file, context, year, rows),
        sirene.pairs(_SEATED, batch),
        context.bundle.passages.of(None),
        rows=rows,
        notes=file.notes,
        breakdowns={d: sirene.breakdown(d, _SEATED, context) for d in file.card.breakdowns},
    )
    orphans = _count(batch, "SELECT SUM(micros) AS n FROM links WHERE origin IS NULL")
    batch.drop("links", "seats", "branches", "stock")
    return Reading(file, (cells,), with_lost(account, NO_SEAT, orphans))


def _collect_branches(file: MatchedFile, batch: Batch, table: TextTable) -> int:
    """Table ``branches``: how many of each unit, place, size and activity. Returns the year."""
    with explained(table, "siren"):
        batch.create("branches", _filled(_BRANCHES, file))
    told = batch.fetch("SELECT DISTINCT seat FROM branches").to_pydict()["seat"]
    sirene.refuse_other_than(("false",), told, table, "seat")
    year = batch.fetch("SELECT MAX(processed) AS year FROM branches").to_pydict()["year"][0]
    if not (year or "").isdigit():
        raise InputError(
            problem="aucun établissement secondaire actif et daté dans ce fichier.",
            remedy="vérifiez qu’il s’agit bien du stock complet des établissements.",
            file=file.name,
        )
    return int(year)


def _filled(statement: str, file: MatchedFile) -> str:
    texts = {role: sirene.text(file, role) for role in ("size", "seat", "processed", "state")}
    return statement.format(
        siren=sirene.number(file, "siren"),
        place=sirene.place(file),
        sector=sirene.division(file),
        **texts,
    )


def _count(batch: Batch, query: str) -> int:
    return int(batch.fetch(query).to_pydict()["n"][0] or 0)
