"""Territories a given one is compared with, from the narrowest type to the widest."""

from functools import lru_cache

import numpy as np

from maillage.engine.benchmarks import Group
from maillage.engine.edition import Edition
from maillage.observatory.citation import level_label
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import FREE, Perimeter
from maillage.territory.strata import Strata
from maillage.territory.units import COMMUNE, COUNTRY


def comparable_groups(edition: Edition, perimeter: Perimeter) -> list[Group]:
    """Same nature and population class, then same nature, then class, then the whole level.

    None for a free perimeter or the whole country: nothing else is built as they are.
    """
    if perimeter.level in (FREE, COUNTRY):
        return []
    strata = _strata(edition, perimeter.level)
    population = _population(edition, perimeter.level)
    own = strata.index(edition.geography.population[perimeter.communes].sum(keepdims=True))[0]
    same_class = strata.index(population) == own
    level = level_label(edition, perimeter.level)
    everyone = Group(level, np.ones(len(population), dtype=np.bool_))
    if own < 0:
        return [*_of_nature(edition, perimeter), everyone]
    label = _in_words(strata.labels[own])
    alike = [
        Group(f"{group.label}, {label}", group.members & same_class)
        for group in _of_nature(edition, perimeter)
    ]
    near = Group(f"{level}, {label}", same_class)
    return [*alike, *_of_nature(edition, perimeter), near, everyone]


def unit_number(edition: Edition, perimeter: Perimeter) -> int:
    """Its number among the units of its level. KeyError for what is no unit of the level."""
    if perimeter.level == COMMUNE:
        return int(perimeter.communes[0])
    mesh = edition.geography.mesh(perimeter.level)
    return mesh.index[perimeter.id.removeprefix(mesh.prefix)]


def _of_nature(edition: Edition, perimeter: Perimeter) -> list[Group]:
    """Units of its level of the same legal nature, when it has one."""
    if not perimeter.nature or perimeter.level == COMMUNE:
        return []
    mesh = edition.geography.mesh(perimeter.level)
    natures = edition.catalog.nomenclatures["natures"].codes
    label = natures.get(perimeter.nature, perimeter.nature)
    alike = [natures.get(nature, nature) == label for nature in mesh.natures]
    return [Group(label, np.array(alike))]


def _strata(edition: Edition, level: str) -> Strata:
    name = "strata_commune" if level == COMMUNE else "strata_groupement"
    return Strata.of(edition.catalog.nomenclatures[name].codes)


@lru_cache(maxsize=64)
def _population(edition: Edition, level: str) -> FloatArray:
    """Inhabitants of each unit of a level; NaN where a member's is unknown."""
    geography = edition.geography
    if level == COMMUNE:
        return geography.population
    mesh = geography.mesh(level)
    unit = np.repeat(np.arange(len(mesh.codes)), np.diff(mesh.starts))
    people = np.bincount(unit, geography.population[mesh.members], len(mesh.codes))
    return people.astype(np.float64, copy=False)


def _in_words(label: str) -> str:
    """« de 5 000 à moins de 10 000 habitants », after a comma."""
    return label[:1].lower() + label[1:]
