"""The partners of a balance as one result: what the table, the chart and the map all show."""

from dataclasses import dataclass

import numpy as np

from maillage.common.french import counted
from maillage.engine.dataset import Coverage
from maillage.observatory.answers.balance import Balance, PartnerBalance
from maillage.wording.figures import Figure, absent, amount, figure, signed_amount

BOTH, INCOMING, OUTGOING = "deux", "entrants", "sortants"

#: Lines a page holds at most, and those it proposes when nobody set a threshold.
MOST = 5000
PROPOSED = 100
_ROUND = (1, 2, 5)


@dataclass(frozen=True)
class Row:
    """One partner. ``volume`` is its flow in the direction asked, in the unit of the balance;
    ``width`` of each bar is in percent of the longest. ``share`` is None where the file does not
    see the whole."""

    partner: PartnerBalance
    own: bool
    outgoing: Figure
    incoming: Figure
    net: Figure
    volume: float
    share: float | None
    out_width: float
    in_width: float

    @property
    def said(self) -> str:
        """The line as a sentence."""
        figures = ((self.outgoing, "sortants"), (self.incoming, "entrants"), (self.net, "de solde"))
        told = ", ".join(f"{_least(shown)}{shown.text} {what}" for shown, what in figures)
        return f"{self.partner.name} : {told}."


@dataclass(frozen=True)
class Rest:
    """The partners that are not shown, summed: totals close."""

    label: str
    outgoing: Figure
    incoming: Figure


@dataclass(frozen=True)
class Result:
    """Rows by decreasing volume. ``proposed``: the threshold is the page’s own."""

    rows: tuple[Row, ...]
    rest: Rest | None
    threshold: int
    proposed: bool


def result(balance: Balance, way: str, threshold: int | None, home: frozenset[str]) -> Result:
    """``home``: codes of the partners that the territory is a part of."""
    ranked = sorted(balance.partners, key=lambda partner: -volume(partner, way))
    ranked = [p for p in ranked if volume(p, way) > 0 or _hidden(p, way)]
    floor = proposed([volume(p, way) for p in ranked]) if threshold is None else threshold
    kept = [p for p in ranked if volume(p, way) >= floor][:MOST]
    left = ranked[len(kept) :] if len(kept) < len(ranked) else []
    longest = max((max(p.outgoing or 0, p.incoming or 0) for p in kept), default=0)
    return Result(
        rows=tuple(_row(balance, p, way, p.code in home, longest or 1) for p in kept),
        rest=_rest(balance, left) if left else None,
        threshold=floor,
        proposed=threshold is None,
    )


def volume(partner: PartnerBalance, way: str) -> float:
    """What is known of its flow in a direction."""
    out = partner.outgoing or 0 if way in (BOTH, OUTGOING) else 0
    into = partner.incoming or 0 if way in (BOTH, INCOMING) else 0
    return out + into


def proposed(volumes: list[float]) -> int:
    """The least round threshold that leaves a page one can read; 0 where there is no need."""
    if len(volumes) <= PROPOSED:
        return 0
    wanted = sorted(volumes, reverse=True)[PROPOSED]
    exponent = int(np.floor(np.log10(wanted))) if wanted > 1 else 0
    steps = [step * 10**power for power in (exponent, exponent + 1) for step in _ROUND]
    return int(next(step for step in steps if step > wanted))


def _hidden(partner: PartnerBalance, way: str) -> bool:
    ways = {BOTH: ("outgoing", "incoming"), INCOMING: ("incoming",), OUTGOING: ("outgoing",)}
    return any(getattr(partner, name) is None for name in ways[way])


def _row(balance: Balance, partner: PartnerBalance, way: str, own: bool, longest: float) -> Row:
    shown = volume(partner, way)
    total = whole(balance, way)
    return Row(
        partner=partner,
        own=own,
        outgoing=_figure(balance, partner, "outgoing"),
        incoming=_figure(balance, partner, "incoming"),
        net=_net(balance, partner),
        volume=shown,
        share=shown / total if total else None,
        out_width=100 * (partner.outgoing or 0) / longest,
        in_width=100 * (partner.incoming or 0) / longest,
    )


def whole(balance: Balance, way: str) -> float | None:
    """All that crosses the edge in a direction; None when the file does not show it all."""
    names = {BOTH: ("outgoing", "incoming"), INCOMING: ("incoming",), OUTGOING: ("outgoing",)}[way]
    total = 0.0
    for name in names:
        covered = getattr(balance.universe.coverage, name) is Coverage.COMPLETE
        known = getattr(balance, name)
        if not covered or known is None or getattr(balance.secrecy, name).hidden_cells:
            return None
        total += known
    return total


def _figure(balance: Balance, partner: PartnerBalance, name: str) -> Figure:
    return figure(
        getattr(partner, name),
        balance.unit.id,
        getattr(partner.precision, name),
        partner.coverage,
        getattr(partner.secrecy, name),
    )


def _net(balance: Balance, partner: PartnerBalance) -> Figure:
    if partner.net is None:
        return absent(Coverage.PARTIAL)
    return Figure(signed_amount(partner.net, balance.unit.id), known=True)


def _rest(balance: Balance, left: list[PartnerBalance]) -> Rest:
    sums = [sum(getattr(p, name) or 0 for p in left) for name in ("outgoing", "incoming")]
    out, into = (Figure(amount(value, balance.unit.id), known=True) for value in sums)
    return Rest(counted(len(left), "autre partenaire", "autres partenaires"), out, into)


def _least(shown: Figure) -> str:
    return "au moins " if shown.minimum else ""
