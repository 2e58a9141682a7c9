"""A flow file of one year as a sparse matrix, ready both ways.

Nodes are those of the geography (communes, then outside cells). Rows are origins: residence for
commuting and school, former residence for residential, old address for transfers, headquarters
for control links, workplace for wages (money goes from workplace to residence).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.territory.geography import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class SparseRows:
    """Compressed rows: cells of row ``r`` are ``start[r]:start[r + 1]``, columns ascending.

    ``weight`` is Σw. ``weight_sq`` is Σw² where the file gives individual weights, else None.
    """

    start: npt.NDArray[np.int64]
    node: IntArray
    weight: FloatArray
    weight_sq: FloatArray | None


@dataclass(frozen=True, eq=False)
class FlowMatrix:
    """Commune-to-commune cells, by origin and by destination (the same cells twice)."""

    flow: str
    year: int
    by_origin: SparseRows
    by_destination: SparseRows
    n_communes: int
    n_nodes: int
