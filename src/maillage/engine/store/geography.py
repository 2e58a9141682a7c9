"""The geography of an edition as three tables: communes, units of the meshes, outside cells."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from maillage.engine.store.folder import DraftFolder, read_json, read_table
from maillage.territory.codes import OutsideCell, OutsideKind
from maillage.territory.geography import Geography, Mesh

_MESH_FACTS = ("level", "year", "label", "partition", "source", "prefix")


def write_geography(draft: DraftFolder, geography: Geography) -> None:
    draft.table("geography/communes.parquet", _communes(geography))
    draft.table("geography/units.parquet", _units(geography.meshes))
    draft.json("geography/geography.json", _facts(geography))


def read_geography(folder: Path) -> Geography:
    facts = read_json(folder / "geography" / "geography.json")
    communes = read_table(folder / "geography" / "communes.parquet")
    units = read_table(folder / "geography" / "units.parquet")
    return Geography(
        cog=facts["cog"],
        codes=tuple(communes["code"].to_pylist()),
        names=tuple(communes["name"].to_pylist()),
        population=communes["population"].to_numpy(),
        lon=communes["lon"].to_numpy(),
        lat=communes["lat"].to_numpy(),
        meshes=_meshes(facts["meshes"], units),
        fictional=facts["fictional"],
        country=facts["country"],
        outside=tuple(
            OutsideCell(code, OutsideKind(kind), name) for code, kind, name in facts["outside"]
        ),
    )


def _facts(geography: Geography) -> dict[str, object]:
    return {
        "cog": geography.cog,
        "fictional": geography.fictional,
        "country": geography.country,
        "outside": [[cell.code, cell.kind.value, cell.name] for cell in geography.outside],
        "meshes": [
            {name: getattr(mesh, name) for name in _MESH_FACTS} | {"units": len(mesh.codes)}
            for mesh in geography.meshes
        ],
    }


def _communes(geography: Geography) -> pa.Table:
    return pa.table(
        {
            "code": list(geography.codes),
            "name": list(geography.names),
            "population": geography.population,
            "lon": geography.lon,
            "lat": geography.lat,
        }
    )


def _units(meshes: tuple[Mesh, ...]) -> pa.Table:
    """One row a unit, mesh after mesh, with the commune indices of its members."""
    members = pa.ListArray.from_arrays(
        pa.array(_offsets(meshes)),
        pa.array(_joined([mesh.members for mesh in meshes])),
    )
    return pa.table(
        {
            "level": [mesh.level for mesh in meshes for _ in mesh.codes],
            "year": [mesh.year for mesh in meshes for _ in mesh.codes],
            "code": [code for mesh in meshes for code in mesh.codes],
            "name": [name for mesh in meshes for name in mesh.names],
            "nature": [nature for mesh in meshes for nature in mesh.natures],
            "signed": [day for mesh in meshes for day in mesh.signed or ("",) * len(mesh.codes)],
            "members": members,
        }
    )


def _joined(arrays: list[np.ndarray]) -> np.ndarray:
    return np.concatenate([np.zeros(0, np.int32), *arrays]).astype(np.int32)


def _offsets(meshes: tuple[Mesh, ...]) -> np.ndarray:
    sizes = _joined([np.diff(mesh.starts) for mesh in meshes])
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)


def _meshes(facts: list[dict[str, Any]], units: pa.Table) -> tuple[Mesh, ...]:
    meshes, first = [], 0
    for fact in facts:
        count = fact.pop("units")
        meshes.append(_mesh(fact, units.slice(first, count)))
        first += count
    return tuple(meshes)


def _mesh(fact: dict[str, Any], units: pa.Table) -> Mesh:
    members = units["members"].combine_chunks()
    signed = tuple(units["signed"].to_pylist())
    offsets = members.offsets.to_numpy()
    return Mesh(
        **fact,
        codes=tuple(units["code"].to_pylist()),
        names=tuple(units["name"].to_pylist()),
        natures=tuple(units["nature"].to_pylist()),
        starts=(offsets - offsets[0]).astype(np.int32),
        members=members.flatten().to_numpy(),
        signed=signed if any(signed) else (),
    )
