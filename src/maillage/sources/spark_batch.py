"""The same batch on Spark, for data that outgrow one machine: DuckDB SQL transpiled by sqlglot.

The cluster is named by ``SPARK_MASTER_URL`` (``spark://host:7077``), this machine by default. Its
workers must see the files of the mirror under the same paths.
"""

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import sqlglot
from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import DoubleType, StringType, StructField, StructType

from maillage.sources.batch import ScanError
from maillage.sources.opening import PlainTable

MASTER = "SPARK_MASTER_URL"
_MISSING = "\x01"
_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.ansi.enabled": "true",  # a cast that fails is an error, never a null
    "spark.sql.csv.parser.columnPruning.enabled": "false",  # a short line is a fault everywhere
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.ui.showConsoleProgress": "false",
}


class SparkBatch:
    """Implements ``Batch``; closing it ends the Spark session."""

    def __init__(self, workdir: Path) -> None:
        builder = SparkSession.builder.appName("maillage").master(
            os.environ.get(MASTER, "local[*]")
        )
        settings = _SETTINGS | {"spark.sql.warehouse.dir": str(workdir / "warehouse")}
        for key, value in settings.items():
            builder = builder.config(key, value)
        self._session = builder.getOrCreate()
        self._session.sparkContext.setLogLevel("OFF")  # its faults reach us as exceptions
        logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)
        self._kept: dict[str, DataFrame] = {}

    def scan(self, name: str, table: PlainTable, columns: Mapping[str, str]) -> None:
        frame = self._parquet(table) if table.parquet else self._csv(table, columns)
        cells = [f"{_cell(column, kind)} AS `{column}`" for column, kind in columns.items()]
        frame.selectExpr(*cells).createOrReplaceTempView(name)

    def rows(self, name: str) -> int:
        with _explained():
            return int(self._session.table(name).count())

    def register(self, name: str, table: pa.Table) -> None:
        self._session.createDataFrame(table).createOrReplaceTempView(name)

    def create(self, name: str, query: str) -> None:
        with _explained():
            frame = self._sql(query).persist()
            frame.count()
        self._kept[name] = frame
        frame.createOrReplaceTempView(name)

    def fetch(self, query: str) -> pa.Table:
        with _explained():
            return self._sql(query).toArrow()

    def drop(self, *names: str) -> None:
        for name in names:
            self._session.catalog.dropTempView(name)
            if name in self._kept:
                self._kept.pop(name).unpersist()

    def close(self) -> None:
        self._session.stop()

    def _sql(self, query: str) -> DataFrame:
        (statement,) = sqlglot.transpile(query, read="duckdb", write="spark")
        return self._session.sql(statement)

    def _csv(self, table: PlainTable, columns: Mapping[str, str]) -> DataFrame:
        kinds = {"DOUBLE": DoubleType(), "VARCHAR": StringType()}
        fields = [
            StructField(name, kinds[columns.get(name, "VARCHAR")]) for name in table.header.columns
        ]
        return self._session.read.csv(
            _uri(table.path),
            schema=StructType(fields),
            header=True,
            sep=table.header.delimiter,
            quote='"',
            escape='"',
            mode="FAILFAST",
            nullValue=_MISSING,
            emptyValue="",
        )

    def _parquet(self, table: PlainTable) -> DataFrame:
        return self._session.read.parquet(_uri(table.path))


def _cell(column: str, kind: str) -> str:
    cast = f"CAST(`{column}` AS {'DOUBLE' if kind == 'DOUBLE' else 'STRING'})"
    return f"coalesce({cast}, '')" if kind == "VARCHAR" else cast


def _uri(path: Path) -> str:
    return path.resolve().as_uri()


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except (PySparkException, Py4JJavaError) as error:
        raise ScanError(str(error).splitlines()[0]) from error
