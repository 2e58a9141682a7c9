"""The list of territories, and the portrait of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from maillage.documents.formats import PNG
from maillage.drawing.locator import locator_map
from maillage.engine.edition import Edition
from maillage.observatory.comparison import stratum
from maillage.observatory.directory import containing, directory
from maillage.observatory.portrait import portrait as ask_portrait
from maillage.observatory.programmes import memberships
from maillage.observatory.search_text import plain
from maillage.territory.perimeter import Perimeter
from maillage.web.composing import chosen_name, named, portrait_address
from maillage.web.hits import nature_labels
from maillage.web.territory import perimeter_of
from maillage.web.versions import of_edition
from maillage.wording.panels import FIRST
from maillage.wording.portrait import PortraitText, portrait_text

#: Beyond, members are counted and no longer listed.
LISTED = 150


@of_edition
def listing(request: HttpRequest) -> HttpResponse:
    edition = request.edition
    found = {"groups": directory(edition), "natures": nature_labels(edition)}
    return render(request, "web/territories/listing.html", found)


@of_edition
def portrait(request: HttpRequest, id: str) -> HttpResponse:
    """Whatever way a territory is asked for, it has one address; its own name may follow."""
    edition = request.edition
    name = chosen_name(request.GET.get("nom", ""))
    perimeter = named(perimeter_of(edition, id), name)
    if perimeter.id != id:
        return redirect(portrait_address(perimeter, name))
    answer = ask_portrait(edition, perimeter, limit=FIRST)
    address = request.build_absolute_uri(request.path)
    text = portrait_text(answer, edition, perimeter, address)
    programmes = memberships(edition, perimeter)
    shown = {programme.id for programme in programmes}
    found = {
        "portrait": answer,
        "territory": answer.territory,
        "text": text,
        "address": address,
        "picture": _picture(request, text),
        "stratum": stratum(edition, perimeter),
        "programmes": programmes,
        "members": _members(edition, perimeter),
        "containing": [place for place in containing(edition, perimeter) if place.id not in shown],
        "drawing": locator_map(edition, id),
    }
    return render(request, "web/territories/portrait.html", found)


def _picture(request: HttpRequest, text: PortraitText) -> str:
    """Address of the map of the first flow, which other sites show beside a link to the page."""
    if text.glance is None:
        return ""
    flow = text.glance.panel
    picture = reverse("flow-file", args=[flow.balance.territory, flow.card.slug, PNG.id])
    return request.build_absolute_uri(picture)


def _members(edition: Edition, perimeter: Perimeter) -> list[tuple[str, str]]:
    """Code and name of each commune, none for a single one or too many."""
    if not 1 < len(perimeter.communes) <= LISTED:
        return []
    geography = edition.geography
    return sorted(
        ((geography.codes[node], geography.names[node]) for node in perimeter.communes),
        key=lambda member: plain(member[1]),
    )
