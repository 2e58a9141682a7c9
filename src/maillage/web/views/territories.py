"""The list of territories, and the portrait of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.common.errors import InputError, NotFoundError
from maillage.observatory.balance import territory_balance
from maillage.observatory.directory import directory
from maillage.territory.perimeter import parse_perimeter
from maillage.web.panels import FIRST, panel


def listing(request: HttpRequest) -> HttpResponse:
    return render(request, "web/territories/listing.html", {"groups": directory(request.edition)})


def portrait(request: HttpRequest, id: str) -> HttpResponse:
    edition = request.edition
    try:
        perimeter = parse_perimeter(id, edition.geography)
    except InputError as error:
        raise NotFoundError(str(error)) from error
    if perimeter.id != id:
        return redirect("territories-portrait", id=perimeter.id)
    flows = []
    for card in sorted(edition.catalog.flows.values(), key=lambda c: c.order):
        try:
            b = territory_balance(edition, card.id, perimeter, limit=FIRST)
            flows.append(
                {"card": card, "panel": panel(card, b, edition.geography, perimeter.communes)}
            )
        except NotFoundError as e:
            flows.append({"card": card, "reason": str(e)})
    return render(
        request, "web/territories/portrait.html", {"flows": flows, "territory": perimeter}
    )
