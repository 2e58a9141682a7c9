"""What one may ask of a split: years, programmes, scopes, and meshes that share a scope out."""

from dataclasses import dataclass

import numpy as np

from maillage.common.errors import InputError, NotFoundError
from maillage.engine.edition import Edition
from maillage.steering.credits.envelope import DEPARTEMENT
from maillage.territory.perimeter import Perimeter
from maillage.territory.units import COMMUNE, COUNTRY, COUNTRY_ID, unit_id, unit_index

REGION = "region"
#: Meshes that may share a scope out, those of the State last.
MESHES = ("epci", "crte", "petr", "arrondissement", DEPARTEMENT, REGION)
#: Those that a scope is too small for.
TOO_LARGE = {COUNTRY: (), REGION: (REGION,), DEPARTEMENT: (DEPARTEMENT, REGION)}
#: The one shown unless told, by scope.
USUAL = {COUNTRY: DEPARTEMENT, REGION: "epci", DEPARTEMENT: "epci"}


@dataclass(frozen=True)
class Place:
    """The split a territory is best seen in: scope (id and name), mesh, and itself among it.

    ``focus`` is empty for what is no territory of a mesh.
    """

    scope: str
    name: str
    level: str
    focus: str = ""


def place_of(edition: Edition, perimeter: Perimeter) -> Place:
    """Among the country for a département or a région, else in the département it lives most in.

    A commune is seen through its EPCI.
    """
    country = unit_index(edition.geography).country
    if perimeter.level == COUNTRY:
        return Place(country.id, country.name, "")
    if perimeter.level in (DEPARTEMENT, REGION) or DEPARTEMENT not in known_levels(edition):
        level = perimeter.level if perimeter.level in MESHES else ""
        return Place(country.id, country.name, level, perimeter.id if level else "")
    mesh = edition.geography.mesh(DEPARTEMENT)
    home = _home(edition, DEPARTEMENT, perimeter)
    scope = unit_id(edition.geography, mesh, home)
    if perimeter.level in MESHES:
        return Place(scope, mesh.names[home], perimeter.level, perimeter.id)
    if perimeter.level == COMMUNE and "epci" in known_levels(edition):
        epci = _home(edition, "epci", perimeter)
        code = edition.geography.mesh("epci").codes[epci] if epci >= 0 else ""
        return Place(scope, mesh.names[home], "epci", code)
    return Place(scope, mesh.names[home], "")


def _home(edition: Edition, level: str, perimeter: Perimeter) -> int:
    """Unit of a partition where most of its inhabitants are, -1 for none."""
    geography = edition.geography
    units = geography.mesh(level).unit_of(geography.n_communes)[perimeter.communes]
    people = np.nan_to_num(geography.population[perimeter.communes])
    known = units >= 0
    if not known.any():
        return -1
    return int(np.argmax(np.bincount(units[known], people[known])))


def known_levels(edition: Edition) -> set[str]:
    return {mesh.level for mesh in edition.geography.meshes}


def programmes(edition: Edition, year: int) -> tuple[str, ...]:
    """Those of the list of a year, in the order of the catalogue."""
    held = {grant.programme for grant in edition.grants(year).grants}
    card = edition.catalog.nomenclatures.get("grant_programme")
    order = list(card.codes) if card else []
    return (*(p for p in order if p in held), *sorted(held.difference(order)))


def year_of(edition: Edition, year: int | None) -> int:
    """The newest unless told. NotFoundError for one without a list."""
    years = edition.grant_years()
    if not years or year not in (None, *years):
        raise NotFoundError(
            "Aucune liste de subventions de l’État "
            + (f"pour {year} n’est dans ce millésime." if years else "n’est dans ce millésime.")
        )
    return year or years[-1]


def scopes(edition: Edition) -> list[tuple[str, list[tuple[str, str]]]]:
    """The country, then regions and départements by name: level, then id and name of each."""
    geography = edition.geography
    found = [(COUNTRY, [(COUNTRY_ID, geography.country)])]
    for level in (REGION, DEPARTEMENT):
        if level in known_levels(edition):
            mesh = geography.mesh(level)
            units = [
                (unit_id(geography, mesh, number), name) for number, name in enumerate(mesh.names)
            ]
            found.append((level, sorted(units, key=lambda unit: unit[1])))
    return found


def scope_of(edition: Edition, id: str) -> Perimeter:
    """The country unless told. InputError for what is no country, région nor département.

    A département that is also a commune or a région (Paris, Mayotte) stays what it was asked as.
    """
    unit = unit_index(edition.geography).named(id or COUNTRY_ID)
    if unit is None:
        raise NotFoundError(f"Le périmètre « {id[:40]} » est inconnu.")
    if unit.level not in TOO_LARGE:
        raise InputError(
            problem="les crédits de l’État se suivent par département, par région ou pour le pays.",
            remedy="choisissez l’un d’eux.",
            column="perimetre",
            value=id[:80],
        )
    cog = edition.geography.cog
    return Perimeter(unit.id, unit.name, unit.level, unit.nature, cog, unit.communes)


def levels(edition: Edition, scope: Perimeter) -> tuple[str, ...]:
    """Meshes of this edition that share a scope out."""
    known = known_levels(edition)
    return tuple(one for one in MESHES if one in known and one not in TOO_LARGE[scope.level])


def level_of(edition: Edition, scope: Perimeter, level: str) -> str:
    """The usual one of the scope unless told. NotFoundError for one that does not share it out."""
    possible = levels(edition, scope)
    usual = USUAL[scope.level]
    chosen = level or (usual if usual in possible else next(iter(possible), ""))
    if chosen not in possible:
        raise NotFoundError(f"La maille « {chosen[:40]} » ne partage pas {scope.name}.")
    return chosen
