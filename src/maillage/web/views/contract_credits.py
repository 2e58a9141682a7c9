"""The State’s credits in the contracts that somebody follows: page and files."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.contracts.reading import places_among, reached
from maillage.documents.tables.contract_credits import contract_credits_workbook
from maillage.steering.credits.contracts import RIGHT, followed, state_sources
from maillage.web.viewers import signed_in, viewer
from maillage.web.views.written import limited, tables

PER_PAGE = 200
Places = list[tuple[str, list[tuple[str, str]]]]


@signed_in
def contract_credits(request: HttpRequest) -> HttpResponse:
    who = viewer(request)
    places = places_among(reached(who, RIGHT))
    place, source = _asked(request, places)
    answer = followed(who, request.edition, place=place, source=source)
    found = {
        "answer": answer,
        "page": Paginator(answer.contracts, PER_PAGE).get_page(request.GET.get("page")),
        "places": places,
        "sources": state_sources().values(),
        "place": place,
        "source": source,
    }
    return render(request, "web/credits/contracts.html", found)


@signed_in
@limited
def contract_credits_file(request: HttpRequest, format: str) -> HttpResponse:
    """Every contract of the page, whatever the page of the table."""
    who = viewer(request)
    place, source = _asked(request, places_among(reached(who, RIGHT)))
    answer = followed(who, request.edition, place=place, source=source)
    named = state_sources()[source].short if source else ""
    return tables(request, format, contract_credits_workbook(answer, request.edition, named))


def _asked(request: HttpRequest, places: Places) -> tuple[str, str]:
    """A place or a source that is none of those offered is not asked."""
    offered = {id for _, units in places for id, _ in units}
    place, source = request.GET.get("territoire", ""), request.GET.get("fonds", "")
    return place if place in offered else "", source if source in state_sources() else ""
