"""Compressed rows as ``.npy`` files of one folder."""

from pathlib import Path

from maillage.engine.matrix import SparseRows
from maillage.engine.store.folder import DraftFolder, read_array

_OPTIONAL = ("weight_sq", "flags")


def write_rows(draft: DraftFolder, folder: str, rows: SparseRows) -> None:
    for name in ("start", "node", "weight", *_OPTIONAL):
        values = getattr(rows, name)
        if values is not None:
            draft.array(f"{folder}/{name}.npy", values)


def read_rows(folder: Path) -> SparseRows:
    return SparseRows(
        read_array(folder / "start.npy"),
        read_array(folder / "node.npy"),
        read_array(folder / "weight.npy"),
        *(
            read_array(path) if (path := folder / f"{name}.npy").exists() else None
            for name in _OPTIONAL
        ),
    )
