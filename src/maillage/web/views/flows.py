"""One family of flows on one territory: its page, its depths, its pictures for other sites."""

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt

from maillage.common.errors import NotFoundError
from maillage.documents.formats import PNG
from maillage.observatory.flow import Asked
from maillage.observatory.reach import covering
from maillage.web.asked_flow import FORM_NAMES, VIEWS, FlowQuery, flow_query
from maillage.web.flow_content import FlowContent, families, family_of, flow_content
from maillage.web.flow_depths import flow_depths
from maillage.web.territory import perimeter_of
from maillage.web.versions import of_edition

HOUR = 3600
#: Of the frame that shows each picture, in pixels: enough at the usual widths.
HEIGHTS = {"carte": 700, "graphique": 760, "tableau": 700}


@of_edition
def flows(request: HttpRequest, id: str) -> HttpResponse:
    """The first family that has a file on the territory."""
    edition = request.edition
    perimeter, cards = perimeter_of(edition, id), families(edition)
    seen = (card for card in cards if covering(edition, card.id, perimeter) is not None)
    return redirect("territories-flow", perimeter.id, next(seen, cards[0]).slug)


@of_edition
def flow_page(request: HttpRequest, id: str, family: str) -> HttpResponse:
    """Figures, map, chart and table of what the address asks."""
    found = _asked(request, id, family, "territories-flow")
    if not isinstance(found, FlowContent):
        return found
    address = reverse("territories-flow", args=[found.perimeter.id, family])
    page = {
        "content": found,
        "address": request.build_absolute_uri(f"{address}{found.query.written()}"),
        "picture": request.build_absolute_uri(
            reverse("flow-file", args=[found.perimeter.id, family, PNG.id]) + found.query.written()
        ),
        "pictures": _pictures(request, found.query, found.perimeter.id, family),
        "families": families(found.edition),
    }
    return render(request, "web/flows/page.html", page)


@of_edition
def further(request: HttpRequest, id: str, family: str) -> HttpResponse:
    """Forms of the map, years, categories, ties, indicators."""
    found = _asked(request, id, family, "territories-flow-further")
    if not isinstance(found, FlowContent):
        return found
    forms = [(name, label, found.query.written(forme=name)) for name, label in FORM_NAMES.items()]
    page = {"content": found, "depths": flow_depths(found), "forms": forms}
    return render(request, "web/flows/further.html", page)


def _asked(request: HttpRequest, id: str, family: str, page: str) -> FlowContent | HttpResponse:
    """Whatever way a territory is asked for, it has one address. The page of a family that has no
    file for it says so."""
    edition = request.edition
    perimeter, card = perimeter_of(edition, id), family_of(edition, family)
    query = flow_query(request.GET)
    if perimeter.id != id:
        return redirect(f"{reverse(page, args=[perimeter.id, family])}{query.written()}")
    try:
        return flow_content(edition, card, perimeter, query)
    except NotFoundError as error:
        if query.asked != Asked():
            raise
        found = {"perimeter": perimeter, "card": card, "reason": error}
        return render(request, "web/flows/missing.html", found | {"families": families(edition)})


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@cache_control(public=True, max_age=HOUR)
def embed(request: HttpRequest, id: str, family: str) -> HttpResponse:
    """One picture, bare, that any site may frame.

    It has no version: the answer « not modified » would bring back the headers that forbid it.
    """
    edition = request.edition
    perimeter, card = perimeter_of(edition, id), family_of(edition, family)
    query = flow_query(request.GET)
    content = flow_content(edition, card, perimeter, query)
    address = reverse("territories-flow", args=[perimeter.id, family])
    found = {
        "content": content,
        "view": query.view,
        "view_name": VIEWS[query.view],
        "full": request.build_absolute_uri(f"{address}{content.query.written()}"),
    }
    return render(request, "web/flows/embed.html", found)


def _pictures(
    request: HttpRequest, query: FlowQuery, id: str, family: str
) -> list[tuple[str, str, int]]:
    """Label, address and height of each picture that other sites may show."""
    address = reverse("embed-flow", args=[id, family])
    return [
        (label, request.build_absolute_uri(f"{address}{query.written(vue=view)}"), HEIGHTS[view])
        for view, label in VIEWS.items()
    ]
