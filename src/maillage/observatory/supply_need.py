"""Could the territory meet its own needs, and what would joining another add?"""

import numpy as np

from maillage.catalog.cards import BalanceCard
from maillage.common.french import listing
from maillage.engine.balances import cooperation_gain, coverage, deficit, surplus
from maillage.engine.complementarity import krugman, specificity_gap, specificity_ratio
from maillage.engine.edition import Edition
from maillage.engine.partners import Partners
from maillage.engine.precision import NOT_GIVEN, Precision, Unmeasured, unmeasured
from maillage.engine.secrecy import Secrecy
from maillage.engine.stocks import StockFigure
from maillage.observatory.answers.supply_need import (
    GroupBalance,
    PartnerGain,
    QuantitiesPrecision,
    QuantitiesSecrecy,
    SupplyNeed,
    ThemeBalance,
)
from maillage.observatory.asked import partners_asked
from maillage.observatory.citation import UnitCited, cite_file, cite_territory
from maillage.observatory.places import distances_from
from maillage.observatory.quantities import (
    GroupQuantities,
    country_supply,
    group_quantities,
    partner_quantities,
)
from maillage.observatory.stocks import stock_precision, stock_secrecy
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import Perimeter

#: Partners are looked for on this mesh unless told otherwise.
MESH = "epci"


def supply_need(
    edition: Edition, perimeter: Perimeter, *, mesh: str | None = None, limit: int | None = 10
) -> SupplyNeed:
    """Every theme of the catalogue, with the ``limit`` partners that would add most coverage.

    None: all those that would add some. NotFoundError, InputError on the mesh: see ``asked``.
    """
    partners = partners_asked(edition, perimeter, mesh or _usual(edition))
    return SupplyNeed(
        territory=cite_territory(edition, perimeter),
        edition=edition.id,
        cog=edition.geography.cog,
        fictional=edition.fictional,
        mesh=partners.level,
        themes=tuple(
            _theme(edition, card, perimeter, partners, limit)
            for card in edition.catalog.balances.values()
        ),
    )


def _usual(edition: Edition) -> str | None:
    return MESH if MESH in {mesh.level for mesh in edition.geography.meshes} else None


def _theme(
    edition: Edition, card: BalanceCard, perimeter: Perimeter, partners: Partners, limit: int | None
) -> ThemeBalance:
    groups = group_quantities(edition, card, perimeter)
    supply, need = np.array([group.pair for group in groups]).T
    covered = float(coverage(supply, need))
    known = not np.isnan(covered)
    whole = country_supply(edition, card, groups)
    specific = specificity_ratio(supply, whole)
    return ThemeBalance(
        id=card.id,
        title=card.title,
        description=card.description,
        unit=UnitCited(card.unit, card.unit_label),
        groups=tuple(
            _group(edition, card, group, float(ratio))
            for group, ratio in zip(groups, specific, strict=True)
        ),
        coverage=covered if known else None,
        specialisation=_known(float(krugman(specificity_gap(supply, whole)))),
        missing="" if known else why_missing(groups),
        partners=_gains(edition, card, perimeter, partners, groups, limit) if known else (),
        reading=card.reading,
        precision=unmeasured(Unmeasured.THEORETICAL),
        caveats=card.caveats,
    )


def _group(
    edition: Edition, card: BalanceCard, group: GroupQuantities, specificity: float
) -> GroupBalance:
    supply, need = (np.array([number]) for number in group.pair)
    files = {
        edition.stock(card.groups[group.id][side], group.year).source
        for side in ("supply", "need")
        if group.year is not None
    }
    both = (group.supply, group.need)
    figures = [figure for figure in both if figure is not None]
    return GroupBalance(
        id=group.id,
        label=group.label,
        year=group.year,
        supply=_known(supply[0]),
        need=_known(need[0]),
        surplus=_known(surplus(supply, need)[0]),
        deficit=_known(deficit(supply, need)[0]),
        coverage=_known(float(coverage(supply, need))),
        specificity=_known(specificity),
        partial=any(figure.partial for figure in figures),
        precision=QuantitiesPrecision(*(_precision(edition, figure) for figure in both)),
        secrecy=QuantitiesSecrecy(*(_secrecy(edition, figure) for figure in both)),
        sources=tuple(cite_file(edition, file) for file in sorted(files, key=lambda f: f.file)),
    )


def _precision(edition: Edition, figure: StockFigure | None) -> Precision:
    if figure is None:
        return NOT_GIVEN
    return stock_precision(edition, edition.stock(figure.stock, figure.year), figure)


def _secrecy(edition: Edition, figure: StockFigure | None) -> Secrecy | None:
    if figure is None:
        return None
    return stock_secrecy(edition, edition.stock(figure.stock, figure.year), figure)


def _gains(
    edition: Edition,
    card: BalanceCard,
    perimeter: Perimeter,
    partners: Partners,
    groups: list[GroupQuantities],
    limit: int | None,
) -> tuple[PartnerGain, ...]:
    supply, need = np.array([group.pair for group in groups]).T
    theirs = partner_quantities(edition, card, perimeter, partners, groups)
    gains = cooperation_gain(supply, need, *theirs)
    alone, together = coverage(*theirs), coverage(supply + theirs[0], need + theirs[1])
    away = _distances(edition, perimeter, partners)
    order = np.argsort(-np.nan_to_num(gains), kind="stable")[:limit]
    return tuple(
        PartnerGain(
            id=partners.ids[partner],
            name=partners.names[partner],
            gain=float(gains[partner]),
            coverage=float(alone[partner]),
            together=float(together[partner]),
            distance_km=_known(away[partner]),
        )
        for partner in order
        if gains[partner] > 0
    )


def _distances(edition: Edition, perimeter: Perimeter, partners: Partners) -> FloatArray:
    try:
        return distances_from(edition, perimeter.communes, partners.level)
    except KeyError:
        return np.full(partners.n_units, np.nan)


def why_missing(groups: list[GroupQuantities]) -> str:
    """Why a theme has no coverage here, as a French sentence."""
    without = [f"« {g.label} »" for g in groups if np.isnan(g.pair).any()]
    if without:
        return (
            "Ce millésime n’a pas, pour une même année, "
            f"la ressource et le besoin de {listing(without)}."
        )
    return "Le territoire n’a pas de besoin à couvrir."


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
