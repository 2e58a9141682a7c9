"""Batch work written once: canonical DuckDB SQL, run by DuckDB or, transpiled, by Spark."""

from collections.abc import Mapping
from typing import Protocol

import pyarrow as pa

from maillage.sources.opening import PlainTable


class ScanError(Exception):
    """Rows of a scanned file are not what their types promise; the engine's own words."""


class Batch(Protocol):
    """An engine that scans large files and aggregates them.

    Statements are DuckDB SQL kept to what both engines know, plus ``raise_error(text)``. Weights
    are summed in whole millionths (the digits of a DECIMAL(18,6)), so that sums are exact and
    cells the same on every run and engine.
    """

    def scan(self, name: str, table: PlainTable, columns: Mapping[str, str]) -> None:
        """View ``name`` on a csv or Parquet file: ``columns`` (name -> VARCHAR or DOUBLE).

        An empty cell is an empty text. Rows are read when a statement needs them, which may then
        raise ScanError.
        """

    def rows(self, name: str) -> int:
        """Number of rows of a scanned view, once a statement has read it."""

    def register(self, name: str, table: pa.Table) -> None:
        """View ``name`` on a small table held in memory."""

    def create(self, name: str, query: str) -> None:
        """Table ``name`` holding the rows of ``query``, computed once."""

    def fetch(self, query: str) -> pa.Table:
        """Rows of ``query``, in any order."""

    def drop(self, *names: str) -> None:
        """Forget these views and tables, those that exist."""

    def close(self) -> None:
        """Free what the engine holds."""


def identifier(name: str) -> str:
    """A column name, identifier for SQL."""
    return '"' + name.replace('"', '""') + '"'
