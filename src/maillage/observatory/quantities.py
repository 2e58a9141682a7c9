"""Supply and need of a territory and of its partners, as the balances ask for them."""

from dataclasses import dataclass

import numpy as np

from maillage.catalog.cards import BalanceCard
from maillage.engine.edition import Edition
from maillage.engine.partners import Partners
from maillage.engine.stocks import StockFigure, stock_by_partner
from maillage.observatory.stocks import stock_figure
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import Perimeter

SIDES = ("supply", "need")


@dataclass(frozen=True)
class GroupQuantities:
    """One group of a theme for a territory; None when the two sides share no year."""

    id: str
    label: str
    year: int | None
    supply: StockFigure | None
    need: StockFigure | None

    @property
    def pair(self) -> tuple[float, float]:
        """Supply and need, NaN where unknown."""
        return _number(self.supply), _number(self.need)


def group_quantities(
    edition: Edition, card: BalanceCard, perimeter: Perimeter
) -> list[GroupQuantities]:
    """Every group of a theme, each on the newest year that both its sides have."""
    return [_group(edition, id, group, perimeter) for id, group in card.groups.items()]


def partner_quantities(
    edition: Edition,
    card: BalanceCard,
    perimeter: Perimeter,
    partners: Partners,
    groups: list[GroupQuantities],
) -> tuple[FloatArray, FloatArray]:
    """Supply and need of each partner outside the territory, (units, groups); NaN: unknown."""
    supply, need = (
        np.stack(
            [
                _by_partner(edition, card.groups[group.id][side], group.year, perimeter, partners)
                for group in groups
            ],
            axis=-1,
        )
        for side in SIDES
    )
    return supply, need


def country_supply(
    edition: Edition, card: BalanceCard, groups: list[GroupQuantities]
) -> FloatArray:
    """Supply of the whole country by group, (groups,): what is known of it; NaN where nothing."""
    return np.array([_whole(edition, card.groups[g.id]["supply"], g.year) for g in groups])


def _whole(edition: Edition, stock: str, year: int | None) -> float:
    values = np.array([np.nan]) if year is None else edition.stock(stock, year).values
    return float("nan") if np.isnan(values).all() else float(np.nansum(values))


def _group(
    edition: Edition, id: str, group: dict[str, str], perimeter: Perimeter
) -> GroupQuantities:
    years = set(edition.stock_years(group["supply"])) & set(edition.stock_years(group["need"]))
    year = max(years, default=None)
    supply, need = (
        None if year is None else stock_figure(edition, group[side], perimeter, year)
        for side in SIDES
    )
    return GroupQuantities(id, group["label"], year, supply, need)


def _by_partner(
    edition: Edition, stock: str, year: int | None, perimeter: Perimeter, partners: Partners
) -> FloatArray:
    if year is None:
        return np.full(partners.n_units, np.nan)
    values = edition.stock(stock, year)
    return stock_by_partner(values, perimeter.communes, partners, edition.geography)


def _number(figure: StockFigure | None) -> float:
    return float("nan") if figure is None or figure.value is None else figure.value
