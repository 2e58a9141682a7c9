"""Printed documents and slides, as downloads: ``documents`` makes them, these only serve them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from maillage.documents.pages.dossier import dossier_pdf
from maillage.documents.pages.portrait import portrait_pdf
from maillage.documents.slides.dossier import dossier_slides
from maillage.documents.slides.portrait import portrait_slides
from maillage.drawing.locator import locator_map
from maillage.drawing.pair_map import pair_map
from maillage.engine.edition import Edition
from maillage.observatory.answers.pair import Pair
from maillage.observatory.directory import containing
from maillage.observatory.pair import apart, pair
from maillage.observatory.portrait import portrait as ask_portrait
from maillage.territory.perimeter import Perimeter
from maillage.web.territory import perimeter_of
from maillage.web.versions import of_edition
from maillage.wording.panels import FIRST
from maillage.wording.portrait import portrait_text

PDF = "application/pdf"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_LONGEST = 60  # of a name, in a file name


@of_edition
def pair_dossier(request: HttpRequest, id: str, other: str) -> HttpResponse:
    """The dossier of two territories, two pages."""
    here, there = _two(request.edition, id, other)
    if (here.id, there.id) != (id, other):
        return redirect("territories-pair-dossier", id=here.id, other=there.id)
    answer, address = _pair(request, here, there)
    drawing = pair_map(request.edition, here, apart(request.edition, here, there)[0])
    name = _name("dossier", here.name, there.name, "pdf")
    return _file(dossier_pdf(answer, drawing, address), PDF, name)


@of_edition
def pair_slides(request: HttpRequest, id: str, other: str) -> HttpResponse:
    """The same as slides."""
    here, there = _two(request.edition, id, other)
    if (here.id, there.id) != (id, other):
        return redirect("territories-pair-slides", id=here.id, other=there.id)
    answer, address = _pair(request, here, there)
    name = _name("dossier", here.name, there.name, "pptx")
    return _file(dossier_slides(answer, address), SLIDES, name)


@of_edition
def printed_portrait(request: HttpRequest, id: str) -> HttpResponse:
    """The portrait of a territory, to print."""
    edition = request.edition
    here = perimeter_of(edition, id)
    if here.id != id:
        return redirect("territories-portrait-pdf", id=here.id)
    answer, address = ask_portrait(edition, here, limit=FIRST), _portrait_address(request, here)
    text = portrait_text(answer, edition, here, address)
    within, drawing = containing(edition, here), locator_map(edition, id)
    content = portrait_pdf(answer, text, within, drawing, address)
    return _file(content, PDF, _name("portrait", here.name, "", "pdf"))


@of_edition
def slides_portrait(request: HttpRequest, id: str) -> HttpResponse:
    """The same as slides."""
    edition = request.edition
    here = perimeter_of(edition, id)
    if here.id != id:
        return redirect("territories-portrait-slides", id=here.id)
    answer, address = ask_portrait(edition, here, limit=FIRST), _portrait_address(request, here)
    content = portrait_slides(answer, portrait_text(answer, edition, here, address), address)
    return _file(content, SLIDES, _name("portrait", here.name, "", "pptx"))


def _two(edition: Edition, id: str, other: str) -> tuple[Perimeter, Perimeter]:
    return perimeter_of(edition, id), perimeter_of(edition, other)


def _pair(request: HttpRequest, here: Perimeter, there: Perimeter) -> tuple[Pair, str]:
    """The answer, and the address of its page."""
    page = reverse("territories-pair", kwargs={"id": here.id, "other": there.id})
    return pair(request.edition, here, there), request.build_absolute_uri(page)


def _portrait_address(request: HttpRequest, here: Perimeter) -> str:
    page = reverse("territories-portrait", kwargs={"id": here.id})
    return str(request.build_absolute_uri(page))


def _name(kind: str, first: str, second: str, ending: str) -> str:
    """« dossier-cc-du-pays-nantes-metropole.pdf »: plain letters, which every system keeps."""
    names = [
        slugify(name.replace("’", "-").replace("'", "-"))[:_LONGEST] for name in (first, second)
    ]
    return "-".join([kind, *filter(None, names)]) + f".{ending}"


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
