"""Search by name, code or SIREN: a page for the form, JSON for what one is typing."""

from dataclasses import asdict

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from maillage.common.french import counted
from maillage.observatory.search import search
from maillage.web.hits import found
from maillage.web.versions import of_edition
from maillage.web.views.throttle import per_minute

MOST = 50
SUGGESTED = 8


def _limit() -> int:
    return int(settings.SEARCHES_PER_MINUTE)


@of_edition
@per_minute(_limit)
def results(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    hits = [found(request.edition, hit) for hit in search(request.edition, query, MOST)]
    return render(request, "web/search.html", {"query": query, "hits": hits, "most": MOST})


@of_edition
@per_minute(_limit)
def suggestions(request: HttpRequest) -> HttpResponse:
    hits = search(request.edition, request.GET.get("q", ""), SUGGESTED)
    said = counted(len(hits), "territoire trouvé", "territoires trouvés")
    territories = [asdict(found(request.edition, hit)) for hit in hits]
    return JsonResponse({"territories": territories, "said": said})
