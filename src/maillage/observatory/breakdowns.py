"""What a file tells by category (mode, age, sector…) of a territory's exchanges."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from maillage.catalog.cards import IndicatorCard
from maillage.engine.battery import cards_of_flow, evaluate
from maillage.engine.dataset import FlowMeta
from maillage.engine.edition import Edition
from maillage.engine.flows import flow_balance
from maillage.engine.partners import Partners
from maillage.engine.profile import FlowProfile
from maillage.observatory.answers.indicators import Breakdown, CategoryFigure, OverallFigure
from maillage.observatory.level_battery import needs
from maillage.observatory.subjects import profile_of
from maillage.observatory.zones import IN_ZONE, zone_partners
from maillage.territory.perimeter import Perimeter

#: Dimensions that are bands of age: the only ones school indicators are read by.
AGE = "age"
#: Inputs that categories give.
BY_CATEGORY = {"by_category", "categories", "bands"}


def breakdowns(
    edition: Edition, meta: FlowMeta, perimeter: Perimeter, zone: Perimeter | None = None
) -> tuple[Breakdown, ...]:
    """One entry a dimension of the file, in alphabetical order; ``zone`` as for ``indicators``."""
    partners = zone_partners(edition.geography, zone or perimeter)
    given = {} if zone is None else {"in_zone": IN_ZONE}
    return tuple(
        _breakdown(edition, meta, perimeter, partners, dimension, codes, given)
        for dimension, codes in sorted(edition.dimensions(meta.flow, meta.year).items())
    )


def _breakdown(
    edition: Edition,
    meta: FlowMeta,
    perimeter: Perimeter,
    partners: Partners,
    dimension: str,
    codes: tuple[str, ...],
    given: Mapping[str, Any],
) -> Breakdown:
    balances = [
        flow_balance(
            edition.matrix(meta.flow, meta.year, (dimension, code)),
            perimeter.communes,
            partners.of,
            len(partners),
        )
        for code in codes
    ]
    title, labels = dimension_names(edition, meta, dimension)
    cards = category_cards(edition, meta.flow)
    inputs = _inputs(dimension, [profile_of(b) for b in balances])
    found = evaluate(cards, {**inputs, **given})
    return Breakdown(
        dimension=dimension,
        title=title,
        codes=codes,
        labels=tuple(labels.get(code, code) for code in codes),
        internal=tuple(b.internal.weight for b in balances),
        outgoing=tuple(b.out_total.weight for b in balances),
        incoming=tuple(b.in_total.weight for b in balances),
        indicators=tuple(
            _figure(cards[id], values)
            for id, values in found.items()
            if cards[id].per == "category" and values.shape == (len(codes),)
        ),
        overall=tuple(
            _overall(cards[id], values)
            for id, values in found.items()
            if cards[id].per == "territory" and values.shape == () and not np.isnan(values)
        ),
    )


def category_cards(edition: Edition, flow: str) -> dict[str, IndicatorCard]:
    """Indicators of a flow that are read from its categories."""
    cards = cards_of_flow(edition.catalog.indicators, flow)
    return {id: c for id, c in cards.items() if needs(c, cards) & BY_CATEGORY}


def dimension_names(
    edition: Edition, meta: FlowMeta, dimension: str
) -> tuple[str, Mapping[str, str]]:
    """French title of a dimension and of its categories, from the nomenclature of the card."""
    cards = (edition.catalog.sources.get(file.card) for file in meta.sources)
    ids = (card.breakdowns.get(dimension) for card in cards if card is not None)
    nomenclature = edition.catalog.nomenclatures.get(next((id for id in ids if id), ""))
    if nomenclature is None:
        return dimension, {}
    return nomenclature.title, nomenclature.codes


def _inputs(dimension: str, profiles: list[FlowProfile]) -> dict[str, Any]:
    """``categories`` and ``bands`` are on the first axis, ``by_category`` on the last."""
    stacked = FlowProfile(
        *(
            np.stack([getattr(profile, name) for profile in profiles])
            for name in ("internal", "origins", "destinations", "outgoing", "incoming")
        )
    )
    inputs: dict[str, Any] = {"by_category": stacked.origins, "categories": stacked}
    if AGE in dimension:
        inputs["bands"] = stacked
    return inputs


def _figure(card: IndicatorCard, values: np.ndarray) -> CategoryFigure:
    return CategoryFigure(
        id=card.id,
        title=card.title,
        unit=card.unit.value,
        decimals=card.decimals,
        values=tuple(None if np.isnan(value) else float(value) for value in values),
        reading=card.reading,
    )


def _overall(card: IndicatorCard, value: np.ndarray) -> OverallFigure:
    return OverallFigure(
        id=card.id,
        title=card.title,
        unit=card.unit.value,
        decimals=card.decimals,
        value=float(value),
        reading=card.reading,
    )
