"""The record beside a mirror's files: where each came from, when, and its checksum."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from maillage.common.errors import InputError
from maillage.common.files import replace_text

SNAPSHOT = "snapshot.json"
_BLOCK = 1 << 20


@dataclass(frozen=True)
class SnapshotFile:
    """One file of a mirror: ``file`` relative to it, ``date`` ISO as given by the caller."""

    file: str
    card: str
    url: str
    date: str
    sha256: str
    size: int  # bytes
    licence: str


@dataclass(frozen=True)
class Snapshot:
    """Files in path order."""

    files: tuple[SnapshotFile, ...] = ()

    def merged(self, files: Iterable[SnapshotFile]) -> "Snapshot":
        """The same record where ``files`` replace those of the same path."""
        by_path = {item.file: item for item in (*self.files, *files)}
        return Snapshot(tuple(by_path[path] for path in sorted(by_path)))


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of a file, read by blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def read_snapshot(mirror: Path) -> Snapshot:
    """The record of a mirror; an empty one where there is none. InputError if unreadable."""
    path = mirror / SNAPSHOT
    if not path.exists():
        return Snapshot()
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Snapshot(tuple(SnapshotFile(**item) for item in content.get("files", ())))
    except (ValueError, TypeError, AttributeError) as error:
        raise InputError(
            problem="le relevé du miroir est illisible.",
            remedy="supprimez ce fichier ; la prochaine collecte le réécrira.",
            file=SNAPSHOT,
        ) from error


def write_snapshot(mirror: Path, snapshot: Snapshot) -> None:
    """Replaces the record in one step, so that a reader never sees half of it."""
    content = {"files": [asdict(item) for item in snapshot.files]}
    replace_text(mirror / SNAPSHOT, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def altered_files(mirror: Path) -> tuple[str, ...]:
    """Recorded files that are missing or whose bytes no longer match their checksum."""
    return tuple(
        item.file
        for item in read_snapshot(mirror).files
        if not (mirror / item.file).is_file() or sha256_of(mirror / item.file) != item.sha256
    )
