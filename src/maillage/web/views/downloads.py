"""Every page as files: the same question, the same address but for its last word."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from maillage.common.errors import NotFoundError
from maillage.documents.formats import A3, MAP_FORMATS, PICTURE_FORMATS
from maillage.documents.geo.grants import grants_atlas
from maillage.documents.geo.layers import flow_atlas
from maillage.documents.geo.places import places_atlas
from maillage.documents.pictures.a3 import a3_page
from maillage.documents.pictures.caption import caption
from maillage.documents.pictures.flow import chart_picture, map_picture
from maillage.documents.tables.evolution import evolution_workbook
from maillage.documents.tables.flow import flow_workbook
from maillage.documents.tables.grants import grants_workbook
from maillage.documents.tables.indicators import indicators_workbook
from maillage.documents.tables.links import links_workbook
from maillage.documents.tables.peers import peers_workbook
from maillage.documents.tables.portrait import portrait_workbook
from maillage.documents.tables.structure import structure_workbook
from maillage.documents.tables.values import Workbook
from maillage.engine.edition import Edition
from maillage.observatory.evolution import evolution
from maillage.observatory.flow import Asked, flow
from maillage.observatory.grants import territory_grants
from maillage.observatory.indicators import indicators
from maillage.observatory.links import links
from maillage.observatory.peers import peers
from maillage.observatory.portrait import portrait
from maillage.observatory.reach import covering
from maillage.observatory.structure import structure
from maillage.territory.perimeter import Perimeter, parse_perimeter
from maillage.web.asked_download import EXCHANGES, content
from maillage.web.asked_flow import flow_query
from maillage.web.files import file_response, permalink
from maillage.web.flow_content import family_of, flow_content
from maillage.web.territory import perimeter_of
from maillage.web.versions import of_edition
from maillage.web.views.grants import year_asked
from maillage.web.views.written import drawn, layers, limited, tables

#: Partners in a file: more than there are communes.
MOST = 100_000


@of_edition
@limited
def flow_file(request: HttpRequest, id: str, family: str, format: str) -> HttpResponse:
    """The exchanges of a family of flows as tables, layers or pictures, or what else is known."""
    edition, perimeter, query = request.edition, perimeter_of(request.edition, id), request.GET
    if perimeter.id != id:
        here = reverse("flow-file", args=(perimeter.id, family, format))
        return redirect(f"{here}?{request.META['QUERY_STRING']}")
    card, what, asked = family_of(edition, family), content(query), flow_query(query).asked
    if format in PICTURE_FORMATS:
        return _picture(request, perimeter, family, format)
    if what != EXCHANGES:
        return tables(request, format, _other(edition, card.id, perimeter, asked, what))
    if asked.year is None and (seen := covering(edition, card.id, perimeter)) is not None:
        asked = replace(asked, year=seen.year)
    answer = flow(edition, card.id, perimeter, whole(asked))
    if format in MAP_FORMATS:
        return layers(format, flow_atlas(answer, edition, perimeter, (permalink(request),)))
    return tables(request, format, flow_workbook(answer, edition))


def _picture(request: HttpRequest, perimeter: Perimeter, family: str, format: str) -> HttpResponse:
    """What the page draws, as a file: its map, or its chart with « vue=graphique »."""
    edition, query = request.edition, flow_query(request.GET)
    found = flow_content(edition, family_of(edition, family), perimeter, query)
    charted = query.view == "graphique" and format != A3.id
    contours = found.map.source if found.map and not charted else ""
    around = caption(found.flow, edition, contours, permalink(request).value)
    name = flow_workbook(found.flow, edition).stem
    if charted:
        return drawn(chart_picture(found.chart, around), f"{name}_graphique", format)
    if found.map is None:
        raise NotFoundError("Ce millésime n’a pas de contour pour dessiner ce territoire.")
    if format == A3.id:
        page = a3_page(found.map, around, found.headline, found.result)
        return file_response(page, f"{name}_carte", A3)
    return drawn(map_picture(found.map, around), f"{name}_carte", format)


def whole(asked: Asked) -> Asked:
    """Every partner, where nobody set a threshold: a page proposes one, a file does not."""
    return replace(asked, threshold=asked.threshold or 0, most=MOST)


@of_edition
@limited
def portrait_file(request: HttpRequest, id: str, format: str) -> HttpResponse:
    """Its figures as tables; the territory and its communes as layers."""
    edition, here = request.edition, perimeter_of(request.edition, id)
    workbook = portrait_workbook(portrait(edition, here, limit=1), edition)
    if format in MAP_FORMATS:
        codes = (edition.geography.codes[node] for node in here.communes)
        communes = [parse_perimeter(code, edition.geography) for code in codes]
        return layers(
            format, places_atlas(workbook.told(permalink(request)), edition, here, communes)
        )
    return tables(request, format, workbook)


@of_edition
@limited
def grants_file(request: HttpRequest, id: str, format: str) -> HttpResponse:
    """Every project, those of wider owners included; their owners as layers."""
    edition, here = request.edition, perimeter_of(request.edition, id)
    answer = territory_grants(edition, here, year=year_asked(request))
    workbook = grants_workbook(answer, edition)
    if format in MAP_FORMATS:
        told = workbook.told(permalink(request))
        return layers(format, grants_atlas(told, answer, edition, here))
    return tables(request, format, workbook)


@of_edition
@limited
def peers_file(request: HttpRequest, id: str, format: str) -> HttpResponse:
    """The territories alike, with the variables they were found by."""
    answer = peers(request.edition, perimeter_of(request.edition, id))
    return tables(request, format, peers_workbook(answer, request.edition))


def _other(edition: Edition, flow: str, perimeter: Perimeter, asked: Asked, what: str) -> Workbook:
    """What is told of one flow beside its exchanges."""
    year = asked.year
    match what:
        case "indicateurs":
            return indicators_workbook(indicators(edition, flow, perimeter, year=year), edition)
        case "evolution":
            return evolution_workbook(evolution(edition, flow, perimeter), edition)
        case "liens":
            found = links(edition, flow, perimeter, year=year, mesh=asked.mesh)
            return links_workbook(found, edition)
    return structure_workbook(structure(edition, flow, perimeter, year=year), edition)
