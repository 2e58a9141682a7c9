"""Stocks of a territory: population, jobs, dwellings… with what each figure must carry."""

from dataclasses import dataclass

from maillage.catalog.cards import StockCard
from maillage.engine.dataset import FlowMeta, StockValues
from maillage.engine.edition import Edition
from maillage.engine.precision import (
    NOT_GIVEN,
    Precision,
    PrecisionMethod,
    Unmeasured,
    grade_of,
    unmeasured,
)
from maillage.engine.secrecy import Secrecy, SecrecyStatus
from maillage.engine.stocks import COMMUNE, StockFigure, divisor_year, stock_over
from maillage.observatory.citation import FileCited, UnitCited, cite_file
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import Perimeter


@dataclass(frozen=True)
class StockCited:
    """One stock. ``value`` is None when nothing of it is known.

    ``partial``: a lower bound, since parts of a sum are unknown; a mean only leaves them out.
    ``secrecy`` counts as hidden the communes or units whose value the source hides.
    """

    id: str
    title: str
    year: int
    value: float | None
    partial: bool
    parts: int
    unknown: int
    suppressed: int
    additive: bool
    unit: UnitCited
    source: FileCited
    precision: Precision
    secrecy: Secrecy
    fictional: bool
    caveats: tuple[str, ...]


def stock_figure(
    edition: Edition, stock: str, perimeter: Perimeter, year: int | None = None
) -> StockFigure:
    """A stock of a territory, the newest year unless told. KeyError when the edition lacks it.

    The finest values are asked first; those of a larger mesh answer only for whole units.
    """
    card = edition.catalog.stocks[stock]
    found = [
        _over(edition, card, values, perimeter) for values in _candidates(edition, stock, year)
    ]
    return next((figure for figure in found if figure.value is not None), found[0])


def cited_stocks(edition: Edition, perimeter: Perimeter) -> tuple[StockCited, ...]:
    """The key stocks: those that divide a flow, where something of them is known."""
    cards = edition.catalog.stocks
    keys = [stock for stock in edition.stocks() if stock in cards and cards[stock].divides]
    cited = [cite_stock(edition, stock, perimeter) for stock in keys]
    return tuple(stock for stock in cited if stock.value is not None)


def cite_stock(edition: Edition, stock: str, perimeter: Perimeter) -> StockCited:
    card = edition.catalog.stocks[stock]
    figure = stock_figure(edition, stock, perimeter)
    values = edition.stock(stock, figure.year)
    return StockCited(
        id=stock,
        title=card.title,
        year=figure.year,
        value=figure.value,
        partial=card.additive and figure.partial,
        parts=figure.parts,
        unknown=figure.unknown,
        suppressed=figure.suppressed,
        additive=card.additive,
        unit=UnitCited(card.unit, card.unit_label),
        source=cite_file(edition, values.source),
        precision=stock_precision(edition, values, figure),
        secrecy=stock_secrecy(edition, values, figure),
        fictional=values.fictional or edition.fictional,
        caveats=(*card.caveats, *values.notes),
    )


def stock_precision(edition: Edition, values: StockValues, figure: StockFigure) -> Precision:
    """A full count, which its card says, has no error of sampling; no other publishes its own."""
    card = edition.catalog.sources.get(values.source.card)
    if figure.value is None:
        return NOT_GIVEN
    if card is None or card.mean_weight != 1:
        return unmeasured(Unmeasured.NO_WEIGHTS)
    if figure.value <= 0:
        return Precision(PrecisionMethod.COMPLETE, standard_error=0.0)
    return Precision(PrecisionMethod.COMPLETE, 0.0, 0.0, grade_of(0.0))


def stock_secrecy(edition: Edition, values: StockValues, figure: StockFigure) -> Secrecy:
    """No ceiling is known of what is hidden; a mean has no bound at all once something is."""
    card = edition.catalog.sources.get(values.source.card)
    hidden, value = figure.suppressed, figure.value
    if not hidden:
        public = card is None or card.secrecy.status == "public"
        status = SecrecyStatus.PUBLIC if public else SecrecyStatus.RELEASED
        return Secrecy(status, 0, value, value)
    status = SecrecyStatus.HIDDEN if value is None else SecrecyStatus.INCOMPLETE
    stock = edition.catalog.stocks[values.stock]
    return Secrecy(status, hidden, value if stock.additive else None, None)


def divisor(edition: Edition, meta: FlowMeta) -> tuple[StockCard, int] | None:
    """The stock, and its year, that a flow is divided by: same unit first, then catalogue order."""
    cards = [card for card in edition.catalog.stocks.values() if card.additive]
    for card in sorted(cards, key=lambda card: card.unit != meta.unit):
        year = divisor_year(card, meta.flow, meta.year, edition.stock_years(card.id))
        if year is not None:
            return card, year
    return None


def mean_weights(edition: Edition, card: StockCard, year: int) -> FloatArray | None:
    """Values by commune of the stock that weighs a mean, at its nearest year."""
    years = [] if card.weight is None else edition.stock_years(card.weight)
    if card.weight is None or not years:
        return None
    nearest = min(years, key=lambda found: (abs(found - year), found))
    try:
        return edition.stock(card.weight, nearest, COMMUNE).values
    except KeyError:
        return None


def _candidates(edition: Edition, stock: str, year: int | None) -> list[StockValues]:
    wanted = edition.stock(stock, year).year
    levels = [
        level
        for known, found, level in edition.manifest["stocks"]
        if known == stock and found == wanted
    ]
    finest_first = sorted(levels, key=lambda level: level != COMMUNE)
    return [edition.stock(stock, wanted, level) for level in finest_first]


def _over(
    edition: Edition, card: StockCard, values: StockValues, perimeter: Perimeter
) -> StockFigure:
    return stock_over(
        values,
        perimeter.communes,
        edition.geography,
        additive=card.additive,
        weights=mean_weights(edition, card, values.year),
    )
