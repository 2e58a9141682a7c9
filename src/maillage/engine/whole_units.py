"""Sets of communes that are made of whole units of a mesh."""

import numpy as np

from maillage.territory.geography import Geography, IntArray, Mesh


def whole_units(mesh: Mesh, communes: IntArray, geography: Geography) -> IntArray:
    """Units whose union is exactly this set (sorted node indices); none when there are no such."""
    inside = np.zeros(geography.n_communes, dtype=np.int64)
    inside[communes] = 1
    running = np.concatenate([[0], np.cumsum(inside[mesh.members])])
    shared = running[mesh.starts[1:]] - running[mesh.starts[:-1]]
    whole = np.flatnonzero((shared > 0) & (shared == np.diff(mesh.starts))).astype(np.int32)
    covered = np.concatenate([np.zeros(0, np.int32), *(mesh.unit_members(int(u)) for u in whole)])
    return whole if np.array_equal(np.sort(covered), communes) else whole[:0]
