"""Communes that are no more, one row for each commune of today that holds some of their land."""

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

import pyarrow as pa

from maillage.engine.store.folder import DraftFolder, read_table
from maillage.territory.former import FormerCommune

_FILE = "geography/former_communes.parquet"


def write_former(draft: DraftFolder, former: Mapping[str, FormerCommune]) -> None:
    rows = [(one.code, one.name, *part) for one in former.values() for part in one.lies]
    code, name, into, ratio = zip(*rows, strict=True) if rows else ((),) * 4
    columns = {
        "code": pa.array(code, pa.string()),
        "name": pa.array(name, pa.string()),
        "into": pa.array(into, pa.string()),
        "ratio": pa.array(ratio, pa.float64()),
    }
    draft.table(_FILE, pa.table(columns))


def read_former(folder: Path) -> dict[str, FormerCommune]:
    """Empty for an edition that was written without them."""
    if not (folder / _FILE).is_file():
        return {}
    rows = read_table(folder / _FILE).to_pylist()
    return {
        code: FormerCommune(code, name, tuple((row["into"], row["ratio"]) for row in parts))
        for (code, name), parts in groupby(rows, key=lambda row: (row["code"], row["name"]))
    }
