"""A stock over a perimeter, and which year of a stock may divide which year of a flow."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from maillage.catalog.cards import StockCard
from maillage.engine.dataset import StockValues
from maillage.engine.partners import Partners
from maillage.engine.whole_units import whole_units
from maillage.territory.geography import FloatArray, Geography, IntArray, Mesh

COMMUNE = "commune"


@dataclass(frozen=True)
class StockFigure:
    """A stock of a perimeter. ``value`` is None when nothing of it is known.

    ``parts`` counts the communes (or units) it is made of, ``unknown`` those with no value,
    ``suppressed`` those hidden by secrecy, ``lower_bound`` those whose own value is a minimum;
    with any of the last three, a sum is a lower bound.
    """

    stock: str
    year: int
    value: float | None
    parts: int
    unknown: int = 0
    suppressed: int = 0
    lower_bound: int = 0

    @property
    def partial(self) -> bool:
        left_out = self.unknown + self.suppressed + self.lower_bound
        return self.value is not None and left_out > 0


def stock_over(
    values: StockValues,
    communes: IntArray,
    geography: Geography,
    *,
    additive: bool,
    weights: FloatArray | None = None,
) -> StockFigure:
    """The stock of a set of communes (sorted node indices).

    Additive: the sum of what is known. Else the mean weighted by ``weights`` (by commune, NaN
    where unknown); without weights, only a set of one part has a value. Values published for a
    larger mesh answer for whole units of that mesh only: nothing is shared out.
    """
    if values.level == COMMUNE:
        parts = communes
    else:
        mesh = geography.mesh(values.level, values.level_year)
        parts, weights = whole_units(mesh, communes, geography), None
    if len(parts) == 0:
        return StockFigure(values.stock, values.year, None, 0)
    suppressed = int(np.isin(parts, values.suppressed).sum())
    known = values.values[parts]
    return StockFigure(
        stock=values.stock,
        year=values.year,
        value=_sum(known)
        if additive
        else _mean(known, None if weights is None else weights[parts]),
        parts=len(parts),
        unknown=int(np.isnan(known).sum()) - suppressed,
        suppressed=suppressed,
        lower_bound=0
        if values.lower_bound is None
        else int(np.isin(parts, values.lower_bound).sum()),
    )


def divisor_year(card: StockCard, flow: str, flow_year: int, years: Iterable[int]) -> int | None:
    """The year of a stock that may divide a year of a flow: the nearest, the earlier on a tie.

    None when the stock does not divide that flow, or when every year is farther than the card's
    ``max_year_gap``.
    """
    if flow not in card.divides:
        return None
    near = [year for year in years if abs(year - flow_year) <= card.max_year_gap]
    return min(near, key=lambda year: (abs(year - flow_year), year), default=None)


def _sum(known: FloatArray) -> float | None:
    return None if np.isnan(known).all() else float(np.nansum(known))


def _mean(known: FloatArray, weights: FloatArray | None) -> float | None:
    if weights is None:
        return float(known[0]) if len(known) == 1 and not np.isnan(known[0]) else None
    both = ~np.isnan(known) & ~np.isnan(weights)
    total = weights[both].sum()
    return float((known[both] * weights[both]).sum() / total) if total > 0 else None


def stock_by_unit(
    values: StockValues,
    mesh: Mesh,
    geography: Geography,
    *,
    additive: bool,
    weights: FloatArray | None = None,
) -> FloatArray:
    """The stock of every unit of a mesh, as ``stock_over`` gives it; NaN where it gives none."""
    if values.level != COMMUNE:
        same = (values.level, values.level_year) == (mesh.level, mesh.year)
        return values.values if same else np.full(len(mesh.codes), np.nan)
    unit = np.repeat(np.arange(len(mesh.codes)), np.diff(mesh.starts))
    known = values.values[mesh.members]
    given = np.ones(geography.n_communes) if additive else weights
    if given is None:
        return np.full(len(mesh.codes), np.nan)
    share = np.where(np.isnan(known), np.nan, given[mesh.members])
    total = np.bincount(unit, np.nan_to_num(known * share), len(mesh.codes))
    whole = np.bincount(unit, np.nan_to_num(share), len(mesh.codes))
    return total / np.where(whole > 0, 1 if additive else whole, np.nan)


def stock_by_partner(
    values: StockValues, communes: IntArray, partners: Partners, geography: Geography
) -> FloatArray:
    """An additive stock of each partner of a territory, (units,), what the two share left out.

    NaN where nothing is known; values published for a larger mesh answer only for partners of
    that mesh that share no commune with the territory.
    """
    apart = partners.of[: geography.n_communes].copy()
    apart[communes] = partners.n_units
    if values.level != COMMUNE:
        published = geography.mesh(values.level, values.level_year)
        if (published.level, published.year) != (partners.level, partners.year):
            return np.full(partners.n_units, np.nan)
        shared = np.isin(np.arange(partners.n_units), partners.of[communes])
        return np.where(shared, np.nan, values.values)
    known = ~np.isnan(values.values)
    count = np.bincount(apart, known, partners.n_units + 1)[: partners.n_units]
    total = np.bincount(apart, np.nan_to_num(values.values), partners.n_units + 1)
    return np.where(count > 0, total[: partners.n_units], np.nan)
