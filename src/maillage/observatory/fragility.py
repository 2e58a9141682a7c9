"""Signs of fragility side by side: stocks and ratios of stocks that the catalogue chose."""

from collections.abc import Callable, Sequence

import numpy as np

from maillage.catalog.cards import FragilityCard
from maillage.common.errors import NotFoundError
from maillage.engine.edition import Edition
from maillage.engine.precision import Unmeasured, unmeasured
from maillage.engine.ratio import ratio
from maillage.observatory.answers.compare import ComparedRow, ComparedValue, Comparison
from maillage.observatory.citation import cite_territory
from maillage.observatory.comparable import Comparable
from maillage.observatory.compare import NOTHING_LIKE
from maillage.observatory.spreads import spread
from maillage.observatory.subjects import OneTerritory
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import Perimeter
from maillage.territory.units import unit_index

FAMILY, TITLE = "fragilites", "Fragilités"

#: A stock by id and year.
Read = Callable[[str, int], FloatArray]


def compare_fragility(edition: Edition, perimeters: Sequence[Perimeter]) -> Comparison:
    """Newest year of each stock, the same for all territories. NotFoundError without any."""
    if not perimeters:
        raise NotFoundError("Aucun territoire à comparer : choisissez-en un.")
    group = Comparable.of(edition, perimeters[0])
    cards = sorted(edition.catalog.fragility.values(), key=lambda card: card.order)
    found = (_row(edition, card, perimeters, group) for card in cards if _known(edition, card))
    return Comparison(
        family=FAMILY,
        title=TITLE,
        territories=tuple(cite_territory(edition, perimeter) for perimeter in perimeters),
        rows=tuple(row for row in found if any(v.value is not None for v in row.values)),
        why_alone="" if group.groups else NOTHING_LIKE,
        year=None,
        years=(),
        refusals=("",) * len(perimeters),
        source=None,
        universe=None,
        edition=edition.id,
        cog=edition.geography.cog,
        fictional=edition.fictional,
    )


def _known(edition: Edition, card: FragilityCard) -> bool:
    return sign_year(edition, card) is not None


def sign_year(edition: Edition, card: FragilityCard) -> int | None:
    """The newest that every stock of the card has: a ratio mixes no years."""
    years = [set(edition.stock_years(id)) for id in (*card.numerator, *card.denominator)]
    return max(set.intersection(*years), default=None)


def _row(
    edition: Edition, card: FragilityCard, perimeters: Sequence[Perimeter], group: Comparable
) -> ComparedRow:
    year = sign_year(edition, card) or 0
    partners = edition.partners("commune")
    values = tuple(
        _compared(float(sign_value(card, year, OneTerritory(edition, p, partners).stock)))
        for p in perimeters
    )
    return ComparedRow(
        id=card.id,
        title=card.title,
        unit=card.unit.value,
        unit_label=card.unit_label,
        decimals=card.decimals,
        year=year,
        note=f"Fragile quand la valeur est {_SIDES[card.fragile_when]}. {card.reason}",
        method=False,
        values=values,
        spread=spread(
            group.groups,
            np.asarray(sign_value(card, year, group.stock)),
            values,
            _pooled(edition, card, year),
        )
        if group.groups
        else None,
    )


_SIDES = {"high": "haute", "low": "basse"}


def sign_value(card: FragilityCard, year: int, read: Read) -> FloatArray:
    """Of whatever ``read`` reads the stocks of: one territory or every unit of a level."""
    top = _sum(card.numerator, year, read)
    return ratio(top, _sum(card.denominator, year, read)) if card.denominator else top


def _sum(stocks: tuple[str, ...], year: int, read: Read) -> FloatArray:
    return np.asarray(np.sum([read(id, year) for id in stocks], axis=0, dtype=np.float64))


def _pooled(edition: Edition, card: FragilityCard, year: int) -> float | None:
    """Over the whole country: a ratio of sums, or the weighted mean that the stock’s card says."""
    country = unit_index(edition.geography).country
    whole = Perimeter(
        country.id, country.name, country.level, "", edition.geography.cog, country.communes
    )
    read = OneTerritory(edition, whole, edition.partners("commune")).stock
    return _compared(float(sign_value(card, year, read))).value


def _compared(value: float) -> ComparedValue:
    if np.isnan(value):
        return ComparedValue(None)
    return ComparedValue(value, unmeasured(Unmeasured.NO_WEIGHTS))
