"""Detail records (31 columns, csv) to cells of communes: origin, destination, Σw and Σw².

Timed from the file to the cells; imports, cards and geography are read before, once a build.
"""

import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from maillage.sources.layouts import Context
    from maillage.sources.mirror import MatchedFile

#: Destinations from there on are abroad or unknown; the border commune is then told apart.
ABROAD, NO_BORDER = "99", ("99999", "ZZZZZ", "")
#: Roles of the columns that only breakdowns read.
BREAKDOWNS = {"mode", "occupation", "age", "sector"}
#: Prefix of the folders of temporary files, beside the input.
WORK = ".work-"


class Sums(TypedDict):
    """What all agree on. ``inside`` counts the cells between two communes."""

    inside: int
    weight: float
    squares: float


def polars(file: Path) -> Callable[[], Any]:
    """Streaming; only the columns needed are read."""
    import polars as pl

    weight, end, border = pl.col("weight"), pl.col("DCLT"), pl.col("DCFLT")
    is_told = (end >= ABROAD) & ~border.is_in(NO_BORDER)
    return lambda: (
        pl.scan_csv(file, separator=";", infer_schema=False)
        .select(
            origin="COMMUNE",
            destination=pl.when(is_told).then(border).otherwise(end),
            weight=pl.col("IPONDI").cast(pl.Float64),
        )
        .group_by("origin", "destination")
        .agg(weight=weight.sum(), squares=(weight * weight).sum())
        .collect(engine="streaming")
    )


def of_polars(cells: Any) -> Sums:
    inside = int((cells["destination"] < ABROAD).sum())
    return _sums(inside, cells["weight"].sum(), cells["squares"].sum())


def duckdb(file: Path) -> Callable[[], Any]:
    """Types told, no quotes, rows in any order: its quickest settings here."""
    import duckdb as db

    with file.open(encoding="utf-8") as stream:
        header = stream.readline().strip().split(";")
    types = {name: "DOUBLE" if name == "IPONDI" else "VARCHAR" for name in header}
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
    connection = db.connect(config={"preserve_insertion_order": False})
    return lambda: connection.execute(_CELLS.format(file=file, columns=columns))


def of_duckdb(connection: Any) -> Sums:
    query = "SELECT count(*) FILTER (destination < ?), sum(weight), sum(squares) FROM cells"
    return _sums(*connection.execute(query, [ABROAD]).fetchall()[0])


_CELLS = """
CREATE OR REPLACE TABLE cells AS
SELECT origin, destination, sum(weight) AS weight, sum(weight * weight) AS squares
FROM (
    SELECT COMMUNE AS origin, IPONDI AS weight,
        CASE WHEN DCLT >= '99' AND DCFLT NOT IN ('99999', 'ZZZZZ', '') THEN DCFLT ELSE DCLT END
            AS destination
    FROM read_csv('{file}', delim = ';', header = true, quote = '', escape = '',
        auto_detect = false, columns = {{{columns}}})
)
GROUP BY origin, destination
"""


def sums(file: Path, passages: Path) -> Callable[[], Any]:
    """Ours, stopped at the columns of the others: sums by pair of codes, every weight checked."""
    from maillage.sources.layouts.detail import flow_rows
    from maillage.sources.tally import tally

    matched, context = _opened(file, passages)
    return lambda: tally(context.batch, flow_rows(matched, context), {}, context.workdir).pairs


def of_pairs(pairs: Any) -> Sums:
    inside = sum(code < ABROAD for code in pairs["destination"].to_pylist())
    weight, squares = (int(pairs[name].to_numpy().sum()) for name in ("micros", "squares"))
    return _sums(inside, weight / 1e6, squares / 1e6)


def layout(file: Path, passages: Path, breakdowns: bool) -> Callable[[], Any]:
    """Ours to the end: codes placed on the communes, accounts closed, universe detected.

    With ``breakdowns``, by mode, socio-professional group, age and sector too.
    """
    from maillage.sources.layouts.detail import read

    matched, context = _opened(file, passages)
    kept = {r: name for r, name in matched.columns.items() if breakdowns or r not in BREAKDOWNS}
    asked = replace(matched, columns=kept)
    n_communes = context.bundle.geography.n_communes
    return lambda: (n_communes, read(asked, context).values[0])


def of_cells(found: tuple[int, Any]) -> Sums:
    n_communes, cells = found
    inside = int((cells.destination < n_communes).sum())
    return _sums(inside, cells.weight.sum(), cells.weight_sq.sum())


def _opened(file: Path, passages: Path) -> tuple["MatchedFile", "Context"]:
    """The file as a build finds it, and what a build hands to its layout."""
    import pandas  # noqa: F401 - DuckDB imports it at the first Arrow stream, where installed

    from maillage.catalog.load import load_catalog
    from maillage.sources.duckdb_batch import DuckDbBatch
    from maillage.sources.layouts import Context
    from maillage.sources.mirror import scan_mirror

    catalog = load_catalog()
    (matched,) = scan_mirror(file.parent, catalog).files
    workdir = Path(mkdtemp(dir=file.parent.parent, prefix=WORK))
    bundle = pickle.loads(passages.read_bytes())
    context = Context(catalog, bundle, DuckDbBatch(workdir), workdir, lambda _: None)
    return matched, context


def _sums(inside: int, weight: float, squares: float) -> Sums:
    return {"inside": inside, "weight": float(weight), "squares": float(squares)}
