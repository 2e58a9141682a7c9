"""Where a balance is read: in the cells of communes, else in a file given on a larger mesh."""

from dataclasses import dataclass

from maillage.common.errors import InputError, NotFoundError
from maillage.common.french import listing
from maillage.engine.dataset import FlowMeta
from maillage.engine.edition import Edition
from maillage.engine.flows import FlowBalance, flow_balance
from maillage.engine.level_balance import level_balance
from maillage.engine.partners import Partners
from maillage.engine.whole_units import whole_units
from maillage.observatory.asked import flow_card, flow_meta, partners_asked
from maillage.observatory.citation import level_label
from maillage.territory.perimeter import Perimeter


@dataclass(frozen=True, eq=False)
class Exchanges:
    """A balance and what it was read from. ``by_commune``: the file gives communes."""

    meta: FlowMeta
    partners: Partners
    balance: FlowBalance
    by_commune: bool = True


def exchanges(
    edition: Edition,
    flow: str,
    perimeter: Perimeter,
    year: int | None,
    mesh: str | None,
    category: tuple[str, str] | None = None,
) -> Exchanges:
    """The newest file unless a year is given; files by commune first.

    ``category`` is a dimension and a code: only the cells of that category.
    NotFoundError, InputError: see ``asked``; NotFoundError too when the only file is given on a
    mesh whose units do not make up the territory; InputError when it has no such category.
    """
    card = flow_card(edition, flow)
    levels = level_years(edition, card.id)
    by_commune = edition.flow_years(card.id)
    if levels and (not by_commune or (year in levels and year not in by_commune)):
        wanted = max(levels) if year is None else year
        if wanted in levels and category is None:
            return _on_level(edition, card.id, perimeter, wanted, levels[wanted])
    meta = flow_meta(edition, card.id, year)
    partners = partners_asked(edition, perimeter, mesh)
    if category is None:
        found = edition.balance(meta.flow, meta.year, perimeter, partners)
    else:
        _check_category(edition, meta, *category)
        matrix = edition.matrix(meta.flow, meta.year, category)
        found = flow_balance(matrix, perimeter.communes, partners.of, len(partners))
    return Exchanges(meta, partners, found)


def _check_category(edition: Edition, meta: FlowMeta, dimension: str, code: str) -> None:
    known = edition.dimensions(meta.flow, meta.year)
    if code in known.get(dimension, ()):
        return
    said = listing(sorted(known)) or "aucun"
    raise InputError(
        problem=f"le fichier de {meta.year} ne donne pas cette catégorie.",
        remedy=f"retirez ce filtre, ou changez d’année. Détails de ce fichier : {said}.",
        value=f"{dimension}:{code}"[:40],
    )


def level_years(edition: Edition, flow: str) -> dict[int, str]:
    """Years of a flow that have a file on a larger mesh, and that mesh."""
    return {year: level for known, year, level in edition.level_flows() if known == flow}


def _on_level(
    edition: Edition, flow: str, perimeter: Perimeter, year: int, level: str
) -> Exchanges:
    values = edition.level_flow(flow, year, level)
    mesh = edition.geography.mesh(level, values.level_year)
    units = whole_units(mesh, perimeter.communes, edition.geography)
    if not len(units):
        raise NotFoundError(
            f"« {edition.catalog.flows[flow].title} » ({year}) n’est connu que par "
            f"« {level_label(edition, level)} » : choisissez un territoire fait d’unités entières."
        )
    partners = edition.partners(level, values.level_year)
    balance = level_balance(values, units, partners.n_units)
    return Exchanges(values.meta, partners, balance, by_commune=False)
