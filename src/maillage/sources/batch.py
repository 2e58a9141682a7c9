"""Batch work written once: canonical DuckDB SQL, run by DuckDB or, transpiled, by Spark."""

from collections.abc import Mapping
from typing import Protocol

import pyarrow as pa

from maillage.sources.opening import PlainTable


class ScanError(Exception):
    """Rows of a scanned file are not what their types promise; the engine's own words."""


class Batch(Protocol):
    """An engine that scans large files and aggregates them.

    Statements are DuckDB SQL kept to what both engines know (docs/decisions.md lists it).
    Weights are DECIMAL(18,6): sums are exact, so cells are the same on every run and engine.
    """

    def scan(self, name: str, table: PlainTable, columns: Mapping[str, str]) -> None:
        """View ``name`` on a csv or Parquet file: only ``columns`` (name -> DuckDB type).

        Rows are read when a statement needs them, which may then raise ScanError.
        """

    def register(self, name: str, table: pa.Table) -> None:
        """View ``name`` on a small table held in memory."""

    def create(self, name: str, query: str) -> None:
        """Table ``name`` holding the rows of ``query``, computed once."""

    def fetch(self, query: str) -> pa.Table:
        """Rows of ``query``, in the order it asks."""

    def drop(self, *names: str) -> None:
        """Forget these views and tables."""
