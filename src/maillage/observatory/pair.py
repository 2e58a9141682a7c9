"""Everything on two territories: flows, needs they could meet together, what they already share."""

import numpy as np

from maillage.common.errors import InputError, NotFoundError
from maillage.engine.edition import Edition
from maillage.observatory.answers.cooperation import Cooperation
from maillage.observatory.answers.pair import Pair
from maillage.observatory.citation import cite_territory
from maillage.observatory.common_perimeters import Surroundings
from maillage.observatory.cooperation import cooperation
from maillage.observatory.pair_flows import pair_flows
from maillage.observatory.pair_themes import pair_themes
from maillage.observatory.places import distance_between
from maillage.observatory.reach import leading_flow
from maillage.territory.perimeter import Perimeter


def pair(edition: Edition, here: Perimeter, other: Perimeter) -> Pair:
    """Communes of both are counted here only. InputError when nothing of the other is left."""
    rest, shared = apart(edition, here, other)
    distance = distance_between(edition.geography, here.communes, rest.communes)
    found = _neighbours(edition, here)
    places = () if found is None else found.partners
    return Pair(
        territory=cite_territory(edition, here),
        other=cite_territory(edition, other),
        edition=edition.id,
        cog=edition.geography.cog,
        fictional=edition.fictional,
        shared=shared,
        distance_km=None if np.isnan(distance) else distance,
        flows=pair_flows(edition, here, rest),
        themes=pair_themes(edition, here, rest),
        common=Surroundings(edition, here).common(other),
        place=next((p for p in places if p.id == other.id), None),
        strong_link=None if found is None else found.strong_link,
        strong_complement=None if found is None else found.strong_complement,
    )


def apart(edition: Edition, here: Perimeter, other: Perimeter) -> tuple[Perimeter, int]:
    """What of the other is not here, under its name, and how many communes they share.

    InputError for the same territory twice, or another that lies wholly inside this one.
    """
    if here.id == other.id:
        raise InputError(
            problem="ce sont deux fois le même territoire.",
            remedy="choisissez un autre territoire, avec qui il pourrait coopérer.",
            value=here.name,
        )
    left = np.setdiff1d(other.communes, here.communes)
    shared = len(other.communes) - len(left)
    if not len(left):
        raise InputError(
            problem=f"ce territoire est tout entier dans « {here.name} ».",
            remedy="partez du plus petit des deux : il se compare au reste du plus grand.",
            value=other.name,
        )
    if not shared:
        return other, 0
    rest = Perimeter.of(edition.geography, left)
    return Perimeter(rest.id, other.name, rest.level, rest.nature, rest.cog, rest.communes), shared


def _neighbours(edition: Edition, here: Perimeter) -> Cooperation | None:
    """None where the edition has no such flow, or no EPCI."""
    try:
        return cooperation(edition, leading_flow(edition, here), here)
    except NotFoundError:
        return None
