"""The questions of the observatory on one territory: same functions as the pages and the CLI."""

from django.http import HttpRequest

from maillage.api import asked
from maillage.api.asked import PAGE, territory_asked, words
from maillage.observatory.answers.balance import Balance
from maillage.observatory.answers.evolution import Evolution
from maillage.observatory.answers.grants import Grants
from maillage.observatory.answers.indicators import Indicators
from maillage.observatory.answers.links import Links
from maillage.observatory.answers.peers import Peers
from maillage.observatory.answers.portrait import Portrait
from maillage.observatory.answers.structure import Structure
from maillage.observatory.balance import territory_balance
from maillage.observatory.evolution import evolution as ask_evolution
from maillage.observatory.grants import territory_grants
from maillage.observatory.indicators import indicators as ask_indicators
from maillage.observatory.links import links as ask_links
from maillage.observatory.peers import peers as ask_peers
from maillage.observatory.portrait import portrait as ask_portrait
from maillage.observatory.structure import structure as ask_structure

FEW = 10


def balance(
    request: HttpRequest,
    territory: asked.Territory,
    flow: asked.Flow,
    year: asked.Year = None,
    mesh: asked.Mesh = None,
    limit: asked.Limit = PAGE,
) -> Balance:
    edition = request.edition
    perimeter = territory_asked(edition, territory)
    return territory_balance(edition, flow, perimeter, year=year, mesh=mesh, limit=limit)


def portrait(
    request: HttpRequest, territory: asked.Territory, limit: asked.Limit = FEW
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
    limit: asked.Limit = PAGE,
) -> Links:
    edition = request.edition
    perimeter = territory_asked(edition, territory)
    return ask_links(edition, flow, perimeter, year=year, mesh=mesh, limit=limit)


def structure(
    request: HttpRequest,
    territory: asked.Territory,
    flow: asked.Flow,
    year: asked.Year = None,
    limit: asked.Limit = PAGE,
) -> Structure:
    edition = request.edition
    perimeter = territory_asked(edition, territory)
    return ask_structure(edition, flow, perimeter, year=year, limit=limit)


def peers(
    request: HttpRequest,
    territory: asked.Territory,
    limit: asked.Limit = FEW,
    pin: asked.Words = None,
    drop: asked.Words = None,
) -> Peers:
    perimeter = territory_asked(request.edition, territory)
    kept = {"pin": words(pin), "drop": words(drop)}
    return ask_peers(request.edition, perimeter, limit=limit, **kept)


def grants(
    request: HttpRequest,
    territory: asked.Territory,
    year: asked.Year = None,
    limit: asked.Limit = PAGE,
) -> Grants:
    perimeter = territory_asked(request.edition, territory)
    return territory_grants(request.edition, perimeter, year=year, limit=limit)
