"""Pages on several territories or themes as files: tables, layers where they have places, and the
picture they draw, under the address of the page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from maillage.common.errors import InputError, NotFoundError
from maillage.documents.formats import MAP_FORMATS, PNG, SVG
from maillage.documents.geo.balances import balances_atlas
from maillage.documents.geo.layers import PLACES
from maillage.documents.geo.places import places_atlas
from maillage.documents.tables.compare import comparison_workbook
from maillage.documents.tables.cooperation import cooperation_workbook
from maillage.documents.tables.pair import pair_workbook
from maillage.documents.tables.supply_need import supply_need_workbook
from maillage.documents.tables.values import Table
from maillage.drawing.pair_map import pair_map
from maillage.observatory.cooperation import cooperation
from maillage.observatory.pair import apart, pair
from maillage.observatory.supply_need import supply_need
from maillage.territory.perimeter import parse_perimeter
from maillage.web import pictures
from maillage.web.asked_compare import asked_comparison
from maillage.web.asked_cooperation import asked_cooperation
from maillage.web.comparison_page import plots
from maillage.web.files import permalink
from maillage.web.territory import perimeter_of
from maillage.web.versions import of_edition
from maillage.web.views.compare import compared
from maillage.web.views.cooperation import chart, numbered
from maillage.web.views.written import drawn, layers, limited, tables
from maillage.wording.comparing import comparison_text

DRAWN = (PNG.id, SVG.id)


@of_edition
@limited
def pair_file(request: HttpRequest, id: str, other: str, format: str) -> HttpResponse:
    """Everything on two territories, both as layers, and their map."""
    edition = request.edition
    here, there = perimeter_of(edition, id), perimeter_of(edition, other)
    if (here.id, there.id) != (id, other):
        found = reverse("pair-file", args=(here.id, there.id, format))
        return redirect(f"{found}?{request.META['QUERY_STRING']}")
    answer = pair(edition, here, there)
    workbook = pair_workbook(answer, edition)
    if format in MAP_FORMATS:
        return layers(
            format, places_atlas(workbook.told(permalink(request)), edition, here, [there])
        )
    if format in DRAWN:
        shape = pair_map(edition, here, apart(edition, here, there)[0])
        if shape is None:
            raise NotFoundError("Ce millésime n’a pas de contour pour dessiner ces territoires.")
        picture = pictures.of_pair(answer, shape, edition, permalink(request).value)
        return drawn(picture, f"{workbook.stem}_carte", format)
    return tables(request, format, workbook)


@of_edition
@limited
def cooperation_file(request: HttpRequest, id: str, format: str) -> HttpResponse:
    """Neighbours by quadrant, for the flow, themes, radius and thresholds of the page."""
    edition, here = request.edition, perimeter_of(request.edition, id)
    asked = asked_cooperation(edition, here, request.GET)
    answer = cooperation(
        edition,
        asked.flow,
        here,
        themes=asked.themes,
        radius_km=asked.radius_km,
        strong_link=asked.link,
        strong_complement=asked.complement,
    )
    workbook = cooperation_workbook(answer, edition)
    if format in MAP_FORMATS:
        near = [parse_perimeter(one.id, edition.geography) for one in answer.partners]
        told = Table(PLACES, "Voisins", workbook.main.columns, workbook.main.rows)
        return layers(
            format, places_atlas(workbook.told(permalink(request)), edition, here, near, told)
        )
    if format in DRAWN:
        placed = chart(answer, numbered(edition, here, answer)[0])
        if placed is None:
            raise NotFoundError("Aucun voisin n’a les deux mesures : il n’y a rien à dessiner.")
        picture = pictures.of_cooperation(answer, placed, edition, permalink(request).value)
        return drawn(picture, f"{workbook.stem}_quadrants", format)
    return tables(request, format, workbook)


@of_edition
@limited
def supply_need_file(request: HttpRequest, id: str, format: str) -> HttpResponse:
    """Balances as tables, every neighbour that would add something as layers, coverages as a
    picture."""
    edition, here = request.edition, perimeter_of(request.edition, id)
    answer = supply_need(edition, here, **({"limit": None} if format in MAP_FORMATS else {}))
    workbook = supply_need_workbook(answer, edition)
    if format in MAP_FORMATS:
        told = workbook.told(permalink(request))
        return layers(format, balances_atlas(told, answer, edition, here))
    if format in DRAWN:
        picture = pictures.of_balances(answer, edition, permalink(request).value)
        return drawn(picture, f"{workbook.stem}_couverture", format)
    return tables(request, format, workbook)


@of_edition
@limited
def comparison_file(request: HttpRequest, format: str) -> HttpResponse:
    """Every indicator of the family for the territories of the page, these as layers, and the
    first indicators as a picture."""
    edition, asked = request.edition, asked_comparison(request.GET)
    if not asked.chosen:
        raise InputError(
            problem="aucun territoire n’est choisi.",
            remedy="ajoutez-en un, par exemple « ?t=244400404 ».",
            column="t",
        )
    chosen = [perimeter_of(edition, id) for id in asked.chosen]
    answer = compared(edition, asked, chosen)
    workbook = comparison_workbook(answer, edition)
    if format in MAP_FORMATS:
        shown = [parse_perimeter(one.id, edition.geography) for one in answer.territories]
        return layers(
            format, places_atlas(workbook.told(permalink(request)), edition, shown[0], shown)
        )
    if format in DRAWN:
        strips = plots(comparison_text(answer).first)
        if not strips:
            raise NotFoundError("Aucun de ces indicateurs n’a de groupe où se situer.")
        picture = pictures.of_comparison(answer, strips, edition, permalink(request).value)
        return drawn(picture, f"{workbook.stem}_graphique", format)
    return tables(request, format, workbook)
