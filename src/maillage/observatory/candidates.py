"""Territories among which peers are looked for, and the stocks that describe them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np

from maillage.common.errors import NotFoundError
from maillage.engine.edition import Edition
from maillage.engine.peers import grown_perimeters
from maillage.engine.whole_units import whole_units
from maillage.observatory.inputs import POPULATION
from maillage.observatory.places import unit_distances
from maillage.observatory.subjects import whole_level
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import FREE, Perimeter, parse_perimeter
from maillage.territory.units import COMMUNE, COUNTRY, unit_id, unit_index

#: Units that free perimeters are compared through.
BRICK = "epci"


class Candidates(Protocol):
    """A list of territories, in a fixed order."""

    built: str

    def stocks(self) -> Mapping[str, FloatArray]:
        """Stocks of the published variables by candidate, for those the edition holds."""

    def perimeter(self, number: int) -> Perimeter:
        """One of them."""

    def number(self, perimeter: Perimeter) -> int | None:
        """Which one a perimeter is; None when it is none of them."""


@dataclass(frozen=True, eq=False)
class SameLevel:
    """Every unit of a level, communes included."""

    edition: Edition
    level: str
    built: str = "level"

    def stocks(self) -> Mapping[str, FloatArray]:
        return level_stocks(self.edition, self.level)

    def perimeter(self, number: int) -> Perimeter:
        geography = self.edition.geography
        if self.level == COMMUNE:
            return Perimeter.of(geography, [number])
        mesh = geography.mesh(self.level)
        unit = unit_index(geography).by_id[unit_id(geography, mesh, number)]
        return Perimeter(unit.id, unit.name, unit.level, unit.nature, geography.cog, unit.communes)

    def number(self, perimeter: Perimeter) -> int | None:
        if self.level == COMMUNE:
            return int(perimeter.communes[0]) if perimeter.level == COMMUNE else None
        mesh = self.edition.geography.mesh(self.level)
        return mesh.index.get(perimeter.id.removeprefix(mesh.prefix))


@dataclass(frozen=True, eq=False)
class Grown:
    """Around each EPCI, its nearest ones until the population of a free perimeter."""

    edition: Edition
    groups: tuple[np.ndarray, ...]  # unit numbers
    built: str = "grown"

    def stocks(self) -> Mapping[str, FloatArray]:
        return {
            id: np.array([_sum(values[group]) for group in self.groups])
            for id, values in level_stocks(self.edition, BRICK).items()
        }

    def perimeter(self, number: int) -> Perimeter:
        mesh = self.edition.geography.mesh(BRICK)
        members = [mesh.unit_members(int(unit)) for unit in self.groups[number]]
        return Perimeter.of(self.edition.geography, np.concatenate(members))

    def number(self, perimeter: Perimeter) -> int | None:
        geography = self.edition.geography
        units = whole_units(geography.mesh(BRICK), perimeter.communes, geography)
        same = (n for n, group in enumerate(self.groups) if np.array_equal(group, units))
        return next(same, None)


def candidates_for(edition: Edition, perimeter: Perimeter) -> SameLevel | Grown:
    """Units of its level; for a free perimeter, perimeters of its size built the same way.

    Those that share a commune with a free perimeter are not candidates. NotFoundError for the
    whole country, which nothing resembles, and where the edition has no EPCI to grow from.
    """
    if perimeter.level == COUNTRY:
        raise NotFoundError("Le pays entier n’a pas de semblable dans ce millésime.")
    if perimeter.level != FREE:
        return SameLevel(edition, perimeter.level)
    if BRICK not in {mesh.level for mesh in edition.geography.meshes}:
        raise NotFoundError("Sans intercommunalités, rien ne se compare à un périmètre libre.")
    population = np.nan_to_num(edition.geography.population)
    size = float(population[perimeter.communes].sum())
    people = whole_level(edition, BRICK).add(population)
    overlapping = _units_of(edition, perimeter)
    grown = grown_perimeters(people, unit_distances(edition, BRICK), size)
    apart = [group for group in grown if not np.isin(group, overlapping).any()]
    if not apart:
        raise NotFoundError("Tout périmètre de cette taille recouvre en partie celui-ci.")
    return Grown(edition, tuple(apart))


def named_candidates(
    edition: Edition, candidates: SameLevel | Grown, ids: tuple[str, ...]
) -> list[int]:
    """Numbers of the candidates a reader names. NotFoundError for one that is none of them."""
    numbers = []
    for id in ids:
        number = candidates.number(parse_perimeter(id, edition.geography))
        if number is None:
            raise NotFoundError(f"Le territoire « {id} » n’est pas comparable à celui-ci.")
        numbers.append(number)
    return numbers


@lru_cache(maxsize=16)
def level_stocks(edition: Edition, level: str) -> Mapping[str, FloatArray]:
    """Stocks of the published variables for every unit of a level, newest year of each."""
    subject = whole_level(edition, level)
    found = {
        id: subject.stock(id, edition.stock(id).year)
        for id in variable_stocks(edition)
        if edition.stock_years(id)
    }
    if POPULATION not in found:
        found[POPULATION] = subject.add(edition.geography.population)
    return found


def variable_stocks(edition: Edition) -> list[str]:
    """Stocks that the published variables are made of."""
    cards = edition.catalog.peers.values()
    return sorted({id for card in cards for id in (*card.numerator, *card.denominator)})


def _units_of(edition: Edition, perimeter: Perimeter) -> np.ndarray:
    owner = edition.partners(BRICK)
    units = np.unique(owner.of[perimeter.communes])
    return units[units < owner.n_units]


def _sum(values: FloatArray) -> float:
    return float("nan") if np.isnan(values).all() else float(np.nansum(values))
