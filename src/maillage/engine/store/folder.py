"""Bytes of an edition: checksummed on the way in, memory-mapped on the way out."""

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from maillage.common.files import sync_folder

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class FileMark:
    """Size in bytes and SHA-256 of a file of an edition."""

    size: int
    sha256: str


class _HashedStream:
    """A binary stream that hashes what goes through it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self.size = 0
        self.closed = False

    def write(self, data: Any) -> int:
        view = memoryview(data).cast("B")
        self._stream.write(view)
        self._digest.update(view)
        self.size += len(view)
        return len(view)

    def flush(self) -> None:
        self._stream.flush()

    def tell(self) -> int:
        return self.size

    def writable(self) -> bool:
        return True

    @property
    def mark(self) -> FileMark:
        return FileMark(self.size, self._digest.hexdigest())


@dataclass(frozen=True)
class DraftFolder:
    """A folder being written. Names are relative paths with ``/``; each is written once.

    ``marks`` fills as files are finished; ``pending`` holds the bytes of the file under way, so
    that a full disk can be told how much was needed.
    """

    path: Path
    marks: dict[str, FileMark] = field(default_factory=dict)
    pending: list[int] = field(default_factory=lambda: [0])

    def array(self, name: str, values: Array) -> None:
        """A ``.npy`` file, to be memory-mapped by readers."""
        self.pending[0] = values.nbytes
        self._write(name, lambda out: np.lib.format.write_array(out, values, allow_pickle=False))

    def table(self, name: str, table: pa.Table) -> None:
        """A Parquet file (zstd). The same table gives the same bytes."""
        self.pending[0] = table.nbytes
        self._write(name, lambda out: pq.write_table(table, out, compression="zstd"))

    def json(self, name: str, content: object) -> None:
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
        self.pending[0] = len(text)
        self._write(name, lambda out: out.write(text.encode()))

    @property
    def bytes_asked(self) -> int:
        """Bytes written so far and those of the file under way."""
        return sum(mark.size for mark in self.marks.values()) + self.pending[0]

    def _write(self, name: str, fill: Callable[[Any], object]) -> None:
        if name in self.marks:
            raise ValueError(f"{name} is written twice")
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            hashed = _HashedStream(stream)
            fill(hashed)
            stream.flush()
            os.fsync(stream.fileno())
        self.marks[name] = hashed.mark
        self.pending[0] = 0

    def sync(self) -> None:
        """Makes the whole folder outlive a power cut."""
        for folder in sorted({(self.path / name).parent for name in self.marks}):
            sync_folder(folder)


def read_array(path: Path) -> Array:
    """Memory-mapped, read only, as a plain array (the memmap class is slow to slice)."""
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))


def read_table(path: Path) -> pa.Table:
    """A whole Parquet file; ``pq.read_table`` would first import the dataset layer and pandas."""
    with pq.ParquetFile(path) as stream:
        return stream.read()


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def mark_of(path: Path) -> FileMark:
    """The mark of a file as it stands now."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    return FileMark(path.stat().st_size, digest.hexdigest())
