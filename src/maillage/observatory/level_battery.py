"""The battery over every unit of a level, and over sums of them: what benchmarks are read from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from maillage.catalog.cards import IndicatorCard
from maillage.engine.battery import cards_of_flow, evaluate, formula
from maillage.engine.benchmarks import Group, distribution, widen
from maillage.engine.edition import Edition
from maillage.engine.profile import FlowProfile
from maillage.observatory.answers.indicators import Benchmark
from maillage.observatory.inputs import ADDITIVE_INPUTS, flow_inputs
from maillage.observatory.subjects import whole_level
from maillage.territory.geography import FloatArray

#: Families of cards that bear on one flow of one territory.
FAMILIES = {"generic", "flow"}
#: Inputs that two vintages give.
CHANGE = {"first", "last", "years"}


@dataclass(frozen=True, eq=False)
class LevelBattery:
    """``values`` of each indicator by unit; ``margins``, the inputs that add over units."""

    cards: Mapping[str, IndicatorCard]
    values: Mapping[str, FloatArray]
    margins: Mapping[str, Any]

    def pooled(self, group: Group) -> Mapping[str, float]:
        """Σ numerators / Σ denominators over a group, for the indicators where that has a sense."""
        cards = {id: card for id, card in self.cards.items() if card.pools}
        summed = {id: _summed(value, group) for id, value in self.margins.items()}
        found = evaluate(cards, summed)
        return {id: float(value) for id, value in found.items() if not np.isnan(value)}


def territory_cards(edition: Edition, flow: str) -> dict[str, IndicatorCard]:
    """Indicators of a flow that give one number a territory; change has its own question."""
    cards = cards_of_flow(edition.catalog.indicators, flow)
    return {
        id: card
        for id, card in cards.items()
        if card.per == "territory" and card.family in FAMILIES and not needs(card, cards) & CHANGE
    }


def needs(card: IndicatorCard, cards: Mapping[str, IndicatorCard]) -> set[str]:
    """Inputs an indicator needs, itself or through others."""
    own = set(formula(card.function).required)
    return own.union(*(needs(cards[name], cards) for name in own & set(cards)))


@lru_cache(maxsize=64)
def level_battery(edition: Edition, flow: str, year: int, level: str) -> LevelBattery:
    """Computed once, and kept: it is small, and an edition never changes."""
    inputs = flow_inputs(whole_level(edition, level), edition.meta(flow, year))
    cards = territory_cards(edition, flow)
    units = inputs["profile"].internal.shape
    found = evaluate(cards, inputs)
    margins = {id: value for id, value in inputs.items() if id in ADDITIVE_INPUTS}
    return LevelBattery(
        cards=cards,
        values={id: values for id, values in found.items() if values.shape == units},
        margins={id: _without_partners(value) for id, value in margins.items()},
    )


def benchmark(
    battery: LevelBattery,
    id: str,
    value: float,
    groups: list[Group],
    pools: Mapping[str, Mapping[str, float]],
) -> Benchmark | None:
    """A value among comparable ones, the last group being the whole level; None without any.

    ``pools`` gives the pooled values by label of group.
    """
    if id not in battery.values or not groups:
        return None
    group = widen(groups, battery.values[id])
    found = distribution(battery.values[id][group.members], value)
    if not found.n:
        return None
    return Benchmark(
        group=group.label,
        n=found.n,
        pooled=pools[group.label].get(id),
        mean=found.mean,
        median=found.median,
        q1=found.q1,
        q3=found.q3,
        rank=found.rank,
        everyone=groups[-1].label,
        pooled_everyone=pools[groups[-1].label].get(id),
    )


def _without_partners(value: Any) -> Any:
    if not isinstance(value, FlowProfile):
        return value
    nobody = np.zeros((*value.internal.shape, 0))
    return FlowProfile(value.internal, value.origins, value.destinations, nobody, nobody)


def _summed(value: Any, group: Group) -> Any:
    if isinstance(value, FlowProfile):
        return value.take(np.flatnonzero(group.members)).summed()
    return np.asarray(np.nansum(value[group.members]))
