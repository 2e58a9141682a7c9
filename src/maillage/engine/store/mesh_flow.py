"""The balances of a mesh as ``.npy`` files of one folder."""

from pathlib import Path

import numpy as np

from maillage.engine.flows import CellSums
from maillage.engine.matrix import FlowMatrix
from maillage.engine.mesh_flow import MeshFlow, PartnerRows, country_mesh, mesh_flow, partner_level
from maillage.engine.partners import partners_on
from maillage.engine.store.folder import DraftFolder, read_array
from maillage.territory.geography import FloatArray, Geography

MESHES = "meshes"


def write_mesh_flows(
    draft: DraftFolder, folder: str, geography: Geography, matrix: FlowMatrix
) -> None:
    """The current mesh of every level, and the whole country."""
    levels = sorted({mesh.level for mesh in geography.meshes})
    for mesh in (*(geography.mesh(level) for level in levels), country_mesh(geography)):
        partners = partners_on(geography, partner_level(geography, mesh.level))
        write_mesh_flow(draft, f"{folder}/{MESHES}/{mesh.level}", mesh_flow(matrix, mesh, partners))


def write_mesh_flow(draft: DraftFolder, home: str, flow: MeshFlow) -> None:
    draft.array(f"{home}/margins.npy", np.stack([_stack(margin) for margin in flow.margins]))
    for way, rows in (("outgoing", flow.outgoing), ("incoming", flow.incoming)):
        draft.array(f"{home}/{way}/start.npy", rows.start)
        draft.array(f"{home}/{way}/partner.npy", rows.partner)
        draft.array(f"{home}/{way}/sums.npy", _stack(rows.sums))


def read_mesh_flow(home: Path) -> MeshFlow:
    same, moved, out, into = read_array(home / "margins.npy")
    return MeshFlow(
        (_unstack(same), _unstack(moved), _unstack(out), _unstack(into)),
        _read_rows(home / "outgoing"),
        _read_rows(home / "incoming"),
    )


def _read_rows(home: Path) -> PartnerRows:
    return PartnerRows(
        read_array(home / "start.npy"),
        read_array(home / "partner.npy"),
        _unstack(read_array(home / "sums.npy")),
    )


def _stack(sums: CellSums) -> FloatArray:
    """Parts on the first axis: weight; weight, squares; weight, hidden, split; or all four."""
    parts = (sums.weight, sums.squares, sums.hidden, sums.split)
    return np.stack([part for part in parts if part is not None])


def _unstack(parts: FloatArray) -> CellSums:
    exact, flagged = len(parts) % 2 == 0, len(parts) > 2
    return CellSums(
        parts[0],
        parts[1] if exact else None,
        parts[-2] if flagged else None,
        parts[-1] if flagged else None,
    )
