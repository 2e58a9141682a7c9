"""Sources pages: every kind of file, what this edition took from it, and the build's account."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.catalog.cards import SourceCard
from maillage.engine.edition import Edition

#: In the order of the page.
KINDS = {
    "flow": "Flux",
    "stock": "Stocks",
    "reference": "Géographie et références",
    "programme": "Programmes et contrats",
    "geometry": "Contours",
}


def sources(request: HttpRequest) -> HttpResponse:
    return render(request, "web/sources/index.html", {"groups": _groups(request.edition)})


def source(request: HttpRequest, id: str) -> HttpResponse:
    catalog = request.edition.catalog
    if id not in catalog.sources:
        raise Http404
    card = catalog.sources[id]
    found = {"card": card, "kind": KINDS[card.kind], "flow": catalog.flows.get(card.flow or "")}
    return render(request, "web/sources/source.html", found)


def _groups(edition: Edition) -> list[tuple[str, list[SourceCard]]]:
    rank = {kind: number for number, kind in enumerate(KINDS)}
    cards = sorted(edition.catalog.sources.values(), key=lambda card: rank[card.kind])
    return [(KINDS[kind], list(members)) for kind, members in groupby(cards, key=lambda c: c.kind)]
