"""The partners of a flow as one result: what the table, the chart and the map all show."""

from dataclasses import dataclass

import numpy as np

from maillage.common.french import counted, percent
from maillage.engine.dataset import Coverage
from maillage.engine.edition import Edition
from maillage.engine.partners import PartnerKind
from maillage.observatory.answers.balance import Balance, PartnerBalance
from maillage.observatory.answers.flow import Flow, Others
from maillage.observatory.flow import BOTH, INCOMING, OUTGOING
from maillage.territory.perimeter import Perimeter
from maillage.territory.units import COMMUNE
from maillage.wording.figures import Figure, absent, figure, signed_amount

#: What a partner that is no territory is.
KINDS = {
    PartnerKind.ABROAD: "étranger",
    PartnerKind.OVERSEAS_COLLECTIVITY: "hors du champ des communes",
    PartnerKind.UNKNOWN: "lieu non connu",
    PartnerKind.WITHOUT: "hors de ce découpage",
}


@dataclass(frozen=True)
class Row:
    """One partner. ``out`` and ``into`` are what is known of its exchanges, in the unit of the
    balance, ``volume`` their sum in the direction asked, of which ``share`` is None where the
    file does not see the whole. ``kind``: French, what a partner that is no territory is.
    ``own``: the territory is a part of it."""

    code: str
    id: str
    name: str
    kind: str
    own: bool
    outgoing: Figure
    incoming: Figure
    net: Figure
    out: float
    into: float
    volume: float
    share: float | None
    partial: bool

    @property
    def said(self) -> str:
        """The line as a sentence."""
        figures = ((self.outgoing, "sortants"), (self.incoming, "entrants"))
        told = [f"{what} : {_least(shown)}{shown.text}" for shown, what in figures]
        told += [f"solde : {self.net.text}"] if self.net.known else []
        told += [f"{percent(self.share, 0)} du total"] if self.share is not None else []
        return f"{self.label} – {', '.join(told)}."

    @property
    def label(self) -> str:
        return f"{self.name} (autres communes)" if self.own else self.name


@dataclass(frozen=True)
class Rest:
    """The partners that are not shown, summed: totals close."""

    label: str
    outgoing: Figure
    incoming: Figure
    net: Figure
    share: float | None


@dataclass(frozen=True)
class Result:
    """Rows by decreasing volume, then the rest. ``total``: None where the file cuts it."""

    rows: tuple[Row, ...]
    rest: Rest | None
    total: float | None

    def row(self, code: str) -> Row | None:
        return next((row for row in self.rows if row.code == code), None)


def result(flow: Flow, edition: Edition, perimeter: Perimeter) -> Result:
    """Every figure is one the answer holds."""
    balance, home = flow.balance, _home(flow.balance, edition, perimeter)
    total = whole(balance, flow.way)
    return Result(
        rows=tuple(_row(balance, p, flow.way, p.code in home, total) for p in balance.partners),
        rest=None if flow.others is None else _rest(balance, flow.others, flow.way, total),
        total=total,
    )


def whole(balance: Balance, way: str) -> float | None:
    """All that crosses the edge in a direction; None when the file does not show it all."""
    names = {BOTH: (OUTGOING, INCOMING)}.get(way, (way,))
    known = [getattr(balance, name) for name in names]
    covered = all(getattr(balance.universe.coverage, n) is Coverage.COMPLETE for n in names)
    open_ = not any(getattr(balance.secrecy, name).hidden_cells for name in names)
    return float(sum(known)) if covered and open_ and None not in known else None


def _row(balance: Balance, p: PartnerBalance, way: str, own: bool, total: float | None) -> Row:
    out, into = p.outgoing or 0.0, p.incoming or 0.0
    volume = _volume(out, into, way)
    return Row(
        code=p.code,
        id=p.id,
        name=p.name,
        kind=KINDS.get(p.kind, ""),
        own=own,
        outgoing=_figure(balance, p, OUTGOING),
        incoming=_figure(balance, p, INCOMING),
        net=_net(p.net, balance),
        out=out,
        into=into,
        volume=volume,
        share=volume / total if total else None,
        partial=p.coverage is not Coverage.COMPLETE,
    )


def _volume(out: float, into: float, way: str) -> float:
    return out * (way != INCOMING) + into * (way != OUTGOING)


def _figure(balance: Balance, p: PartnerBalance | Others, name: str) -> Figure:
    return figure(
        getattr(p, name),
        balance.unit.id,
        getattr(p.precision, name),
        p.coverage,
        getattr(p.secrecy, name),
    )


def _net(value: float | None, balance: Balance) -> Figure:
    if value is None:
        return absent(Coverage.PARTIAL)
    return Figure(signed_amount(value, balance.unit.id), known=True)


def _rest(balance: Balance, others: Others, way: str, total: float | None) -> Rest:
    hidden = others.secrecy.outgoing.hidden_cells + others.secrecy.incoming.hidden_cells
    known = others.coverage is Coverage.COMPLETE and not hidden
    volume = _volume(others.outgoing, others.incoming, way)
    return Rest(
        label=counted(others.count, "autre partenaire", "autres partenaires"),
        outgoing=_figure(balance, others, OUTGOING),
        incoming=_figure(balance, others, INCOMING),
        net=_net(others.incoming - others.outgoing if known else None, balance),
        share=volume / total if total else None,
    )


def _home(balance: Balance, edition: Edition, perimeter: Perimeter) -> frozenset[str]:
    """Codes of the partners that the territory is a part of, or reaches into."""
    if balance.mesh == COMMUNE:
        return frozenset()
    mesh = edition.geography.mesh(balance.mesh)
    units = np.unique(mesh.unit_of(edition.geography.n_communes)[perimeter.communes])
    return frozenset(mesh.codes[unit] for unit in units if unit >= 0)


def _least(shown: Figure) -> str:
    return "au moins " if shown.minimum else ""
