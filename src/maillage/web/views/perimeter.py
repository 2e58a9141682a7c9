"""« Mon périmètre »: put territories together, by search, from a list, a file, a mesh or a map."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from maillage.drawing.locator import locator_map
from maillage.engine.edition import Edition
from maillage.observatory.composition import chosen_units, compose, members, population
from maillage.observatory.overlaps import known_overlaps
from maillage.observatory.pasted.places import Found, place, proposed
from maillage.territory.perimeter import Perimeter
from maillage.web.composing import (
    Composing,
    address,
    composing,
    fields,
    named,
    portrait_address,
)
from maillage.web.hits import found
from maillage.web.versions import of_edition
from maillage.web.views.throttle import per_minute

#: Levels that a map may show, one at a time.
MAPPED = ("epci", "departement", "region")
LISTED = 300  # members that are written out


@of_edition
@per_minute(lambda: int(settings.SEARCHES_PER_MINUTE))
def perimeter(request: HttpRequest) -> HttpResponse:
    """Whatever way a perimeter was put together, it has one address."""
    edition, asked = request.edition, composing(request.GET)
    composed = compose(edition, asked.added, asked.removed)
    if asked.search:
        return _added(request, asked, composed)
    if not asked.is_written(composed):
        return redirect(address(composed, asked.name))
    shown = state(edition, composed, asked.name)
    shown["drawing"] = composed and locator_map(edition, composed.id)
    return render(request, "web/perimeter/index.html", shown)


@csrf_exempt
@require_POST
@per_minute(lambda: int(settings.SEARCHES_PER_MINUTE))
def fragment(request: HttpRequest) -> HttpResponse:
    """The same, for a page already open: nothing is kept, so that nothing is to be protected."""
    asked = composing(request.POST)
    composed = compose(request.edition, asked.added, asked.removed)
    shown = state(request.edition, composed, asked.name)
    return render(request, "web/perimeter/state.html", shown)


def state(edition: Edition, composed: Perimeter | None, name: str) -> dict[str, Any]:
    """What a page knows of a perimeter; ``perimeter`` is None for an empty one."""
    shown: dict[str, Any] = {
        "perimeter": composed,
        "name": name,
        "fields": fields(composed, name),
        "address": address(composed, name),
        "chosen": _chosen(edition, composed),
    }
    if composed is None:
        return shown
    known = members(edition, composed)
    return shown | {
        "title": named(composed, name).name,
        "portrait": portrait_address(composed, name),
        "first_flow": _first_flow(edition),
        "population": population(edition, composed.communes),
        "members": known[:LISTED],
        "more_members": max(len(known) - LISTED, 0),
        "overlaps": known_overlaps(edition, composed),
    }


def _first_flow(edition: Edition) -> str:
    """Slug of the first family of flows that the edition has, empty without any."""
    cards = sorted(edition.catalog.flows.values(), key=lambda card: card.order)
    return next((card.slug for card in cards if edition.flow_years(card.id)), "")


def _chosen(edition: Edition, composed: Perimeter | None) -> dict[str, Any]:
    levels = {mesh.level for mesh in edition.geography.meshes}
    return {
        level: asdict(chosen_units(edition, composed, level))
        for level in (*MAPPED, "commune")
        if level in levels or level == "commune"
    }


def _added(request: HttpRequest, asked: Composing, composed: Perimeter | None) -> HttpResponse:
    """One territory is added at once; otherwise those it may be are listed."""
    edition = request.edition
    read = place(edition, asked.search)
    if isinstance(read, Found) and not read.note:
        wider = compose(edition, (*(composed.id.split("+") if composed else ()), read.id), ())
        return redirect(address(wider, asked.name))
    hits = () if isinstance(read, Found) else read.choices or proposed(edition, asked.search)
    shown = {
        "search": asked.search,
        "read": read,
        "hits": [(hit.id, found(edition, hit)) for hit in hits],
        "fields": fields(composed, asked.name),
        "address": address(composed, asked.name),
    }
    return render(request, "web/perimeter/search.html", shown)
