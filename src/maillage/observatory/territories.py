"""Territories as lists one can page through, the identity of one, a perimeter from codes."""

import math
from collections.abc import Iterable, Sequence

import numpy as np

from maillage.common.errors import InputError, NotFoundError
from maillage.common.french import listing
from maillage.engine.edition import Edition
from maillage.observatory.answers.territories import (
    Container,
    Gathered,
    Identity,
    Listed,
    Territories,
)
from maillage.observatory.citation import cite_territory
from maillage.observatory.directory import containing
from maillage.observatory.places import centre
from maillage.observatory.search import search, search_index
from maillage.territory.geography import Geography
from maillage.territory.perimeter import Perimeter
from maillage.territory.units import COMMUNE, KnownUnit, unit_index

#: Codes that one perimeter is made from at most.
MOST_CODES = 5000
POPULATION = "population"


def territories(edition: Edition, level: str, offset: int, limit: int) -> tuple[Territories, int]:
    """Units ``offset`` to ``offset + limit`` of a level by code, and how many it has in all.

    NotFoundError when the edition has no such level.
    """
    units = level_units(edition.geography, level)
    rows = range(len(units))[offset : offset + limit]
    return _several(edition, level, (units[row] for row in rows)), len(units)


def members(
    edition: Edition, perimeter: Perimeter, offset: int, limit: int
) -> tuple[Territories, int]:
    """Some communes of a territory, in the order of their codes, and how many it has in all."""
    index = unit_index(edition.geography)
    nodes = perimeter.communes[offset : offset + limit].tolist()
    found = _several(edition, COMMUNE, (index.commune(node) for node in nodes))
    return found, len(perimeter.communes)


def named_alike(edition: Edition, text: str, limit: int) -> Territories:
    """The territories a text may mean, best first: see ``search``."""
    index = unit_index(edition.geography)
    units = [index.named(hit.id) for hit in search(edition, text, limit)]
    return _several(edition, "", (unit for unit in units if unit is not None))


def identity(edition: Edition, perimeter: Perimeter) -> Identity:
    """What a territory is, where, and in which larger ones."""
    years = edition.stock_years(POPULATION)
    lon, lat = _place(edition, perimeter.communes)
    return Identity(
        territory=cite_territory(edition, perimeter),
        edition=edition.id,
        cog=edition.geography.cog,
        fictional=edition.fictional,
        population_year=max(years, default=None),
        lon=lon,
        lat=lat,
        containers=tuple(
            Container(place.id, place.name, place.label) for place in containing(edition, perimeter)
        ),
    )


def gathered(edition: Edition, codes: Sequence[str]) -> Gathered:
    """The perimeter of these codes and ids. InputError names those that are unknown."""
    if len(codes) > MOST_CODES:
        raise InputError(
            problem=f"ce périmètre est fait de plus de {MOST_CODES} codes.",
            remedy="donnez des intercommunalités ou des départements entiers.",
        )
    index = unit_index(edition.geography)
    units = {code: index.named(code) for code in dict.fromkeys(codes)}
    unknown = [f"« {code[:40]} »" for code, unit in units.items() if unit is None]
    if unknown or not units:
        raise InputError(
            problem=f"codes inconnus : {listing(_first(unknown))}." if unknown else "aucun code.",
            remedy="corrigez-les ou retirez-les ; rien n’est deviné à leur place.",
            column="codes",
        )
    known = [unit for unit in units.values() if unit is not None]
    held, useful = _union(edition.geography, known)
    return Gathered(
        territory=cite_territory(edition, Perimeter.of(edition.geography, np.flatnonzero(held))),
        edition=edition.id,
        cog=edition.geography.cog,
        fictional=edition.fictional,
        given=len(codes),
        repeated=len(codes) - useful,
    )


def _union(geography: Geography, units: Sequence[KnownUnit]) -> tuple[np.ndarray, int]:
    """Which communes are held, and how many units bring one that those before did not."""
    held, useful = np.zeros(geography.n_communes, dtype=np.bool_), 0
    for unit in units:
        useful += not held[unit.communes].all()
        held[unit.communes] = True
    return held, useful


def level_units(geography: Geography, level: str) -> Sequence[KnownUnit]:
    """The units of a level, in the order of its codes. NotFoundError when there is none."""
    index = unit_index(geography)
    if level == COMMUNE:
        return [index.commune(node) for node in range(geography.n_communes)]
    try:
        mesh = geography.mesh(level)
    except KeyError as error:
        known = listing([COMMUNE, *sorted({mesh.level for mesh in geography.meshes})])
        raise NotFoundError(
            f"La maille « {level} » est inconnue. Mailles possibles : {known}."
        ) from error
    return [index.unit(mesh, number) for number in range(len(mesh.codes))]


def _first(unknown: list[str]) -> list[str]:
    left = len(unknown) - 10
    return unknown if left <= 0 else [*unknown[:10], f"{left} autres"]


def _several(edition: Edition, level: str, units: Iterable[KnownUnit]) -> Territories:
    return Territories(
        edition=edition.id,
        cog=edition.geography.cog,
        fictional=edition.fictional,
        level=level,
        territories=tuple(_listed(edition, unit) for unit in units),
    )


def _listed(edition: Edition, unit: KnownUnit) -> Listed:
    geography = edition.geography
    cited = cite_territory(
        edition,
        Perimeter(unit.id, unit.name, unit.level, unit.nature, geography.cog, unit.communes),
    )
    lon, lat = _place(edition, unit.communes)
    return Listed(
        id=unit.id,
        name=unit.name,
        level=unit.level,
        level_label=cited.level_label,
        nature=unit.nature,
        nature_label=cited.nature_label,
        context=search_index(geography).context(unit),
        communes=cited.communes,
        population=cited.population,
        lon=lon,
        lat=lat,
    )


def _place(edition: Edition, communes: np.ndarray) -> tuple[float | None, float | None]:
    """Degrees, of the mean inhabitant."""
    found = centre(edition.geography, communes)
    lon, lat = (None if math.isnan(value) else value for value in found)
    return lon, lat
