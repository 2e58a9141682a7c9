"""The front page, and the legal one."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.catalog.cards import FlowCard
from maillage.drawing.country import country_map
from maillage.engine.edition import Edition
from maillage.observatory.counts import counts
from maillage.web.versions import of_edition


@dataclass(frozen=True)
class Family:
    """A family of flows, and the years this edition has of it."""

    card: FlowCard
    years: list[int]


@of_edition
def home(request: HttpRequest) -> HttpResponse:
    edition = request.edition
    found = {
        "families": families(edition),
        "counts": counts(edition),
        "drawing": country_map(edition, "epci"),
        "address": request.build_absolute_uri(request.path),
    }
    return render(request, "web/home.html", found)


@of_edition
def mentions(request: HttpRequest) -> HttpResponse:
    return render(request, "web/mentions.html")


def families(edition: Edition) -> list[Family]:
    """In the order of the catalogue, those without a file included."""
    cards = sorted(edition.catalog.flows.values(), key=lambda card: card.order)
    return [Family(card, edition.flow_years(card.id)) for card in cards]
