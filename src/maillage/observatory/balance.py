"""What a territory keeps, sends and receives, and with whom: the main question."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from maillage.catalog.cards import SecrecyRule
from maillage.engine.coverage import FlowCoverage, flow_coverage, partner_coverage
from maillage.engine.dataset import Coverage, FlowMeta
from maillage.engine.edition import Edition
from maillage.engine.flows import CellSum, FlowBalance
from maillage.engine.partners import Partners
from maillage.engine.precision import NOT_GIVEN, Precision, net_precision, precision
from maillage.engine.secrecy import Secrecy, secrecy
from maillage.observatory.answers.balance import (
    Balance,
    BalancePrecision,
    BalanceSecrecy,
    PartnerBalance,
    PrecisionBothWays,
    SecrecyBothWays,
)
from maillage.observatory.citation import cite_source, cite_unit, cite_universe
from maillage.observatory.exchanges import Exchanges, exchanges
from maillage.observatory.zones import zone_partners
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import Perimeter

Ranks = npt.NDArray[np.int64]
#: Each figure of a balance by name: the sum, and how far the file reaches for it.
Figures = dict[str, tuple[CellSum, Coverage]]


def territory_balance(
    edition: Edition,
    flow: str,
    perimeter: Perimeter,
    *,
    year: int | None = None,
    mesh: str | None = None,
    limit: int | None = None,
) -> Balance:
    """Balance of any territory for a flow; the newest year and the usual mesh unless told.

    ``limit`` keeps the first partners each way. NotFoundError, InputError: see ``exchanges``.
    """
    read = exchanges(edition, flow, perimeter, year, mesh)
    return balance_of(edition, perimeter, read, _first(read.balance, limit))


def balance_with(
    edition: Edition, meta: FlowMeta, perimeter: Perimeter, zone: Perimeter
) -> Balance:
    """The same, whose only partner is a territory that shares no commune with this one."""
    partners = zone_partners(edition.geography, zone)
    found = edition.balance(meta.flow, meta.year, perimeter, partners)
    return balance_of(edition, perimeter, Exchanges(meta, partners, found), [0])


def balance_of(edition: Edition, perimeter: Perimeter, read: Exchanges, told: list[int]) -> Balance:
    """``told``: numbers of the partners to tell of, in their order."""
    meta, partners, found = read.meta, read.partners, read.balance
    coverage = flow_coverage(meta.universe, perimeter.communes)
    figures = _figures(read, coverage)
    rule = secrecy_rule(edition, meta)
    both_ways = coverage.crossing is not Coverage.ABSENT and not _crossing(found).hidden
    whole = both_ways and coverage.crossing is Coverage.COMPLETE
    shown = {name: _value(*seen) for name, seen in figures.items()}
    reach = partner_coverage(meta.universe, perimeter.communes, partners)
    within = "" if meta.universe.national else " ; ".join(coverage.labels)
    return Balance(
        territory=perimeter.id,
        territory_name=perimeter.name,
        flow=meta.flow,
        year=meta.year,
        cog=edition.geography.cog,
        mesh=partners.level,
        incoming=shown["incoming"],
        outgoing=shown["outgoing"],
        net=found.net if whole else None,
        net_in_universe=_net_with_communes(found, partners) if both_ways else None,
        internal=shown["internal"],
        internal_moved=shown["internal_moved"],
        internal_same=shown["internal_same"],
        partners=tuple(
            _partner(partners, partner, out, into, reach(partner), within, meta, rule)
            for partner, out, into in zip(
                told, found.outgoing.each(told), found.incoming.each(told), strict=True
            )
        ),
        unit=cite_unit(edition, meta),
        source=cite_source(edition, meta),
        universe=cite_universe(meta, coverage),
        precision=_precision(figures, found, coverage, meta),
        secrecy=_secrecy(figures, found, rule, meta),
    )


def secrecy_rule(edition: Edition, meta: FlowMeta) -> SecrecyRule:
    """The rule of the files' card; a protected file whose card is gone gives no ceiling."""
    cards = edition.catalog.sources
    rules = [cards[f.card].secrecy for f in meta.sources if f.card in cards]
    protected = [rule for rule in rules if rule.status == "protected"]
    if protected:
        return protected[0]
    return SecrecyRule(status="protected" if meta.secrecy == "protected" else "public")


def _value(sum: CellSum, coverage: Coverage) -> float | None:
    unseen = coverage is Coverage.ABSENT or (sum.hidden and not sum.weight)
    return None if unseen else sum.weight


