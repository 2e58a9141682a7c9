"""Delimited text as the producers write it."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa
from pyarrow import csv as arrow_csv


def write_rows(
    path: Path,
    header: str | None,
    rows: Iterable[Sequence[object]],
    *,
    separator: str = ",",
    encoding: str = "utf-8",
    newline: str = "\n",
) -> None:
    """Writes a small table under its header line, exactly as published."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        if header is not None:
            file.write(header + newline)
        writer = csv.writer(file, delimiter=separator, lineterminator=newline)
        writer.writerows(rows)


class TableWriter:
    """Writes a large table batch after batch; headers are never quoted, cells never either."""

    def __init__(self, path: Path, header: str, separator: str = ";") -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("wb")
        self._file.write((header + "\n").encode())
        self._options = arrow_csv.WriteOptions(
            include_header=False, delimiter=separator, quoting_style="none"
        )

    def write(self, table: pa.Table) -> None:
        arrow_csv.write_csv(table, self._file, self._options)

    def __enter__(self) -> "TableWriter":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
