"""Territories a given one is compared with, from the narrowest type to the widest."""

import numpy as np

from maillage.engine.benchmarks import Group
from maillage.engine.edition import Edition
from maillage.observatory.citation import level_label
from maillage.territory.perimeter import FREE, Perimeter
from maillage.territory.units import COMMUNE, COUNTRY


def comparable_groups(edition: Edition, perimeter: Perimeter) -> list[Group]:
    """Units of its level of the same nature, then all of its level; none for free perimeters."""
    if perimeter.level in (FREE, COMMUNE, COUNTRY):
        return []
    mesh = edition.geography.mesh(perimeter.level)
    level = Group(level_label(edition, perimeter.level), np.ones(len(mesh.codes), dtype=np.bool_))
    if not perimeter.nature:
        return [level]
    natures = edition.catalog.nomenclatures["natures"].codes
    label = natures.get(perimeter.nature, perimeter.nature)
    alike = [natures.get(nature, nature) == label for nature in mesh.natures]
    return [Group(label, np.array(alike)), level]
