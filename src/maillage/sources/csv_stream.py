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

SEGMENT = 1 << 20  # bytes parsed at once by one thread: what its cache holds
QUOTE = b'"'


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
        mark = table.header.delimiter
        self._quoted = pc.ParseOptions(delimiter=mark, quote_char=QUOTE.decode())
        self._unquoted = pc.ParseOptions(delimiter=mark, quote_char=False, double_quote=False)
        self._convert = pc.ConvertOptions(
            include_columns=list(types),
            column_types=dict(types),
            null_values=[],
            strings_can_be_null=False,
            check_utf8=False,  # plain tables are in UTF-8
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
                waiting.append(pool.submit(self._table, *segment))
                if len(waiting) > workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def _table(self, block: bytes, end: int) -> Any:
        return pc.read_csv(
            pa.BufferReader(pa.py_buffer(block).slice(0, end)),
            read_options=self._read,
            parse_options=self._quoted if QUOTE in block else self._unquoted,
            convert_options=self._convert,
        )

    def _segments(self) -> Iterator[tuple[bytes, int]]:
        """Blocks of about ``SEGMENT`` bytes after the header, and where their last line ends."""
        with self.table.path.open("rb") as stream:
            start = len(stream.readline())
            while block := stream.read(SEGMENT):
                end = block.rfind(b"\n") + 1
                if not end:  # the last line, or one longer than a block
                    block += stream.readline()
                    end = len(block)
                yield block, end
                start += end
                stream.seek(start)
