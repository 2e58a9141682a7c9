"""Computes indicators from their cards: each function says what it needs by its parameters.

A parameter is an input below or another card's id; an indicator is computed when all it needs is
given, and once only. What lacks an input is absent from the result, never zero.
"""

import importlib
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

from maillage.catalog.cards import IndicatorCard
from maillage.territory.geography import FloatArray

#: Name of each input and what it holds. Shapes: (...) one value a territory, (..., partners),
#: (..., categories); a partner axis alone where every territory has the same partners.
INPUTS: Mapping[str, str] = {
    # Of one flow and year
    "profile": "FlowProfile of the territories",
    "partner_origins": "(..., partners) O_Q of each partner",
    "partner_destinations": "(..., partners) D_Q of each partner",
    "partner_in_total": "(..., partners) N_Q of each partner",
    "between_total": "() all that goes from one territory to another in the file",
    "origin_km": "(...) Σ F d of what starts in P",
    "origin_located": "(...) Σ F of what starts in P, distance known",
    "destination_km": "(...) Σ F d of what ends in P",
    "destination_located": "(...) Σ F of what ends in P, distance known",
    "in_zone": "(..., partners) 1 for partners in a ring, pole, attraction area…, 0 for others",
    "by_category": "(..., categories) a flow or a stock by category",
    "link_part": "(..., partners) part of one category in each link F_PQ",
    "origin_part": "(...) part of that category in O_P",
    "first": "(...) the flow at the first vintage",
    "last": "(...) the flow at the last vintage, same COG",
    "years": "() years from first to last",
    # Stocks
    "stock": "(...) the stock that divides this flow: inhabitants, jobs, establishments",
    "population": "(...) inhabitants",
    "births": "(...) births in the period",
    "deaths": "(...) deaths in the period",
    "population_change": "(...) inhabitants at the end of the period minus at its start",
    "creations": "(...) establishments created in the period",
    # Of one family
    "school": "FlowProfile of the school flow, same territories",
    "bands": "FlowProfile of the school flow by age band, bands on the first axis",
    "categories": "FlowProfile of residential moves by category, categories on the first axis",
    "moved": "(...) part of I that changed commune",
    "link_persons": "(..., partners) persons who carry each link of the wage flow",
    "persons": "(...) salaried persons who work in P",
    "mean_wage": "(..., categories) mean annual wage by category at the workplace",
    # Of a system of territories
    "network": "Network of the links between territories",
    "flows": "(territories, territories) flows of a mesh, origin in rows",
    "distance": "(territories, territories) km between territories, NaN or 0 where none",
    "pole_sizes": "(..., poles) jobs or incoming flow of each pole of P, 0 for none",
    # Stocks and flows
    "whole": "(categories,) the stock by category of the whole country",
    "partner_by_category": "(..., categories) the stock by category of a partner",
    "supply": "(..., groups) what P offers, by group",
    "need": "(..., groups) what P needs, by group",
    "partner_supply": "(..., groups) what a partner offers",
    "partner_need": "(..., groups) what a partner needs",
    "link": "(..., partners) strength of the tie, any indicator per partner",
    "complementarity": "(..., partners) what each could bring the other",
    "strong_link": "() tie from which it counts as strong",
    "strong_complement": "() complementarity from which it counts as strong",
}


@dataclass(frozen=True)
class Formula:
    """The function of a card with the names it needs and those it can do without."""

    function: Callable[..., FloatArray]
    required: tuple[str, ...]
    optional: tuple[str, ...]


@cache
def formula(path: str) -> Formula:
    """The formula a card names, as ``maillage.engine.module:function``.

    Raises ImportError or AttributeError when there is none: a test keeps every card in order.
    """
    module, name = path.split(":")
    function = getattr(importlib.import_module(module), name)
    parameters = inspect.signature(function).parameters.values()
    return Formula(
        function=function,
        required=tuple(p.name for p in parameters if p.default is p.empty),
        optional=tuple(p.name for p in parameters if p.default is not p.empty),
    )


def cards_of_flow(cards: Mapping[str, IndicatorCard], flow: str) -> dict[str, IndicatorCard]:
    """The indicators that make sense for a flow, in its words, in the order of the catalog."""
    kept = ((id_, card) for id_, card in cards.items() if not card.flows or flow in card.flows)
    return {id_: card.worded(flow) for id_, card in kept}


def evaluate(
    cards: Mapping[str, IndicatorCard], inputs: Mapping[str, Any]
) -> dict[str, FloatArray]:
    """Every indicator of ``cards`` that the inputs allow, by card id, in the order of the cards."""
    known = dict(inputs)
    needs = {id_: formula(card.function).required for id_, card in cards.items()}
    for id_ in TopologicalSorter(needs).static_order():
        if id_ in cards and id_ not in known and all(name in known for name in needs[id_]):
            known[id_] = _call(formula(cards[id_].function), known)
    return {id_: known[id_] for id_ in cards if id_ in known and id_ not in inputs}


def _call(found: Formula, known: Mapping[str, Any]) -> FloatArray:
    names = (*found.required, *(name for name in found.optional if name in known))
    return found.function(**{name: known[name] for name in names})
