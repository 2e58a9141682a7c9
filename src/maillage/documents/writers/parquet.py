"""Parquet: typed columns, French labels and facts in the metadata."""

import json
from collections.abc import Iterable, Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from maillage.documents.tables.values import Column, Fact, Kind, Row, Workbook, flat, plain

TYPES = {
    Kind.CODE: pa.string(),
    Kind.TEXT: pa.string(),
    Kind.DATE: pa.string(),
    Kind.NUMBER: pa.float64(),
    Kind.YEAR: pa.int32(),
}


def parquet(workbook: Workbook) -> bytes:
    """The main table, zstd, the facts in the metadata of the schema under ``maillage``."""
    table = flat(workbook)
    schema = parquet_schema(table.columns, workbook.title, workbook.facts)
    sink = pa.BufferOutputStream()
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        writer.write_table(parquet_rows(schema, table.rows))
    return bytes(sink.getvalue())


def parquet_schema(columns: Sequence[Column], title: str, facts: Sequence[Fact]) -> pa.Schema:
    told = {"title": title, "facts": [[fact.key, fact.label, fact.value] for fact in facts]}
    fields = [
        pa.field(column.key, TYPES[column.kind], metadata={"label": column.label})
        for column in columns
    ]
    return pa.schema(fields, metadata={"maillage": json.dumps(told, ensure_ascii=False)})


def parquet_rows(schema: pa.Schema, rows: Iterable[Row]) -> pa.Table:
    """Rows as columns of that schema; unknown is null."""
    columns = list(zip(*(map(plain, row) for row in rows), strict=True)) or [()] * len(schema)
    arrays = [
        pa.array(
            [None if cell == "" and not pa.types.is_string(kind) else cell for cell in column], kind
        )
        for column, kind in zip(columns, schema.types, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)
