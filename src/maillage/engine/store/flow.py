"""One flow and year: the open table of its cells, and its rows both ways."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from maillage.engine.dataset import FlowCells, FlowMeta
from maillage.engine.matrix import (
    SPLIT,
    SUPPRESSED,
    FlowMatrix,
    category_rows,
    cell_flags,
    pack_breakdown,
    pack_matrix,
)
from maillage.engine.store.distance import write_distances
from maillage.engine.store.folder import DraftFolder, read_json
from maillage.engine.store.mesh_flow import write_mesh_flows
from maillage.engine.store.meta import meta_from_json, meta_to_json
from maillage.engine.store.rows import read_rows, write_rows
from maillage.territory.geography import Geography


def flow_folder(flow: str, year: int) -> str:
    return f"flows/{flow}/{year}"


def write_flow(draft: DraftFolder, geography: Geography, cells: FlowCells) -> FlowMatrix:
    """Writes the cells and returns their matrix. ValueError on cells that break their promise."""
    folder = flow_folder(cells.meta.flow, cells.meta.year)
    matrix = pack_matrix(cells, geography.n_communes, geography.n_nodes)
    draft.json(f"{folder}/meta.json", meta_to_json(cells.meta))
    draft.table(f"{folder}/cells.parquet", _open_table(geography, cells))
    write_rows(draft, f"{folder}/by_origin", matrix.by_origin)
    write_rows(draft, f"{folder}/by_destination", matrix.by_destination)
    write_mesh_flows(draft, folder, geography, matrix)
    write_distances(draft, folder, geography, matrix)
    for dimension, breakdown in cells.breakdowns.items():
        home = f"{folder}/breakdowns/{dimension}"
        by_origin, by_destination = pack_breakdown(breakdown, geography.n_nodes)
        draft.json(f"{home}/categories.json", list(breakdown.categories))
        write_rows(draft, f"{home}/by_origin", by_origin)
        write_rows(draft, f"{home}/by_destination", by_destination)
    return matrix


def read_meta(edition: Path, flow: str, year: int) -> FlowMeta:
    return meta_from_json(read_json(edition / flow_folder(flow, year) / "meta.json"))


def read_matrix(edition: Path, geography: Geography, flow: str, year: int) -> FlowMatrix:
    folder = edition / flow_folder(flow, year)
    return FlowMatrix(
        flow,
        year,
        read_rows(folder / "by_origin"),
        read_rows(folder / "by_destination"),
        geography.n_communes,
        geography.n_nodes,
    )


def read_dimensions(edition: Path, flow: str, year: int) -> dict[str, tuple[str, ...]]:
    """Categories by dimension, for those the file breaks down."""
    homes = (edition / flow_folder(flow, year) / "breakdowns").glob("*/categories.json")
    return {path.parent.name: tuple(read_json(path)) for path in sorted(homes)}


def read_breakdown(
    edition: Path, geography: Geography, flow: str, year: int, dimension: str
) -> dict[str, FlowMatrix]:
    """One matrix a category; they share their memory-mapped cells."""
    home = edition / flow_folder(flow, year) / "breakdowns" / dimension
    by_origin, by_destination = read_rows(home / "by_origin"), read_rows(home / "by_destination")
    return {
        code: FlowMatrix(
            flow,
            year,
            category_rows(by_origin, category, geography.n_nodes),
            category_rows(by_destination, category, geography.n_nodes),
            geography.n_communes,
            geography.n_nodes,
        )
        for category, code in enumerate(read_json(home / "categories.json"))
    }


def _open_table(geography: Geography, cells: FlowCells) -> pa.Table:
    """The cells for whoever opens the edition with another tool: codes, weights, flags."""
    nodes = pa.array([*geography.codes, *(cell.code for cell in geography.outside)])
    columns = {
        "origin": pa.DictionaryArray.from_arrays(pa.array(cells.origin), nodes),
        "destination": pa.DictionaryArray.from_arrays(pa.array(cells.destination), nodes),
        "weight": cells.weight,
    }
    if cells.weight_sq is not None:
        columns["weight_sq"] = cells.weight_sq
    flags = cell_flags(cells)
    if flags is not None:
        hidden = (flags & SUPPRESSED).astype(bool)
        columns["weight"] = pa.array(cells.weight, mask=hidden)
        columns["suppressed"] = hidden
        columns["split"] = (flags & SPLIT).astype(bool)
    return pa.table({name: _column(values) for name, values in columns.items()})


def _column(values: "np.ndarray | pa.Array") -> pa.Array:
    return values if isinstance(values, pa.Array) else pa.array(values)
