"""The questions of the observatory on one territory: same functions as the pages and the CLI."""

from dataclasses import replace

from django.http import HttpRequest

from maillage.api import asked
from maillage.api.asked import FEW, PAGE, territory_asked, words
from maillage.api.paging import Paged, paged
from maillage.observatory.answers.evolution import Evolution
from maillage.observatory.answers.indicators import Indicators
from maillage.observatory.answers.portrait import Portrait
from maillage.observatory.balance import territory_balance
from maillage.observatory.evolution import evolution as ask_evolution
from maillage.observatory.grants import territory_grants
from maillage.observatory.indicators import indicators as ask_indicators
from maillage.observatory.links import links as ask_links
from maillage.observatory.peers import peers as ask_peers
from maillage.observatory.portrait import portrait as ask_portrait
from maillage.observatory.structure import structure as ask_structure


def balance(
    request: HttpRequest,
    territory: asked.Territory,
    flow: asked.Flow,
    year: asked.Year = None,
    mesh: asked.Mesh = None,
    offset: asked.Offset = 0,
    limit: asked.Limit = PAGE,
) -> Paged:
    edition = request.edition
    perimeter = territory_asked(edition, territory)
    whole = territory_balance(edition, flow, perimeter, year=year, mesh=mesh)
    return paged(whole, offset, limit)


def portrait(
    request: HttpRequest, territory: asked.Territory, limit: asked.First = FEW
) -> Portrait:
    perimeter = territory_asked(request.edition, territory)
    return ask_portrait(request.edition, perimeter, limit=limit)


def indicators(
    request: HttpRequest,
    territory: asked.Territory,
    flow: asked.Flow,
    year: asked.Year = None,
    zone: asked.Zone = None,
) -> Indicators:
    edition = request.edition
    perimeter = territory_asked(edition, territory)
    around = None if zone is None else territory_asked(edition, zone)
    return ask_indicators(edition, flow, perimeter, year=year, zone=around)


def evolution(request: HttpRequest, territory: asked.Territory, flow: asked.Flow) -> Evolution:
    return ask_evolution(request.edition, flow, territory_asked(request.edition, territory))


def links(
    request: HttpRequest,
    territory: asked.Territory,
    flow: asked.Flow,
    year: asked.Year = None,
    mesh: asked.Mesh = None,
    offset: asked.Offset = 0,
    limit: asked.Limit = PAGE,
) -> Paged:
    edition = request.edition
    perimeter = territory_asked(edition, territory)
    whole = ask_links(edition, flow, perimeter, year=year, mesh=mesh, limit=None)
    return paged(whole, offset, limit)


def structure(
    request: HttpRequest,
    territory: asked.Territory,
    flow: asked.Flow,
    year: asked.Year = None,
    offset: asked.Offset = 0,
    limit: asked.Limit = PAGE,
) -> Paged:
    edition = request.edition
    perimeter = territory_asked(edition, territory)
    return paged(ask_structure(edition, flow, perimeter, year=year, limit=None), offset, limit)


def peers(
    request: HttpRequest,
    territory: asked.Territory,
    pin: asked.Words = None,
    drop: asked.Words = None,
    offset: asked.Offset = 0,
    limit: asked.Limit = FEW,
) -> Paged:
    """Only the nearest are made into rows: there may be as many of them as communes."""
    perimeter = territory_asked(request.edition, territory)
    kept = {"pin": words(pin), "drop": words(drop)}
    near = ask_peers(request.edition, perimeter, limit=offset + limit, **kept)
    return replace(paged(near, offset, limit), total=near.ranked)


def grants(
    request: HttpRequest,
    territory: asked.Territory,
    year: asked.Year = None,
    offset: asked.Offset = 0,
    limit: asked.Limit = PAGE,
) -> Paged:
    perimeter = territory_asked(request.edition, territory)
    return paged(territory_grants(request.edition, perimeter, year=year), offset, limit)
