"""A flow summed on a mesh: each unit's exchanges, ready to read in one slice each way.

Rows are compressed, so that a file covering one département costs its own size and not that of
the whole country; ``profile`` unrolls them when a question bears on every unit at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from maillage.engine.flows import CellSum, CellSums, FlowBalance, flow_balance
from maillage.engine.matrix import FlowMatrix, SparseRows
from maillage.engine.partners import Partners
from maillage.engine.profile import FlowProfile
from maillage.territory.geography import FloatArray, Geography, IntArray, Mesh
from maillage.territory.units import COMMUNE, COUNTRY, COUNTRY_ID

#: Rows of ``MeshFlow.margins``.
SAME, MOVED, OUT, IN = range(4)


@dataclass(frozen=True, eq=False)
class PartnerRows:
    """Unit ``u`` exchanges with ``partner[start[u]:start[u + 1]]``, sums alongside."""

    start: npt.NDArray[np.int64]
    partner: IntArray
    sums: CellSums

    def unroll(self, unit: int, n_partners: int) -> CellSums:
        """Sums of one unit, one entry a partner."""
        own = slice(self.start[unit], self.start[unit + 1])
        partner = self.partner[own]

        def spread(values: FloatArray | None) -> FloatArray | None:
            if values is None:
                return None
            dense = np.zeros(n_partners)
            dense[partner] = values[own]
            return dense

        weight = np.zeros(n_partners)
        weight[partner] = self.sums.weight[own]
        squares, hidden, split = self.sums.squares, self.sums.hidden, self.sums.split
        return CellSums(weight, spread(squares), spread(hidden), spread(split))

    def matrix(self, n_partners: int) -> FloatArray:
        """Weights of every unit, (units, partners)."""
        n_units = len(self.start) - 1
        dense = np.zeros((n_units, n_partners))
        dense[np.repeat(np.arange(n_units), np.diff(self.start)), self.partner] = self.sums.weight
        return dense


@dataclass(frozen=True, eq=False)
class MeshFlow:
    """Balances of every unit of a mesh with the same partners.

    ``margins`` are sums by unit, (units,): within a commune, between communes, out, in.
    """

    margins: tuple[CellSums, CellSums, CellSums, CellSums]
    outgoing: PartnerRows
    incoming: PartnerRows

    def balance(self, unit: int, n_partners: int) -> FlowBalance:
        """What ``flow_balance`` gives for the members of the unit, to the last bit."""
        return FlowBalance(
            self.margins[SAME].at(unit),
            self.margins[MOVED].at(unit),
            self.outgoing.unroll(unit, n_partners),
            self.incoming.unroll(unit, n_partners),
        )

    def profile(self, n_partners: int) -> FlowProfile:
        """Every unit at once, partners on the last axis."""
        return replace(
            self.margin_profile(),
            outgoing=self.outgoing.matrix(n_partners),
            incoming=self.incoming.matrix(n_partners),
        )

    def margin_profile(self) -> FlowProfile:
        """Every unit at once, partners left out."""
        same, moved, out, into = (margin.weight for margin in self.margins)
        return margin_profile(same + moved, (out, into))


@dataclass(frozen=True, eq=False)
class DenseFlow:
    """``profile`` of every unit of ``mesh``, with ``partners`` on its last axis."""

    mesh: Mesh
    partners: Partners
    profile: FlowProfile


def country_mesh(geography: Geography) -> Mesh:
    """The whole country as the one unit of a mesh."""
    everything = np.arange(geography.n_communes, dtype=np.int32)
    return Mesh(
        level=COUNTRY,
        year=geography.cog,
        label="Pays",
        codes=(COUNTRY_ID,),
        names=("",),
        natures=("",),
        starts=np.array([0, geography.n_communes], dtype=np.int32),
        members=everything,
        partition=True,
        source="",
    )


@lru_cache(maxsize=64)
def partner_level(geography: Geography, level: str) -> str:
    """The mesh on which territories of a level meet partners, unless asked otherwise.

    Their own where it parts most of the country; EPCI for communes, contracts, programmes, free
    perimeters and the whole country (communes where there are no EPCI).
    """
    parted = {
        mesh.level
        for mesh in geography.meshes
        if mesh.partition and 2 * len(mesh.members) > geography.n_communes
    }
    if level in parted:
        return level
    return "epci" if "epci" in parted else COMMUNE


def mesh_flow(matrix: FlowMatrix, mesh: Mesh, partners: Partners) -> MeshFlow:
    """Sums the balance of each unit, as ``flow_balance`` finds it."""
    balances = [
        flow_balance(matrix, mesh.unit_members(unit), partners.of, len(partners))
        for unit in range(len(mesh.codes))
    ]
    return MeshFlow(
        margins=(
            _margin([b.internal_same for b in balances], matrix.by_origin),
            _margin([b.internal_moved for b in balances], matrix.by_origin),
            _margin([b.out_total for b in balances], matrix.by_origin),
            _margin([b.in_total for b in balances], matrix.by_origin),
        ),
        outgoing=_rows([b.outgoing for b in balances]),
        incoming=_rows([b.incoming for b in balances]),
    )


def margin_profile(same: FloatArray, crossing: tuple[FloatArray, FloatArray]) -> FlowProfile:
    """Profile of many territories without their partners: internal, then what goes out and in."""
    nobody = np.zeros((*same.shape, 0))
    return FlowProfile(same, same + crossing[0], same + crossing[1], nobody, nobody)


def commune_profile(matrix: FlowMatrix) -> FlowProfile:
    """Margins of every commune, partners left out."""
    rows, n = matrix.by_origin, matrix.n_communes
    row = np.repeat(np.arange(matrix.n_nodes), np.diff(rows.start))
    stays = np.where(row == rows.node, rows.weight, 0.0)
    same, out, into = (
        np.bincount(node, weight, matrix.n_nodes)[:n].astype(np.float64, copy=False)
        for node, weight in (
            (row, stays),
            (row, rows.weight - stays),
            (rows.node, rows.weight - stays),
        )
    )
    return margin_profile(same, (out, into))


def _margin(parts: list[CellSum], cells: SparseRows) -> CellSums:
    exact, flagged = cells.weight_sq is not None, cells.flags is not None
    return CellSums(
        np.array([part.weight for part in parts]),
        np.array([part.squares or 0.0 for part in parts]) if exact else None,
        np.array([float(part.hidden) for part in parts]) if flagged else None,
        np.array([part.split for part in parts]) if flagged else None,
    )


def _rows(balances: list[CellSums]) -> PartnerRows:
    """Keeps the partners with which something is exchanged, or hidden."""
    kept = [np.flatnonzero(b.weight if b.hidden is None else b.weight + b.hidden) for b in balances]

    def join(parts: Iterable[FloatArray | None]) -> FloatArray | None:
        pairs = zip(parts, kept, strict=True)
        rows = [part[partner] for part, partner in pairs if part is not None]
        return np.concatenate(rows) if rows else None

    weight = join(b.weight for b in balances)
    return PartnerRows(
        np.cumsum([0, *map(len, kept)]).astype(np.int64),
        np.concatenate([np.zeros(0, np.int32), *kept]).astype(np.int32),
        CellSums(
            np.zeros(0) if weight is None else weight,
            join(b.squares for b in balances),
            join(b.hidden for b in balances),
            join(b.split for b in balances),
        ),
    )
