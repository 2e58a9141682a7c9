"""Rank of a territory among comparable ones, on indicators that need margins only."""

import numpy as np

from maillage.catalog.cards import IndicatorCard
from maillage.engine.battery import cards_of_flow, evaluate
from maillage.engine.benchmarks import MINIMUM_GROUP, Group, widen
from maillage.engine.dataset import FlowMeta
from maillage.engine.edition import Edition
from maillage.engine.profile import FlowProfile
from maillage.observatory.answers.portrait import Rank
from maillage.observatory.comparison import comparable_groups
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import Perimeter

#: What a portrait ranks, and what those indicators are made from.
HEADLINES = ("self_containment", "relative_balance")
STEPS = (*HEADLINES, "net", "exchange_volume")


def ranks(edition: Edition, meta: FlowMeta, perimeter: Perimeter) -> tuple[Rank, ...]:
    """None where the file does not cover the country, hides cells, or nothing is comparable."""
    groups = comparable_groups(edition, perimeter)
    if not groups or not meta.universe.national:
        return ()
    margins = edition.mesh_flow(meta.flow, meta.year, perimeter.level).margins
    if margins[0].hidden is not None and any(m.total.hidden for m in margins):
        return ()
    mesh = edition.geography.mesh(perimeter.level)
    unit = mesh.index[perimeter.id.removeprefix(mesh.prefix)]
    cards = cards_of_flow(edition.catalog.indicators, meta.flow)
    wanted = {id: cards[id] for id in STEPS if id in cards}
    profile = margin_profile(*(margin.weight for margin in margins))
    found = evaluate(wanted, {"profile": profile})
    return tuple(
        rank
        for id in HEADLINES
        if id in found and (rank := _rank(cards[id], found[id], unit, groups)) is not None
    )


def margin_profile(
    same: FloatArray, moved: FloatArray, out: FloatArray, into: FloatArray
) -> FlowProfile:
    """Profile of many territories without their partners."""
    internal = same + moved
    nobody = np.zeros((len(internal), 0))
    return FlowProfile(internal, internal + out, internal + into, nobody, nobody)


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
        n=int(known.size),
        group=group.label,
    )
