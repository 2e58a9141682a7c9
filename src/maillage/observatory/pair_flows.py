"""What two territories exchange, family by family: both ways, its part, what was expected."""

from dataclasses import replace

import numpy as np

from maillage.catalog.cards import FlowCard
from maillage.common.errors import NotFoundError
from maillage.engine.battery import evaluate
from maillage.engine.dataset import Coverage, FlowMeta
from maillage.engine.edition import Edition
from maillage.engine.precision import NOT_GIVEN
from maillage.observatory.answers.balance import Balance, PartnerBalance
from maillage.observatory.answers.pair import ExchangeShares, Expected, PairFlow, Tie
from maillage.observatory.balance import balance_with, territory_balance
from maillage.observatory.comparison import unit_number
from maillage.observatory.links import tie_cards
from maillage.observatory.reach import covering, out_of_reach
from maillage.observatory.refusals import why_no_comparison
from maillage.observatory.subjects import profile_of
from maillage.observatory.systems import system_of
from maillage.observatory.tie_precision import tie_precisions, zone_margins
from maillage.observatory.zones import zone_partners
from maillage.territory.perimeter import Perimeter
from maillage.territory.units import COMMUNE

#: Families that size and distance can foretell; a model is fitted to each.
MODELLED = ("commuting", "residential", "school")
#: Beyond, a model between all the units of a level takes too long for a page.
MOST_UNITS = 2000


def pair_flows(edition: Edition, here: Perimeter, other: Perimeter) -> tuple[PairFlow, ...]:
    """Every family of the catalogue in its order, its newest file; the two share no commune."""
    cards = sorted(edition.catalog.flows.values(), key=lambda card: card.order)
    return tuple(_flow(edition, card, here, other) for card in cards)


def _flow(edition: Edition, card: FlowCard, here: Perimeter, other: Perimeter) -> PairFlow:
    meta = covering(edition, card.id, here)
    if meta is None:
        return _missing(card, _why(edition, card, here))
    ours = balance_with(edition, meta, here, other)
    theirs = balance_with(edition, meta, other, here)
    return PairFlow(
        flow=card.id,
        title=card.title,
        slug=card.slug,
        year=meta.year,
        exchange=_exchange(ours),
        shares=_shares(ours, theirs),
        expected=_expected(edition, meta, here, other),
        ties=_ties(edition, meta, here, other, ours, theirs),
        missing="",
        unit=ours.unit,
        source=ours.source,
        universe=ours.universe,
    )


def _missing(card: FlowCard, why: str) -> PairFlow:
    return PairFlow(
        *(card.id, card.title, card.slug, None, None, None, None, ()), why, None, None, None
    )


def _why(edition: Edition, card: FlowCard, here: Perimeter) -> str:
    """The reason a portrait gives, or that the file knows larger territories only."""
    if edition.flow_years(card.id):
        return out_of_reach(edition, card, here)
    try:
        territory_balance(edition, card.id, here, limit=1)
    except NotFoundError as error:
        return str(error)
    return "Le fichier ne donne cette famille qu’entre territoires plus grands."


def _exchange(balance: Balance) -> PartnerBalance:
    """The only partner. What a file cannot hold is not there, rather than zero."""
    [partner] = balance.partners
    if partner.coverage is Coverage.COMPLETE or partner.outgoing or partner.incoming:
        return partner
    return replace(partner, coverage=Coverage.ABSENT, outgoing=None, incoming=None, net=None)


def _shares(ours: Balance, theirs: Balance) -> ExchangeShares:
    return ExchangeShares(
        of_departures=_share(ours, "outgoing"),
        of_arrivals=_share(ours, "incoming"),
        of_other_departures=_share(theirs, "outgoing"),
        of_other_arrivals=_share(theirs, "incoming"),
    )


def _share(balance: Balance, way: str) -> float | None:
    """Of all that crosses the edge this way; None unless the file shows it all."""
    total = getattr(balance, way)
    covered = getattr(balance.universe.coverage, way) is Coverage.COMPLETE
    if not covered or getattr(balance.secrecy, way).hidden_cells or not total:
        return None
    flow = getattr(_exchange(balance), way)
    return None if flow is None else flow / total


def _expected(
    edition: Edition, meta: FlowMeta, here: Perimeter, other: Perimeter
) -> Expected | None:
    """None unless both are units of one level and the file shows the whole country."""
    if meta.flow not in MODELLED or here.level != other.level or here.level == COMMUNE:
        return None
    level = next((m for m in edition.geography.meshes if m.level == here.level), None)
    modelled = level is not None and level.partition and len(level.codes) <= MOST_UNITS
    if not modelled or why_no_comparison(edition, meta):
        return None
    expected = system_of(edition, meta.flow, meta.year, here.level).expected
    i, j = unit_number(edition, here), unit_number(edition, other)
    return Expected(_known(expected[i, j]), _known(expected[j, i]))


def _ties(
    edition: Edition,
    meta: FlowMeta,
    here: Perimeter,
    other: Perimeter,
    ours: Balance,
    theirs: Balance,
) -> tuple[Tie, ...]:
    """Indicators of the tie; none where the file cuts or hides something of either."""
    if ours.net is None or theirs.net is None:
        return ()
    found = edition.balance(meta.flow, meta.year, here, zone_partners(edition.geography, other))
    back = edition.balance(meta.flow, meta.year, other, zone_partners(edition.geography, here))
    inputs = {
        "profile": profile_of(found),
        "partner_origins": np.array([back.origins, np.nan]),
        "partner_destinations": np.array([back.destinations, np.nan]),
    }
    wanted = tie_cards(edition, meta.flow)
    [sure] = tie_precisions(wanted, meta, found, zone_margins(back), [0])
    return tuple(
        Tie(
            id=id,
            title=wanted[id].title,
            value=_known(values[0]),
            unit=wanted[id].unit.value,
            unit_label=wanted[id].unit_label,
            decimals=wanted[id].decimals,
            reading=wanted[id].reading,
            precision=NOT_GIVEN if np.isnan(values[0]) else sure[id],
        )
        for id, values in evaluate(wanted, inputs).items()
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
