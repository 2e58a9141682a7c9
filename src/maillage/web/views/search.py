"""Search by name, code or SIREN: a page for the form, JSON for what one is typing."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from maillage.common.french import counted
from maillage.observatory.search import Hit, search
from maillage.web.views.throttle import per_minute

MOST = 50
SUGGESTED = 8


def _limit() -> int:
    return int(settings.SEARCHES_PER_MINUTE)


@per_minute(_limit)
def results(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    found = {"query": query, "hits": search(request.edition, query, MOST)}
    return render(request, "web/search.html", found)


@per_minute(_limit)
def suggestions(request: HttpRequest) -> HttpResponse:
    hits = search(request.edition, request.GET.get("q", ""), SUGGESTED)
    said = counted(len(hits), "territoire trouvé", "territoires trouvés")
    answer = {"territories": [_suggestion(request, hit) for hit in hits], "said": said}
    return JsonResponse(answer)


def _suggestion(request: HttpRequest, hit: Hit) -> dict[str, str]:
    return {
        "name": hit.name,
        "detail": render_to_string("web/parts/hit.html", {"hit": hit}, request).strip(),
        "url": reverse("territories-portrait", kwargs={"id": hit.id}),
    }
