"""What the State granted to the projects of a territory."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from maillage.common.errors import InputError
from maillage.observatory.grants import territory_grants
from maillage.steering.credits.choices import place_of
from maillage.web.asked_credits import AskedCredits
from maillage.web.territory import perimeter_of
from maillage.web.versions import of_edition

#: Projects listed on a page; the sums are of all.
LISTED = 300


@of_edition
def grants(request: HttpRequest, id: str) -> HttpResponse:
    edition = request.edition
    perimeter = perimeter_of(edition, id)
    if perimeter.id != id:
        return redirect("territories-grants", id=perimeter.id)
    answer = territory_grants(edition, perimeter, year=year_asked(request), limit=LISTED)
    place = place_of(edition, perimeter)
    beside = AskedCredits(place.scope, place.level, answer.year, focus=place.focus)
    found = {
        "answer": answer,
        "territory": answer.territory,
        "place": place,
        "beside": reverse("credits") + beside.query({}),
    }
    return render(request, "web/territories/grants.html", found)


def year_asked(request: HttpRequest) -> int | None:
    """None unless told. InputError for what is no year."""
    text = request.GET.get("annee", "")
    if text and not (text.isascii() and text.isdigit() and len(text) == 4):
        raise InputError(
            problem="une année est attendue.",
            remedy="écrivez-la en quatre chiffres.",
            column="annee",
            value=text[:40],
        )
    return int(text) if text else None
