"""Method pages: every indicator, as its card tells it."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.catalog.cards import IndicatorCard
from maillage.engine.edition import Edition
from maillage.web.versions import of_edition

#: In the order of the page.
FAMILIES = {
    "generic": "Communs à tous les flux",
    "flow": "Propres à une famille de flux",
    "structure": "Organisation de l’espace",
    "complementarity": "Complémentarités et coopérations",
    "balance": "Bilans de ressources",
    "benchmark": "Comparaisons",
}

#: What one value of an indicator speaks of.
OBJECTS = {
    "territory": "un territoire",
    "partner": "un territoire et un partenaire",
    "category": "une catégorie (mode de transport, âge, secteur…)",
    "link": "un lien orienté entre deux territoires",
    "system": "l’ensemble des territoires d’une maille",
}


@of_edition
def indicators(request: HttpRequest) -> HttpResponse:
    return render(request, "web/method/index.html", {"groups": _groups(request.edition)})


@of_edition
def indicator(request: HttpRequest, id: str) -> HttpResponse:
    catalog = request.edition.catalog
    if id not in catalog.indicators:
        raise Http404
    card = catalog.indicators[id]
    flows = [catalog.flows[flow] for flow in card.flows if flow in catalog.flows]
    found = {
        "card": card,
        "family": FAMILIES[card.family],
        "flows": flows,
        "object": OBJECTS[card.per],
        "labels": sorted(card.labels.items()),
        "worded": [(flow, card.words[flow.id]) for flow in flows if flow.id in card.words],
    }
    return render(request, "web/method/indicator.html", found)


def _groups(edition: Edition) -> list[tuple[str, list[IndicatorCard]]]:
    rank = {family: number for number, family in enumerate(FAMILIES)}
    cards = sorted(edition.catalog.indicators.values(), key=lambda card: rank[card.family])
    families = groupby(cards, key=lambda card: card.family)
    return [(FAMILIES[family], list(members)) for family, members in families]
