"""The first partners of a territory in one direction, as rows of a table."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from maillage.engine.dataset import Coverage
from maillage.engine.partners import PartnerKind
from maillage.observatory.answers.balance import Balance, PartnerBalance
from maillage.territory.geography import Geography, IntArray, Mesh
from maillage.territory.units import COMMUNE, unit_id
from maillage.wording.figures import Figure, figure

Way = Literal["incoming", "outgoing"]


@dataclass(frozen=True)
class PartnerRow:
    """``id`` is empty for what is no territory of the country. ``own`` when the territory is
    part of this partner: the figure is then that of its other communes.

    ``share`` is of all that crosses the edge this way, None where the file does not see it all.
    ``width`` is in percent of the first row.
    """

    id: str
    name: str
    own: bool
    figure: Figure
    share: float | None
    width: float


def first_partners(
    balance: Balance, geography: Geography, communes: IntArray, way: Way, count: int
) -> tuple[PartnerRow, ...]:
    """By decreasing flow; partners without any, or hidden, are not among the first."""
    linked = [(flow, p) for p in balance.partners if (flow := getattr(p, way))]
    first = sorted(linked, key=lambda pair: -pair[0])[:count]
    total = _whole(balance, way)
    ids = _ids(balance, geography)
    home = home_codes(balance, geography, communes)
    return tuple(
        PartnerRow(
            id=ids.get(partner.code, ""),
            name=partner.name,
            own=partner.code in home,
            figure=_figure(balance, partner, way),
            share=flow / total if total else None,
            width=100 * flow / first[0][0],
        )
        for flow, partner in first
    )


def _whole(balance: Balance, way: Way) -> float | None:
    """All that crosses the edge this way, None when the file does not show it all."""
    covered = getattr(balance.universe.coverage, way) is Coverage.COMPLETE
    open_ = getattr(balance.secrecy, way).hidden_cells == 0
    return getattr(balance, way) if covered and open_ else None


def _figure(balance: Balance, partner: PartnerBalance, way: Way) -> Figure:
    return figure(
        getattr(partner, way),
        balance.unit.id,
        getattr(partner.precision, way),
        secrecy=getattr(partner.secrecy, way),
    )


def _ids(balance: Balance, geography: Geography) -> dict[str, str]:
    """Id of each partner that is a territory, by its code on the mesh."""
    codes = [p.code for p in balance.partners if p.kind is PartnerKind.TERRITORY]
    if balance.mesh == COMMUNE:
        return {code: code for code in codes}
    mesh = geography.mesh(balance.mesh)
    return {code: unit_id(geography, mesh, mesh.index[code]) for code in codes}


def home_codes(balance: Balance, geography: Geography, communes: IntArray) -> frozenset[str]:
    """Codes of the partners that the territory is a part of, or reaches into."""
    if balance.mesh == COMMUNE:
        return frozenset()
    mesh: Mesh = geography.mesh(balance.mesh)
    units = np.unique(mesh.unit_of(geography.n_communes)[communes])
    return frozenset(mesh.codes[unit] for unit in units if unit >= 0)