def _precise(sum: CellSum, coverage: Coverage, meta: FlowMeta) -> Precision:
    """Nothing is said of a figure that is not shown."""
    shown = _value(sum, coverage) is not None
    return precision(sum, meta) if shown else NOT_GIVEN


def _secret(sum: CellSum, coverage: Coverage, rule: SecrecyRule, meta: FlowMeta) -> Secrecy:
    """No interval for what the universe leaves out."""
    found = secrecy(sum, rule, meta.unit)
    return replace(found, low=None, high=None) if coverage is Coverage.ABSENT else found


def _crossing(found: FlowBalance) -> CellSum:
    return found.in_total + found.out_total


def _net_with_communes(found: FlowBalance, partners: Partners) -> float:
    """Outside cells are left out: most files see them one way only."""
    nets = found.incoming.weight - found.outgoing.weight
    return float(nets[: partners.n_inside].sum())


def _first(found: FlowBalance, limit: int | None) -> list[int]:
    """Partners by decreasing outgoing then incoming flow; the first ``limit`` of each way."""
    out, into = found.outgoing.weight, found.incoming.weight
    hidden = [way.hidden for way in (found.outgoing, found.incoming) if way.hidden is not None]
    linked = np.flatnonzero(sum(hidden, out + into))
    if limit is not None:
        linked = np.union1d(_largest(out, linked, limit), _largest(into, linked, limit))
    order = np.lexsort((linked, -into[linked], -out[linked]))
    return [int(partner) for partner in linked[order]]


def _largest(weight: FloatArray, partners: Ranks, count: int) -> Ranks:
    """The ``count`` partners of most weight; of two that tie, the first in the mesh."""
    if len(partners) <= count:
        return partners
    held = weight[partners]
    last = np.partition(held, -count)[-count] if count else np.inf
    above = partners[held > last]
    level = partners[held == last][: count - len(above)]
    return np.concatenate((above, level))


def _partner(
    partners: Partners,
    partner: int,
    out: CellSum,
    into: CellSum,
    coverage: Coverage,
    within: str,
    meta: FlowMeta,
    rule: SecrecyRule,
) -> PartnerBalance:
    whole = coverage is Coverage.COMPLETE and not out.hidden and not into.hidden
    return PartnerBalance(
        code=partners.codes[partner],
        id=partners.ids[partner],
        name=partners.names[partner],
        kind=partners.kinds[partner],
        outgoing=_value(out, coverage),
        incoming=_value(into, coverage),
        net=into.weight - out.weight if whole else None,
        coverage=coverage,
        within=within,
        precision=PrecisionBothWays(_precise(out, coverage, meta), _precise(into, coverage, meta)),
        secrecy=secrecy_both_ways(out, into, rule, meta),
    )


def secrecy_both_ways(
    out: CellSum, into: CellSum, rule: SecrecyRule, meta: FlowMeta
) -> SecrecyBothWays:
    return SecrecyBothWays(secrecy(out, rule, meta.unit), secrecy(into, rule, meta.unit))


def _figures(read: Exchanges, coverage: FlowCoverage) -> Figures:
    """Each figure and how far the file reaches for it."""
    found = read.balance
    within = coverage.internal if read.by_commune else Coverage.ABSENT
    return {
        "internal": (found.internal, coverage.internal),
        "internal_moved": (found.internal_moved, within),
        "internal_same": (found.internal_same, within),
        "outgoing": (found.out_total, coverage.outgoing),
        "incoming": (found.in_total, coverage.incoming),
    }


def _precision(
    figures: Figures, found: FlowBalance, coverage: FlowCoverage, meta: FlowMeta
) -> BalancePrecision:
    net = net_precision(found.in_total, found.out_total, meta)
    return BalancePrecision(
        **{name: _precise(sum, reach, meta) for name, (sum, reach) in figures.items()},
        net=NOT_GIVEN if coverage.crossing is Coverage.ABSENT else net,
    )


def _secrecy(
    figures: Figures, found: FlowBalance, rule: SecrecyRule, meta: FlowMeta
) -> BalanceSecrecy:
    return BalanceSecrecy(
        status=secrecy(found.internal + _crossing(found), rule, meta.unit).status,
        reference=rule.reference,
        **{name: _secret(sum, reach, rule, meta) for name, (sum, reach) in figures.items()},
    )
