"""Territories a given one is compared with, from the narrowest type to the widest."""

from functools import lru_cache

import numpy as np

from maillage.common.french import lowered
from maillage.engine.benchmarks import Group
from maillage.engine.edition import Edition
from maillage.observatory.citation import level_label
from maillage.territory.geography import FloatArray, IntArray
from maillage.territory.perimeter import FREE, Perimeter
from maillage.territory.strata import Strata
from maillage.territory.units import COMMUNE, COUNTRY


def comparable_groups(edition: Edition, perimeter: Perimeter) -> list[Group]:
    """Same nature and population class, then same nature, then class, then the whole level.

    None for a free perimeter or the whole country: nothing else is built as they are.
    """
    if perimeter.level in (FREE, COUNTRY):
        return []
    unit = unit_number(edition, perimeter)
    level = level_label(edition, perimeter.level)
    natures, classes, labels = _types(edition, perimeter.level)
    several = _plural(edition, "level_plurals", perimeter.level)
    everyone = Group(level, np.ones(len(classes), dtype=np.bool_), several)
    own_nature, own_class = str(natures[unit]), classes[unit]
    several = _plural(edition, "nature_plurals", perimeter.nature)
    same_nature = [Group(own_nature, natures == own_nature, several)] if own_nature else []
    if own_class < 0:
        return [*same_nature, everyone]
    label, same_class = lowered(labels[own_class]), classes == own_class
    wide = [*same_nature, everyone]
    narrow = [_within(group, same_class, label) for group in wide]
    return [*narrow[:-1], *same_nature, narrow[-1], everyone]


def stratum(edition: Edition, perimeter: Perimeter) -> str:
    """Population class of any territory (French); empty where its population is unknown."""
    name = "strata_commune" if perimeter.level == COMMUNE else "strata_groupement"
    card = edition.catalog.nomenclatures.get(name)
    population = float(edition.geography.population[perimeter.communes].sum())
    return "" if card is None else Strata.of(card.codes).label(population)


def _within(group: Group, members: np.ndarray, label: str) -> Group:
    """Those of a group that are of a population class."""
    counted = label if label.startswith("de ") else f"de {label}"
    return Group(f"{group.label}, {label}", group.members & members, f"{group.several} {counted}")


def _plural(edition: Edition, nomenclature: str, code: str) -> str:
    """What a sentence calls several of them; « territoires » where the catalogue says nothing."""
    card = edition.catalog.nomenclatures.get(nomenclature)
    return "territoires" if card is None else card.codes.get(code, "territoires")


def unit_number(edition: Edition, perimeter: Perimeter) -> int:
    """Its number among the units of its level. KeyError for what is no unit of the level."""
    if perimeter.level == COMMUNE:
        return int(perimeter.communes[0])
    mesh = edition.geography.mesh(perimeter.level)
    return mesh.index[perimeter.id.removeprefix(mesh.prefix)]


@lru_cache(maxsize=64)
def _types(edition: Edition, level: str) -> tuple[np.ndarray, IntArray, tuple[str, ...]]:
    """Legal nature and population class of each unit of a level, and the labels of classes."""
    name = "strata_commune" if level == COMMUNE else "strata_groupement"
    strata = Strata.of(edition.catalog.nomenclatures[name].codes)
    population = _population(edition, level)
    known = edition.catalog.nomenclatures["natures"].codes
    natures = ("",) * len(population) if level == COMMUNE else edition.geography.mesh(level).natures
    labels = np.array([known.get(nature, nature) for nature in natures])
    return labels, strata.index(population), strata.labels


def _population(edition: Edition, level: str) -> FloatArray:
    """Inhabitants of each unit of a level; NaN where a member's is unknown."""
    geography = edition.geography
    if level == COMMUNE:
        return geography.population
    mesh = geography.mesh(level)
    unit = np.repeat(np.arange(len(mesh.codes)), np.diff(mesh.starts))
    people = np.bincount(unit, geography.population[mesh.members], len(mesh.codes))
    return people.astype(np.float64, copy=False)
