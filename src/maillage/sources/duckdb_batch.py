"""The batch on one machine: DuckDB, bounded in memory, spilling to disk beyond."""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from maillage.sources.batch import ScanError, identifier
from maillage.sources.csv_stream import CsvStream
from maillage.sources.opening import PlainTable

_TYPES = {"VARCHAR": pa.string(), "DOUBLE": pa.float64()}
_FAULTS = (duckdb.ConversionException, duckdb.InvalidInputException, duckdb.OutOfRangeException)


class DuckDbBatch:
    """Implements ``Batch``. What exceeds ``memory_mb`` spills into ``workdir``."""

    def __init__(self, workdir: Path, *, memory_mb: int = 512) -> None:
        self._connection = duckdb.connect(
            ":memory:",
            config={
                "memory_limit": f"{memory_mb}MB",
                "temp_directory": str(workdir / "spill"),
                "preserve_insertion_order": False,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            },
        )
        self._connection.execute("CREATE MACRO raise_error(message) AS error(message)")
        self._sources: dict[str, CsvStream | Path] = {}

    def scan(self, name: str, table: PlainTable, columns: Mapping[str, str]) -> None:
        self.drop(name)
        if table.parquet:
            self._sources[name] = table.path
            self._run(f"CREATE VIEW {name} AS {_parquet(table.path, columns)}")
        else:
            stream = CsvStream(table, {key: _TYPES[value] for key, value in columns.items()})
            self._sources[name] = stream
            self._connection.from_arrow(stream).create_view(name)

    def rows(self, name: str) -> int:
        source = self._sources[name]
        if isinstance(source, CsvStream):
            return source.rows
        return int(pq.read_metadata(source).num_rows)

    def register(self, name: str, table: pa.Table) -> None:
        self._connection.from_arrow(table).create_view(name)

    def create(self, name: str, query: str) -> None:
        self._run(f"CREATE OR REPLACE TABLE {name} AS {query}")

    def fetch(self, query: str) -> pa.Table:
        return self._run(query).to_arrow_table()

    def drop(self, *names: str) -> None:
        for name in names:
            self._sources.pop(name, None)
            for kind in self._kinds(name):
                self._connection.execute(f"DROP {kind} {name}")

    def close(self) -> None:
        self._connection.close()

    def _kinds(self, name: str) -> list[str]:
        query = (
            "SELECT CASE WHEN table_type = 'VIEW' THEN 'VIEW' ELSE 'TABLE' END "
            f"FROM information_schema.tables WHERE table_name = '{name}'"
        )
        return [kind for (kind,) in self._connection.execute(query).fetchall()]

    def _run(self, statement: str) -> duckdb.DuckDBPyConnection:
        try:
            return self._connection.execute(statement)
        except _FAULTS as error:
            raise ScanError(str(error)) from error


def _parquet(path: Path, columns: Mapping[str, str]) -> str:
    cells = ", ".join(
        f"{_cell(name, kind)} AS {identifier(name)}" for name, kind in columns.items()
    )
    file = str(path).replace("'", "''")
    return f"SELECT {cells} FROM read_parquet('{file}')"


def _cell(name: str, kind: str) -> str:
    cast = f"CAST({identifier(name)} AS {kind})"
    return f"coalesce({cast}, '')" if kind == "VARCHAR" else cast
