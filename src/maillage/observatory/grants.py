"""What the State granted to the projects of a territory: the history of its funding."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from maillage.common.errors import InputError, NotFoundError
from maillage.engine.dataset import Grant
from maillage.engine.edition import Edition
from maillage.observatory.answers.grants import GrantCited, Grants, GrantSum
from maillage.observatory.citation import cite_file, cite_territory
from maillage.territory.geography import IntArray
from maillage.territory.perimeter import Perimeter, parse_perimeter

_CENT = Decimal("0.01")


@dataclass(frozen=True, eq=False)
class Owners:
    """Grants of each owner; its communes of today are ``members[start[i] : start[i + 1]]``."""

    start: IntArray
    members: IntArray
    grants: tuple[tuple[Grant, ...], ...]


def territory_grants(
    edition: Edition, perimeter: Perimeter, *, year: int | None = None, limit: int | None = None
) -> Grants:
    """The newest list unless told. ``limit`` cuts the projects listed, never the sums.

    NotFoundError when the edition has no list of that year.
    """
    years = edition.grant_years()
    if not years or year not in (None, *years):
        raise NotFoundError(
            "Aucune liste de subventions de l’État "
            + (f"pour {year} n’est dans ce millésime." if years else "n’est dans ce millésime.")
        )
    chosen = year or years[-1]
    values = edition.grants(chosen)
    inside, shared = _split(edition, chosen, perimeter)
    card = edition.catalog.sources.get(values.source.card)
    return Grants(
        territory=cite_territory(edition, perimeter),
        year=chosen,
        years=tuple(years),
        total=_sum("total", "Ensemble", inside),
        programmes=_sums(edition, "grant_programme", inside, "programme"),
        categories=_sums(edition, "grant_category", inside, "category"),
        grants=tuple(_cited(edition, inside, limit)),
        shared=tuple(_cited(edition, shared, limit)),
        beyond=_sum("beyond", "Bénéficiaires plus larges que le territoire", shared),
        lost=_sum("lost", "Bénéficiaires disparus, non situés", _lost(edition, chosen, perimeter)),
        source=cite_file(edition, values.source),
        fictional=values.fictional or edition.fictional,
        caveats=card.caveats if card else (),
        edition=edition.id,
        cog=edition.geography.cog,
    )


def _split(edition: Edition, year: int, perimeter: Perimeter) -> tuple[list[Grant], list[Grant]]:
    """Grants of owners inside, then of those that reach beyond."""
    member = np.zeros(edition.geography.n_communes, dtype=np.bool_)
    member[perimeter.communes] = True
    owners = grant_owners(edition, year)
    if not owners.grants:
        return [], []
    size = np.diff(owners.start)
    held = np.add.reduceat(member[owners.members].astype(np.int64), owners.start[:-1])
    whole, some = np.flatnonzero(held == size), np.flatnonzero((held > 0) & (held < size))
    return _of(owners, whole), _of(owners, some)


def _of(owners: Owners, rows: npt.NDArray[np.int64]) -> list[Grant]:
    return [grant for row in rows for grant in owners.grants[row]]


@lru_cache(maxsize=4)
def grant_owners(edition: Edition, year: int) -> Owners:
    """Those that are known today; read once an edition."""
    by_owner: dict[str, list[Grant]] = {}
    for grant in edition.grants(year).grants:
        if grant.now:
            by_owner.setdefault(grant.now, []).append(grant)
    found = [(_communes(edition, id), tuple(grants)) for id, grants in by_owner.items()]
    known = [(communes, grants) for communes, grants in found if len(communes)]
    return Owners(
        start=np.cumsum([0, *(len(communes) for communes, _ in known)]).astype(np.int32),
        members=np.concatenate([np.empty(0, np.int32), *(communes for communes, _ in known)]),
        grants=tuple(grants for _, grants in known),
    )


def _communes(edition: Edition, id: str) -> IntArray:
    try:
        return parse_perimeter(id, edition.geography).communes
    except InputError:  # a mesh that this edition leaves out
        return np.empty(0, dtype=np.int32)


def _lost(edition: Edition, year: int, perimeter: Perimeter) -> list[Grant]:
    """Of the départements that the territory touches."""
    geography = edition.geography
    if "departement" not in {mesh.level for mesh in geography.meshes}:
        return []
    mesh = geography.mesh("departement")
    homes = np.unique(mesh.unit_of(geography.n_communes)[perimeter.communes])
    touched = {mesh.codes[home] for home in homes if home >= 0}
    grants = edition.grants(year).grants
    return [grant for grant in grants if not grant.now and grant.departement in touched]


def _sums(
    edition: Edition, nomenclature: str, grants: Iterable[Grant], name: str
) -> tuple[GrantSum, ...]:
    """By decreasing subsidy."""
    card = edition.catalog.nomenclatures.get(nomenclature)
    labels = card.codes if card else {}
    parts: dict[str, list[Grant]] = {}
    for grant in grants:
        parts.setdefault(getattr(grant, name), []).append(grant)
    sums = [_sum(id, labels.get(id, id), part) for id, part in parts.items()]
    return tuple(sorted(sums, key=lambda one: (-one.subsidy, one.id)))


def _sum(id: str, title: str, grants: Iterable[Grant]) -> GrantSum:
    held = list(grants)
    priced = [grant.cost for grant in held if grant.cost is not None]
    subsidy = sum((grant.subsidy for grant in held), Decimal(0))
    cost = sum(priced, Decimal(0))
    return GrantSum(id, title, len(held), _cents(subsidy), _cents(cost), len(held) - len(priced))


def _cited(edition: Edition, grants: Iterable[Grant], limit: int | None) -> Iterator[GrantCited]:
    card = edition.catalog.nomenclatures.get("grant_category")
    labels = card.codes if card else {}
    ranked = sorted(grants, key=lambda grant: (-grant.subsidy, grant.project))
    for grant in ranked[:limit]:
        yield GrantCited(
            project=grant.project,
            programme=grant.programme,
            category=labels.get(grant.category, grant.category),
            purpose=grant.purpose,
            owner=grant.name,
            owner_id=grant.now,
            former="@" in grant.now,
            cost=None if grant.cost is None else _cents(grant.cost),
            subsidy=_cents(grant.subsidy),
        )


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, rounding=ROUND_HALF_UP)
