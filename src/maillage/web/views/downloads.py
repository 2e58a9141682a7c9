"""Every page as files: the same question, the same address but for its last word."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from maillage.common.errors import InputError, NotFoundError
from maillage.documents.formats import MAP_FORMATS, TABLE_FORMATS, mapped, written
from maillage.documents.geo.layers import balance_atlas
from maillage.documents.tables.balance import balance_workbook
from maillage.documents.tables.cooperation import cooperation_workbook
from maillage.documents.tables.evolution import evolution_workbook
from maillage.documents.tables.indicators import indicators_workbook
from maillage.documents.tables.links import links_workbook
from maillage.documents.tables.peers import peers_workbook
from maillage.documents.tables.portrait import portrait_workbook
from maillage.documents.tables.structure import structure_workbook
from maillage.documents.tables.supply_need import supply_need_workbook
from maillage.documents.tables.values import Workbook
from maillage.engine.edition import Edition
from maillage.observatory.asked import flow_card
from maillage.observatory.balance import territory_balance
from maillage.observatory.cooperation import RADIUS_KM, cooperation
from maillage.observatory.evolution import evolution
from maillage.observatory.indicators import indicators
from maillage.observatory.links import links
from maillage.observatory.peers import peers
from maillage.observatory.portrait import portrait
from maillage.observatory.structure import structure
from maillage.observatory.supply_need import supply_need
from maillage.territory.perimeter import Perimeter, parse_perimeter
from maillage.web.asked_download import AskedFile, asked_file, whole_number
from maillage.web.files import file_response, permalink
from maillage.web.versions import of_edition
from maillage.web.views.throttle import per_minute

View = Callable[..., HttpResponse]


def _limit() -> int:
    return int(settings.DOWNLOADS_PER_MINUTE)


limited = per_minute(_limit, "downloads")


@of_edition
@limited
def flow_file(request: HttpRequest, id: str, family: str, format: str) -> HttpResponse:
    """The exchanges of a family of flows as tables or layers, or what else is known of it."""
    edition, perimeter, asked = request.edition, _perimeter(request, id), asked_file(request.GET)
    if perimeter.id != id:
        return redirect("flow-file", perimeter.id, family, format)
    card = flow_card(edition, family)
    if asked.content != "balance":
        return _tables(request, format, _other(edition, card.id, perimeter, asked))
    whole = territory_balance(edition, card.id, perimeter, year=asked.year, mesh=asked.mesh)
    answer, facts = asked.choice.narrowed(whole), (*asked.choice.facts(whole), permalink(request))
    if format in MAP_FORMATS:
        atlas = balance_atlas(answer, edition, perimeter, facts)
        shown = MAP_FORMATS[format]
        return file_response(mapped(atlas, shown), atlas.workbook.stem, shown)
    return _tables(request, format, balance_workbook(answer, edition).told(*facts[:-1]))


@of_edition
@limited
def portrait_file(request: HttpRequest, id: str, format: str) -> HttpResponse:
    answer = portrait(request.edition, _perimeter(request, id), limit=1)
    return _tables(request, format, portrait_workbook(answer, request.edition))


@of_edition
@limited
def cooperation_file(request: HttpRequest, id: str, format: str) -> HttpResponse:
    """Neighbours by quadrant, for the flow and radius of the page."""
    edition = request.edition
    flow = flow_card(edition, request.GET.get("famille", "") or "commuting").id
    radius = whole_number(request.GET, "rayon") or RADIUS_KM
    answer = cooperation(edition, flow, _perimeter(request, id), radius_km=float(radius))
    return _tables(request, format, cooperation_workbook(answer, edition))


@of_edition
@limited
def supply_need_file(request: HttpRequest, id: str, format: str) -> HttpResponse:
    answer = supply_need(request.edition, _perimeter(request, id))
    return _tables(request, format, supply_need_workbook(answer, request.edition))


@of_edition
@limited
def peers_file(request: HttpRequest, id: str, format: str) -> HttpResponse:
    """The territories alike, with the variables they were found by."""
    answer = peers(request.edition, _perimeter(request, id))
    return _tables(request, format, peers_workbook(answer, request.edition))


def _other(edition: Edition, flow: str, perimeter: Perimeter, asked: AskedFile) -> Workbook:
    """What is told of one flow beside its exchanges."""
    year: dict[str, Any] = {"year": asked.year}
    match asked.content:
        case "indicators":
            return indicators_workbook(indicators(edition, flow, perimeter, **year), edition)
        case "evolution":
            return evolution_workbook(evolution(edition, flow, perimeter), edition)
        case "links":
            found = links(edition, flow, perimeter, **year, mesh=asked.mesh)
            return links_workbook(found, edition)
    return structure_workbook(structure(edition, flow, perimeter, **year), edition)


def _tables(request: HttpRequest, format: str, workbook: Workbook) -> HttpResponse:
    if format not in TABLE_FORMATS:
        raise Http404
    shown = TABLE_FORMATS[format]
    return file_response(written(workbook.told(permalink(request)), shown), workbook.stem, shown)


def _perimeter(request: HttpRequest, id: str) -> Perimeter:
    try:
        return parse_perimeter(id, request.edition.geography)
    except InputError as error:
        raise NotFoundError(str(error)) from error
