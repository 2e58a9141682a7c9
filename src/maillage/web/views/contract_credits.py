"""The State’s credits in the contracts that somebody follows."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.contracts.reading import places_among, reached
from maillage.steering.credits.contracts import RIGHT, followed, state_sources
from maillage.web.viewers import signed_in, viewer

PER_PAGE = 200


@signed_in
def contract_credits(request: HttpRequest) -> HttpResponse:
    """A place or a source that is none of those offered is not asked."""
    who = viewer(request)
    places = places_among(reached(who, RIGHT))
    offered = {id for _, units in places for id, _ in units}
    place, source = request.GET.get("territoire", ""), request.GET.get("fonds", "")
    place, source = (
        place if place in offered else "",
        source if source in state_sources() else "",
    )
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
