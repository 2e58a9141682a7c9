"""Detail records (8 M x 31 columns, csv) to commune cells: one process a contestant.

    python -m bench.ingest_contestants polars FILE

Every contestant gives the same four columns: origin, destination, Σw, Σw²; and the same sums.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from bench.measure import report_own

Answer = dict[str, object]


def polars(file: Path) -> Answer:
    import polars as pl

    weight = pl.col("IPONDI").cast(pl.Float64)
    cells = (
        pl.scan_csv(file, separator=";", infer_schema=False)
        .select("COMMUNE", "DCLT", weight)
        .group_by("COMMUNE", "DCLT")
        .agg(w=pl.col("IPONDI").sum(), w2=(pl.col("IPONDI") ** 2).sum())
        .collect(engine="streaming")
    )
    return {"cells": cells.height, "w": cells["w"].sum(), "w2": cells["w2"].sum()}


def duckdb(file: Path) -> Answer:
    import duckdb as db

    connection = db.connect()
    connection.execute("SET preserve_insertion_order = false")
    connection.execute(
        f"""
        CREATE TABLE cells AS
        SELECT COMMUNE, DCLT, sum(w) AS w, sum(w * w) AS w2
        FROM (
            SELECT COMMUNE, DCLT, IPONDI::DOUBLE AS w
            FROM read_csv('{file}', delim = ';', header = true, all_varchar = true)
        )
        GROUP BY COMMUNE, DCLT
        """
    )
    row = connection.execute("SELECT count(*), sum(w), sum(w2) FROM cells").fetchone()
    assert row is not None
    return dict(zip(("cells", "w", "w2"), row, strict=True))


CONTESTANTS: dict[str, Callable[[Path], Answer]] = {"polars": polars, "duckdb": duckdb}

if __name__ == "__main__":
    name, path = sys.argv[1:]
    report_own(lambda: CONTESTANTS[name](Path(path)))
