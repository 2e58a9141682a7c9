"""Batch work written once: canonical DuckDB SQL, run by DuckDB or, transpiled, by Spark."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import pyarrow as pa


class Batch(Protocol):
    """An engine that scans large files and aggregates them.

    Statements are DuckDB SQL kept to what both engines know (docs/decisions.md lists it).
    Weights are DECIMAL(18,6): sums are exact, so cells are the same on every run and engine.
    """

    def scan(
        self, name: str, path: Path, columns: Mapping[str, str], *, delimiter: str = ";"
    ) -> None:
        """View ``name`` on a csv (UTF-8, header) or Parquet file: only ``columns``, so typed.

        ``columns`` maps the file's column names to DuckDB types, in any order. Raises InputError
        with the line, column and value of the first cell that is not of its type.
        """

    def register(self, name: str, table: pa.Table) -> None:
        """View ``name`` on a small table held in memory."""

    def create(self, name: str, query: str) -> None:
        """Table ``name`` holding the rows of ``query``, computed once."""

    def fetch(self, query: str) -> pa.Table:
        """Rows of ``query``, in the order it asks."""

    def drop(self, *names: str) -> None:
        """Forget these views and tables."""
