"""Theme by theme, the neighbours whose surplus meets our need, and whose need meets our surplus."""

import numpy as np

from maillage.engine.edition import Edition
from maillage.engine.partners import Partners
from maillage.observatory.answers.matches import Best, Matches, ThemeMatch
from maillage.observatory.asked import partners_asked
from maillage.observatory.citation import cite_territory
from maillage.observatory.complement import complement
from maillage.observatory.cooperation import MESH, RADIUS_KM, near_partners
from maillage.observatory.places import distances_from
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import Perimeter


def matches(edition: Edition, perimeter: Perimeter, *, radius_km: float = RADIUS_KM) -> Matches:
    """Among the EPCI within the radius, as « cooperation » has them. NotFoundError without EPCI."""
    partners = partners_asked(edition, perimeter, MESH)
    away = distances_from(edition, perimeter.communes, MESH)
    near = near_partners(perimeter, partners, away, radius_km)
    found, missing = [], []
    for card in edition.catalog.balances.values():
        offer = complement(edition, perimeter, partners, (card.id,))
        if not offer.themes:
            missing.append(card.title)
            continue
        giving = _best(partners, near, offer.to_partner)
        receiving = _best(partners, near, offer.from_partner)
        found.append(ThemeMatch(card.id, card.title, giving, receiving))
    territory = cite_territory(edition, perimeter)
    return Matches(territory, partners.level, radius_km, tuple(found), tuple(missing))


def _best(partners: Partners, near: np.ndarray, share: FloatArray) -> Best | None:
    known = np.nan_to_num(share[near])
    if not known.size or known.max() <= 0:
        return None
    first = int(near[known.argmax()])
    return Best(partners.ids[first], partners.names[first], float(share[first]))
