"""A csv file as a stream of Arrow batches: only the columns asked, parsed on every core.

pyarrow's parser reads a detail file about twice as fast as DuckDB's; cutting the file at line
ends keeps memory bounded whatever its size (measures in docs/decisions.md).
"""

import os
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pyarrow as pa
import pyarrow.csv as pc

from maillage.sources.opening import PlainTable

SEGMENT = 4 << 20  # bytes parsed at once by one thread


class CsvStream:
    """Can be read any number of times, each from the start; ``rows`` counts the last reading.

    ``types`` are the Arrow types of the columns to keep. An empty cell is an empty text, never
    missing. Reading raises ArrowInvalid on a cell that is not of its type, or on a line with too
    many or too few cells.
    """

    def __init__(self, table: PlainTable, types: Mapping[str, pa.DataType]) -> None:
        self.table = table
        self.schema = pa.schema(list(types.items()))
        self.rows = 0
        self._read = pc.ReadOptions(
            column_names=list(table.header.columns), block_size=SEGMENT, use_threads=False
        )
        self._parse = pc.ParseOptions(delimiter=table.header.delimiter)
        self._convert = pc.ConvertOptions(
            include_columns=list(types),
            column_types=dict(types),
            null_values=[],
            strings_can_be_null=False,
        )

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.reader().__arrow_c_stream__(requested_schema)

    def reader(self) -> pa.RecordBatchReader:
        return pa.RecordBatchReader.from_batches(self.schema, self._batches())

    def _batches(self) -> Iterator[pa.RecordBatch]:
        self.rows = 0
        for table in self._tables():
            self.rows += len(table)
            yield from table.to_batches()

    def _tables(self) -> Iterator[pa.Table]:
        workers = os.cpu_count() or 1
        with ThreadPoolExecutor(workers) as pool:
            waiting: deque[Future[pa.Table]] = deque()
            for segment in self._segments():
                waiting.append(pool.submit(self._table, segment))
                if len(waiting) > workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def _table(self, segment: bytes) -> Any:
        return pc.read_csv(
            pa.BufferReader(segment),
            read_options=self._read,
            parse_options=self._parse,
            convert_options=self._convert,
        )

    def _segments(self) -> Iterator[bytes]:
        """Whole lines after the header, about ``SEGMENT`` bytes at a time."""
        with self.table.path.open("rb") as stream:
            stream.readline()
            rest = b""
            while block := stream.read(SEGMENT):
                end = block.rfind(b"\n") + 1
                if end:
                    yield rest + block[:end]
                rest = block[end:] if end else rest + block
            if rest:
                yield rest
