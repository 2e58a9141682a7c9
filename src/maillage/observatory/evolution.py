"""What changed between two files of a flow, on one COG, when the two may be compared."""

import math

import numpy as np

from maillage.engine.dataset import FlowMeta
from maillage.engine.edition import Edition
from maillage.engine.evolution import why_not_comparable
from maillage.engine.indicators.change import absolute_change, annual_change_rate
from maillage.observatory.answers.balance import Balance
from maillage.observatory.answers.evolution import Change, Evolution, NotCompared, YearFigures
from maillage.observatory.asked import flow_meta
from maillage.observatory.balance import territory_balance
from maillage.observatory.citation import cite_territory, cite_unit
from maillage.territory.perimeter import Perimeter

FIGURES = ("internal", "outgoing", "incoming", "net")
#: Standard errors beyond which a change owes little to sampling (95 %).
BEYOND = 1.96


def evolution(edition: Edition, flow: str, perimeter: Perimeter) -> Evolution:
    """Every year of a flow, and how the newest differs from those that compare with it.

    NotFoundError when the edition has no file of the flow.
    """
    newest = flow_meta(edition, flow)
    metas = [edition.meta(newest.flow, year) for year in edition.flow_years(newest.flow)]
    balances = [_balance(edition, meta, perimeter) for meta in metas]
    earlier = list(zip(metas, balances, strict=True))[:-1]
    reasons = [(meta, _why_not(meta, newest, balance, balances[-1])) for meta, balance in earlier]
    return Evolution(
        territory=cite_territory(edition, perimeter),
        flow=newest.flow,
        cog=edition.geography.cog,
        unit=cite_unit(edition, newest),
        years=tuple(_year(balance) for balance in balances),
        changes=tuple(
            change
            for (_, balance), (_, reason) in zip(earlier, reasons, strict=True)
            if reason is None
            for change in _changes(balance, balances[-1])
        ),
        not_compared=tuple(
            NotCompared(meta.year, newest.year, reason)
            for meta, reason in reasons
            if reason is not None
        ),
    )


def _balance(edition: Edition, meta: FlowMeta, perimeter: Perimeter) -> Balance:
    return territory_balance(edition, meta.flow, perimeter, year=meta.year, limit=0)


def _year(balance: Balance) -> YearFigures:
    return YearFigures(
        year=balance.year,
        question=balance.source.question,
        internal=balance.internal,
        outgoing=balance.outgoing,
        incoming=balance.incoming,
        net=balance.net,
        precision=balance.precision,
        source=balance.source,
        universe=balance.universe,
    )


def _why_not(first: FlowMeta, last: FlowMeta, before: Balance, after: Balance) -> str | None:
    reason = why_not_comparable(first, last)
    if reason is None and before.universe.coverage != after.universe.coverage:
        return "Les deux fichiers n’ont pas le même champ : ils ne voient pas les mêmes échanges."
    return reason


def _changes(before: Balance, after: Balance) -> list[Change]:
    whole = [name for name in FIGURES if not _hidden(before, name) and not _hidden(after, name)]
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in whole]
    return [
        _change(name, before, after, first, last)
        for name, first, last in pairs
        if first is not None and last is not None
    ]


def _hidden(balance: Balance, name: str) -> bool:
    """Two lower bounds do not compare. A net is never given with hidden cells."""
    return name != "net" and getattr(balance.secrecy, name).hidden_cells > 0


def _change(name: str, before: Balance, after: Balance, first: float, last: float) -> Change:
    then, now = np.asarray(first), np.asarray(last)
    absolute = float(absolute_change(then, now))
    rate = float("nan")
    if name != "net":
        rate = float(annual_change_rate(then, now, after.year - before.year))
    errors = [getattr(b.precision, name).standard_error for b in (before, after)]
    error = None if None in errors else math.hypot(*errors)
    return Change(
        figure=name,
        first=before.year,
        last=after.year,
        absolute=absolute,
        annual_rate=None if np.isnan(rate) else rate,
        standard_error=error,
        beyond_chance=None if error is None else abs(absolute) > BEYOND * error,
    )
