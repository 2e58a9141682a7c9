"""The grants of a year as a table, amounts as exact decimals."""

from dataclasses import asdict, fields
from pathlib import Path

import pyarrow as pa

from maillage.engine.dataset import Grant, GrantList, SourceFile
from maillage.engine.store.folder import DraftFolder, read_json, read_table

_EUROS = pa.decimal128(20, 9)  # lists hold up to nine decimals
_TYPES = {field.name: pa.string() for field in fields(Grant)} | {"cost": _EUROS, "subsidy": _EUROS}


def grant_folder(year: int) -> str:
    return f"grants/{year}"


def write_grants(draft: DraftFolder, values: GrantList) -> None:
    rows = [asdict(grant) for grant in values.grants]
    columns = {name: pa.array([row[name] for row in rows], kind) for name, kind in _TYPES.items()}
    folder = grant_folder(values.year)
    draft.table(f"{folder}/grants.parquet", pa.table(columns))
    facts = {
        "source": asdict(values.source),
        "fictional": values.fictional,
        "notes": list(values.notes),
    }
    draft.json(f"{folder}/meta.json", facts)


def read_grants(edition: Path, year: int) -> GrantList:
    folder = edition / grant_folder(year)
    facts = read_json(folder / "meta.json")
    rows = read_table(folder / "grants.parquet").to_pylist()
    return GrantList(
        year=year,
        source=SourceFile(**facts["source"]),
        grants=tuple(Grant(**row) for row in rows),
        fictional=facts["fictional"],
        notes=tuple(facts["notes"]),
    )
