"""The questions on acting together: with whom, on what, and what it would bring."""

from typing import Any

from django.http import HttpRequest

from maillage.api import asked
from maillage.api.asked import FEW, PAGE, territory_asked, words
from maillage.api.paging import Paged, paged
from maillage.observatory.answers.compare import Comparison
from maillage.observatory.answers.joining import Joining
from maillage.observatory.answers.matches import Matches
from maillage.observatory.answers.pair import Pair
from maillage.observatory.cooperation import RADIUS_KM
from maillage.observatory.cooperation import cooperation as ask_cooperation
from maillage.observatory.joining import STEPS
from maillage.observatory.joining import joining as ask_joining
from maillage.observatory.matches import matches as ask_matches
from maillage.observatory.pair import pair as ask_pair
from maillage.observatory.side_by_side import side_by_side
from maillage.observatory.supply_need import supply_need as ask_supply_need


def cooperation(
    request: HttpRequest,
    territory: asked.Territory,
    flow: asked.Flow,
    year: asked.Year = None,
    themes: asked.Words = None,
    radius_km: asked.Radius = RADIUS_KM,
    offset: asked.Offset = 0,
    limit: asked.Limit = PAGE,
) -> Paged:
    edition = request.edition
    perimeter = territory_asked(edition, territory)
    told: dict[str, Any] = {"year": year, "themes": words(themes), "radius_km": radius_km}
    return paged(ask_cooperation(edition, flow, perimeter, **told), offset, limit)


def supply_need(
    request: HttpRequest,
    territory: asked.Territory,
    mesh: asked.Mesh = None,
    offset: asked.Offset = 0,
    limit: asked.Limit = FEW,
) -> Paged:
    perimeter = territory_asked(request.edition, territory)
    whole = ask_supply_need(request.edition, perimeter, mesh=mesh, limit=None)
    return paged(whole, offset, limit)


def matches(
    request: HttpRequest, territory: asked.Territory, radius_km: asked.Radius = RADIUS_KM
) -> Matches:
    perimeter = territory_asked(request.edition, territory)
    return ask_matches(request.edition, perimeter, radius_km=radius_km)


def joining(
    request: HttpRequest,
    territory: asked.Territory,
    theme: asked.Theme,
    radius_km: asked.Radius = RADIUS_KM,
    steps: asked.Steps = STEPS,
) -> Joining:
    edition = request.edition
    perimeter = territory_asked(edition, territory)
    return ask_joining(edition, perimeter, theme, radius_km=radius_km, steps=steps)


def pair(request: HttpRequest, territory: asked.Territory, other: asked.Other) -> Pair:
    edition = request.edition
    return ask_pair(edition, territory_asked(edition, territory), territory_asked(edition, other))


def comparison(
    request: HttpRequest,
    territory: asked.Territory,
    other: asked.Others = None,
    flow: asked.OneFlow = None,
    year: asked.Year = None,
) -> Comparison:
    edition = request.edition
    others = [territory_asked(edition, id) for id in words(other)]
    return side_by_side(edition, territory_asked(edition, territory), others, flow=flow, year=year)
