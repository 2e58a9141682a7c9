"""Contours of a mesh as a table of WKB."""

from pathlib import Path

import pyarrow as pa

from maillage.engine.dataset import LevelShapes
from maillage.engine.store.folder import DraftFolder, read_json, read_table


def write_shapes(draft: DraftFolder, shapes: LevelShapes) -> None:
    inset = set(shapes.inset)
    table = pa.table(
        {
            "code": list(shapes.codes),
            "geometry": pa.array(shapes.shapes, pa.binary()),
            "inset": [code in inset for code in shapes.codes],
        }
    )
    draft.table(f"geometry/{shapes.level}.parquet", table)
    draft.json(f"geometry/{shapes.level}.json", {"year": shapes.year, "source": shapes.source})


def read_shapes(edition: Path, level: str) -> LevelShapes:
    facts = read_json(edition / "geometry" / f"{level}.json")
    table = read_table(edition / "geometry" / f"{level}.parquet")
    codes = table["code"].to_pylist()
    inset = table["inset"].to_pylist()
    return LevelShapes(
        level=level,
        year=facts["year"],
        codes=tuple(codes),
        shapes=tuple(table["geometry"].to_pylist()),
        inset=tuple(code for code, moved in zip(codes, inset, strict=True) if moved),
        source=facts["source"],
    )
