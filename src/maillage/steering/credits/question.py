"""« How are credits split, and how would chosen criteria split them? »"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

import numpy as np

from maillage.common.errors import InputError
from maillage.engine.dataset import Grant
from maillage.engine.edition import Edition
from maillage.observatory.citation import cite_file, cite_territory
from maillage.steering.credits.answer import (
    ApartSum,
    CreditSplit,
    SplitAsked,
    TerritoryShare,
    YearSplit,
    per_head,
)
from maillage.steering.credits.choices import programmes, scope_of
from maillage.steering.credits.criteria import Criterion, criteria, criterion_values
from maillage.steering.credits.dispersion import gini, moved
from maillage.steering.credits.envelope import APART, Envelope, envelope, members
from maillage.steering.credits.index import ratios, shared_out, synthetic_index
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import Perimeter
from maillage.territory.units import unit_id

_CENT = Decimal("0.01")


@dataclass(frozen=True, eq=False)
class _Units:
    """Inhabitants of each territory of the scope, inside it and whole; NaN where unknown."""

    people: FloatArray
    whole: FloatArray


@lru_cache(maxsize=8)  # one for the whole country holds thousands of values
def credit_split(edition: Edition, asked: SplitAsked) -> CreditSplit:
    """See ``CreditSplit``. InputError when every weight is zero."""
    scope = scope_of(edition, asked.scope)
    found = _envelope(edition, asked, asked.year, scope)
    chosen, weights = _weighed(edition, asked)
    units, money = _units(edition, asked.level, scope, found), closed(found)
    values = [criterion_values(edition, one, asked.level)[found.units] for one in chosen]
    index = synthetic_index(_terms(chosen, values, units.people), weights)
    territories = _territories(edition, asked.level, found, money, units, chosen, values, index)
    grants = edition.grants(asked.year)
    card = edition.catalog.sources.get(grants.source.card)
    names = edition.catalog.nomenclatures.get("level_plurals")
    return CreditSplit(
        scope=cite_territory(edition, scope),
        level=asked.level,
        several=names.codes.get(asked.level, asked.level) if names else asked.level,
        year=asked.year,
        programmes=tuple(
            one
            for one in programmes(edition, asked.year)
            if not asked.programmes or one in asked.programmes
        )
        or asked.programmes,
        territories=territories,
        apart=tuple(
            ApartSum(APART[reason], len(found.apart[reason]), amount)
            for reason, amount in money.apart.items()
        ),
        count=found.count,
        total=money.total,
        placed=money.placed,
        simulated=_known_sum(territories),
        moved=moved([one.gap for one in territories if one.gap is not None]),
        gini=_gini(money, units.people),
        simulated_gini=_simulated_gini(territories),
        years=tuple(_year(edition, asked, year, scope) for year in edition.grant_years()),
        criteria=chosen,
        weights=tuple(weight / sum(weights) for weight in weights),
        source=cite_file(edition, grants.source),
        fictional=grants.fictional or edition.fictional,
        caveats=card.caveats if card else (),
        edition=edition.id,
        cog=edition.geography.cog,
    )


@dataclass(frozen=True, eq=False)
class Money:
    """Euros to the cent of each territory of an envelope, then of each reason of ``APART``."""

    territories: tuple[Decimal, ...]
    apart: dict[int, Decimal]

    @property
    def placed(self) -> Decimal:
        return sum(self.territories, Decimal(0))

    @property
    def total(self) -> Decimal:
        return self.placed + sum(self.apart.values(), Decimal(0))


def closed(found: Envelope) -> Money:
    """Lists hold fractions of a cent: parts are rounded so that they sum to the rounded total."""
    reasons = [reason for reason in APART if reason in found.apart]
    held = [found.placed.get(int(unit), []) for unit in found.units]
    parts = [_sum(grants) for grants in (*held, *(found.apart[reason] for reason in reasons))]
    cents = shared_out(int(_cents(sum(parts, Decimal(0))) * 100), parts)
    amounts = [Decimal(one) * _CENT for one in cents]
    return Money(tuple(amounts[: len(held)]), dict(zip(reasons, amounts[len(held) :], strict=True)))


def _sum(grants: Iterable[Grant]) -> Decimal:
    return sum((grant.subsidy for grant in grants), Decimal(0))


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, rounding=ROUND_HALF_UP)


@lru_cache(maxsize=64)
def _kept(
    edition: Edition, year: int, scope: str, level: str, programmes: tuple[str, ...]
) -> Envelope:
    return envelope(edition, year, scope_of(edition, scope), level, programmes)


def _envelope(edition: Edition, asked: SplitAsked, year: int, scope: Perimeter) -> Envelope:
    """The same whatever the weights."""
    return _kept(edition, year, scope.id, asked.level, asked.programmes)


def _weighed(
    edition: Edition, asked: SplitAsked
) -> tuple[tuple[Criterion, ...], tuple[float, ...]]:
    """Criteria that count, each with its weight."""
    told = dict(asked.weights)
    known = criteria(edition)
    pairs = [(one, told.get(one.id, 0.0) if told else one.weight) for one in known]
    kept = [(one, float(weight)) for one, weight in pairs if weight > 0]
    if not kept:
        raise InputError(
            problem="aucun critère n’a de poids.",
            remedy="donnez-en un à l’un d’eux au moins.",
            column=known[0].word,
            value="0",
        )
    return tuple(one for one, _ in kept), tuple(weight for _, weight in kept)


def _units(edition: Edition, level: str, scope: Perimeter, found: Envelope) -> _Units:
    mesh, people = edition.geography.mesh(level), edition.geography.population
    member = members(edition, scope)
    communes = [mesh.unit_members(int(unit)) for unit in found.units]
    return _Units(
        np.array([people[held[member[held]]].sum() for held in communes]),
        np.array([people[held].sum() for held in communes]),
    )


def _terms(
    chosen: Sequence[Criterion], values: Sequence[FloatArray], people: FloatArray
) -> list[FloatArray]:
    return [ratios(value, people, high=one.high) for one, value in zip(chosen, values, strict=True)]


def _territories(
    edition: Edition,
    level: str,
    found: Envelope,
    money: Money,
    units: _Units,
    chosen: tuple[Criterion, ...],
    values: list[FloatArray],
    index: FloatArray,
) -> tuple[TerritoryShare, ...]:
    """In the order of the mesh."""
    mesh = edition.geography.mesh(level)
    held = [found.placed.get(int(unit), []) for unit in found.units]
    given = _simulated(money.territories, units.people * index)
    return tuple(
        TerritoryShare(
            id=unit_id(edition.geography, mesh, int(unit)),
            name=mesh.names[unit] or mesh.codes[unit],
            inhabitants=_known(units.people[row]),
            within=float(units.people[row] / units.whole[row]) if units.whole[row] else 1.0,
            count=len(held[row]),
            subsidy=money.territories[row],
            cost=_cents(sum((g.cost for g in held[row] if g.cost is not None), Decimal(0))),
            aided=_cents(_sum(g for g in held[row] if g.cost is not None)),
            unpriced=sum(g.cost is None for g in held[row]),
            share=float(money.territories[row] / money.placed) if money.placed else 0.0,
            values=tuple(_known(value[row]) for value in values),
            index=_known(index[row]),
            missing=tuple(_missing(chosen, values, units.people, row)),
            simulated=given[row],
        )
        for row, unit in enumerate(found.units)
    )


def _simulated(money: Sequence[Decimal], strengths: FloatArray) -> list[Decimal | None]:
    """What those that have an index received, shared out between them."""
    rows = [row for row, strength in enumerate(strengths) if not np.isnan(strength)]
    given: list[Decimal | None] = [None] * len(money)
    cents = int(sum((money[row] for row in rows), Decimal(0)) * 100)
    if sum(float(strengths[row]) for row in rows) > 0:
        shares = shared_out(cents, [float(strengths[row]) for row in rows])
        for row, share in zip(rows, shares, strict=True):
            given[row] = Decimal(share) * _CENT
    return given


def _missing(
    chosen: Sequence[Criterion], values: Sequence[FloatArray], people: FloatArray, row: int
) -> Iterable[str]:
    """Titles of the figures that an index lacks."""
    if np.isnan(people[row]):
        yield "Population"
    for one, value in zip(chosen, values, strict=True):
        if np.isnan(value[row]) or (value[row] == 0 and not one.high):
            yield one.title


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _known_sum(territories: Iterable[TerritoryShare]) -> Decimal:
    return sum((one.simulated for one in territories if one.simulated is not None), Decimal(0))


def _gini(money: Money, people: FloatArray) -> float | None:
    """Of the territories whose inhabitants are known."""
    kept = people > 0
    return gini(np.array(money.territories, dtype=np.float64)[kept], people[kept])


def _simulated_gini(territories: Iterable[TerritoryShare]) -> float | None:
    pairs = [(one.simulated, one.inhabitants) for one in territories]
    known = [(float(given), people) for given, people in pairs if given is not None and people]
    return gini(*np.array(known, dtype=np.float64).T) if known else None


def _year(edition: Edition, asked: SplitAsked, year: int, scope: Perimeter) -> YearSplit:
    found = _envelope(edition, asked, year, scope)
    units, money = _units(edition, asked.level, scope, found), closed(found)
    return YearSplit(
        year=year,
        count=found.count,
        total=money.total,
        placed=money.placed,
        per_inhabitant=per_head(money.placed, float(np.nansum(units.people))),
        gini=_gini(money, units.people),
        empty=sum(int(unit) not in found.placed for unit in found.units),
    )
