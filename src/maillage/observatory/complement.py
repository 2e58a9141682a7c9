"""Complementarity of a territory with each of its partners, over every theme that is known."""

from dataclasses import dataclass

import numpy as np

from maillage.engine.complementarity import (
    complementarity_from,
    complementarity_reciprocity,
    complementarity_to,
)
from maillage.engine.edition import Edition
from maillage.engine.partners import Partners
from maillage.observatory.answers.cooperation import Theme
from maillage.observatory.quantities import group_quantities, partner_quantities
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import Perimeter


@dataclass(frozen=True, eq=False)
class Complement:
    """(units,) each way, NaN where unknown, and the themes that were counted."""

    to_partner: FloatArray
    from_partner: FloatArray
    themes: tuple[Theme, ...]

    @property
    def mean(self) -> FloatArray:
        """What each could bring the other, both ways alike."""
        return (self.to_partner + self.from_partner) / 2

    @property
    def reciprocity(self) -> FloatArray:
        return complementarity_reciprocity(self.to_partner, self.from_partner)


def complement(
    edition: Edition, perimeter: Perimeter, partners: Partners, themes: tuple[str, ...] = ()
) -> Complement:
    """Over all themes, or those named; each weighs the same, and so do the groups of one theme.

    A theme counts only when all its groups are known for the territory.
    """
    sides: list[list[FloatArray]] = [[], [], [], []]
    weights, counted = [], []
    for card in edition.catalog.balances.values():
        groups = group_quantities(edition, card, perimeter)
        own = np.array([group.pair for group in groups])
        if np.isnan(own).any() or (themes and card.id not in themes):
            continue
        theirs = partner_quantities(edition, card, perimeter, partners, groups)
        for side, values in zip(sides, (own[:, 0], own[:, 1], *theirs), strict=True):
            side.append(values)
        weights += [1 / len(groups)] * len(groups)
        labels = tuple(group.label for group in groups)
        counted.append(Theme(card.id, card.title, labels, groups[0].year))
    if not counted:
        unknown = np.full(partners.n_units, np.nan)
        return Complement(unknown, unknown, ())
    supply, need, their_supply, their_need = (np.concatenate(s, axis=-1) for s in sides)
    shares = np.array(weights)
    return Complement(
        complementarity_to(supply, need, their_supply, their_need, shares),
        complementarity_from(supply, need, their_supply, their_need, shares),
        tuple(counted),
    )
