"""Rank of a territory among comparable ones, on indicators that need margins only."""

from functools import lru_cache

import numpy as np

from maillage.catalog.cards import IndicatorCard
from maillage.engine.battery import cards_of_flow, evaluate
from maillage.engine.benchmarks import MINIMUM_GROUP, Group, widen
from maillage.engine.dataset import FlowMeta
from maillage.engine.edition import Edition
from maillage.engine.mesh_flow import commune_profile
from maillage.engine.profile import FlowProfile
from maillage.observatory.answers.portrait import Rank
from maillage.observatory.comparison import comparable_groups, unit_number
from maillage.observatory.refusals import why_no_comparison
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import Perimeter
from maillage.territory.units import COMMUNE

#: What a portrait ranks, and what those indicators are made from.
RANKED = (
    *("self_containment", "relative_balance"),
    *("out_rate", "in_rate", "entry_share", "exit_share"),
)
STEPS = (*RANKED, "net", "exchange_volume")


def ranks(edition: Edition, meta: FlowMeta, perimeter: Perimeter) -> tuple[Rank, ...]:
    """None where the file does not cover the country, hides cells, or nothing is comparable."""
    groups = comparable_groups(edition, perimeter)
    if not groups or why_no_comparison(edition, meta):
        return ()
    unit = unit_number(edition, perimeter)
    cards = cards_of_flow(edition.catalog.indicators, meta.flow)
    wanted = {id: cards[id] for id in STEPS if id in cards}
    profile = level_margins(edition, meta.flow, meta.year, perimeter.level)
    found = evaluate(wanted, {"profile": profile})
    return tuple(
        rank
        for id in RANKED
        if id in found and (rank := _rank(cards[id], found[id], unit, groups)) is not None
    )


@lru_cache(maxsize=64)
def level_margins(edition: Edition, flow: str, year: int, level: str) -> FlowProfile:
    """Margins of every unit of a level, partners left out."""
    if level == COMMUNE:
        return commune_profile(edition.matrix(flow, year))
    return edition.mesh_flow(flow, year, level).margin_profile()


def _rank(card: IndicatorCard, values: FloatArray, unit: int, groups: list[Group]) -> Rank | None:
    if np.isnan(values[unit]):
        return None
    group = widen(groups, values)
    known = values[group.members & ~np.isnan(values)]
    if known.size < MINIMUM_GROUP:
        return None
    return Rank(
        indicator=card.id,
        title=card.title,
        value=float(values[unit]),
        rank=int((known > values[unit]).sum()) + 1,
        below=int((known < values[unit]).sum()),
        n=int(known.size),
        group=group.label,
        several=group.several,
    )
