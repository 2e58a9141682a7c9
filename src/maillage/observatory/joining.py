"""What associating neighbours one by one would cover more of the needs of all, on one theme."""

import numpy as np

from maillage.catalog.cards import BalanceCard
from maillage.common.errors import NotFoundError
from maillage.common.french import listing
from maillage.engine.balances import cooperation_gain, coverage
from maillage.engine.edition import Edition
from maillage.engine.ratio import ratio
from maillage.observatory.answers.joining import Joined, Joining
from maillage.observatory.asked import partners_asked
from maillage.observatory.citation import cite_territory
from maillage.observatory.places import distances_from
from maillage.observatory.quantities import group_quantities, partner_quantities
from maillage.observatory.supply_need import why_missing
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import Perimeter

MESH = "epci"
RADIUS_KM = 80.0
STEPS = 6
#: A neighbour that gains less than this share of the needs is no reason to associate.
LEAST = 0.0005
#: Those together need no one else from this coverage on.
ENOUGH = 0.995


def balance_card(edition: Edition, theme: str) -> BalanceCard:
    """The card of a theme of supply and need. NotFoundError when there is none."""
    cards = edition.catalog.balances
    if theme not in cards:
        raise NotFoundError(
            f"Le thème « {theme} » est inconnu. Thèmes connus : {listing([*cards])}."
        )
    return cards[theme]


def joining(
    edition: Edition,
    perimeter: Perimeter,
    theme: str,
    *,
    radius_km: float = RADIUS_KM,
    steps: int = STEPS,
) -> Joining:
    """At each step, the neighbour within ``radius_km`` with the largest gain γ joins the others.

    It stops when nobody gains any more, or when all needs are covered. The order is greedy: no
    other choice of the same number of neighbours is tried. NotFoundError for an unknown theme, or
    without EPCI: see ``asked``.
    """
    card = balance_card(edition, theme)
    partners = partners_asked(edition, perimeter, MESH)
    groups = group_quantities(edition, card, perimeter)
    own = np.array([group.pair for group in groups]).T
    alone = float(coverage(*own))
    known = not np.isnan(alone)
    theirs = np.stack(partner_quantities(edition, card, perimeter, partners, groups))
    away = distances_from(edition, perimeter.communes, MESH)
    near = np.flatnonzero((away <= radius_km) & ~np.isnan(theirs).any(axis=(0, 2)))
    order = _order(own, theirs, near, steps) if known else []
    return Joining(
        territory=cite_territory(edition, perimeter),
        theme=card.id,
        title=card.title,
        mesh=partners.level,
        radius_km=radius_km,
        candidates=len(near),
        alone=alone if known else None,
        steps=tuple(
            Joined(partners.ids[p], partners.names[p], _known(away[p]), *figures)
            for p, figures in order
        ),
        missing="" if known else why_missing(groups),
    )


def _order(
    own: FloatArray, theirs: FloatArray, near: np.ndarray, steps: int
) -> list[tuple[int, tuple[float, float, float]]]:
    """Partner, then its gain, the coverage of all together, and of the same ones apart.

    ``own`` (2, groups) and ``theirs`` (2, partners, groups) are supplies then needs.
    """
    found: list[tuple[int, tuple[float, float, float]]] = []
    union, members, left = own, [own], list(near)
    while left and len(found) < steps and coverage(*union) < ENOUGH:
        gains = np.nan_to_num(cooperation_gain(*union, *theirs[:, left]))
        best = int(np.argmax(gains))
        if gains[best] < LEAST:
            break
        partner = int(left.pop(best))
        members.append(theirs[:, partner])
        union = union + theirs[:, partner]
        figures = (float(gains[best]), float(coverage(*union)), _apart(members))
        found.append((partner, figures))
    return found


def _apart(members: list[FloatArray]) -> float:
    """Coverage of the needs of all when each has only what is its own."""
    supply, need = np.stack(members, axis=1)
    return float(ratio(np.minimum(supply, need).sum(), need.sum()))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
