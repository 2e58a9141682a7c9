"""The published variables by which territories are found alike, from their stocks."""

from collections.abc import Iterable, Mapping

import numpy as np

from maillage.catalog.cards import PeerVariableCard
from maillage.engine.ratio import ratio
from maillage.territory.geography import FloatArray


def peer_variables(
    cards: Iterable[PeerVariableCard], stocks: Mapping[str, FloatArray]
) -> tuple[tuple[str, ...], FloatArray]:
    """Ids and values (territories, variables), in the published order, from stocks by id.

    A variable that lacks a stock is left out of both; so is one unknown everywhere. NaN where a
    stock is unknown, and for the logarithm of 0. ValueError when nothing is left.
    """
    made = {
        card.id: _value(card, stocks)
        for card in sorted(cards, key=lambda card: card.order)
        if all(stock in stocks for stock in (*card.numerator, *card.denominator))
    }
    kept = {id_: values for id_, values in made.items() if not np.isnan(values).all()}
    if not kept:
        raise ValueError("no stock tells any of the published variables")
    return tuple(kept), np.stack(list(kept.values()), axis=-1)


def _value(card: PeerVariableCard, stocks: Mapping[str, FloatArray]) -> FloatArray:
    value = _sum(card.numerator, stocks)
    if card.denominator:
        value = ratio(value, _sum(card.denominator, stocks))
    return np.log(np.where(value > 0, value, np.nan)) if card.logarithm else value


def _sum(names: Iterable[str], stocks: Mapping[str, FloatArray]) -> FloatArray:
    return np.asarray(np.sum([stocks[name] for name in names], axis=0, dtype=np.float64))
