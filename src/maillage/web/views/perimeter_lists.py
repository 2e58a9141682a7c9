"""« Mon périmètre » from a list that is pasted or sent, or from the units of a mesh."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from maillage.common.errors import InputError, NotFoundError
from maillage.engine.edition import Edition
from maillage.observatory.composition import compose
from maillage.observatory.directory import directory
from maillage.observatory.pasted.lists import Pasted, read_rows, read_text
from maillage.observatory.pasted.upload import MAX_BYTES, too_large, uploaded_rows
from maillage.observatory.search import STRATA
from maillage.web.composing import Composing, address, composing, fields
from maillage.web.hits import found, nature_labels
from maillage.web.versions import of_edition
from maillage.web.views.throttle import per_minute

#: Bytes of a form around the file it sends.
ENVELOPE = 200_000
SHOWN = 100  # lines of each kind that are written out


@csrf_exempt
@per_minute(lambda: int(settings.SEARCHES_PER_MINUTE))
def listed(request: HttpRequest) -> HttpResponse:
    """A list without doubt is added at once; otherwise a page says, line by line, what it means.

    Nothing is kept of what was sent, so that nothing is to be protected from another site.
    """
    if request.method != "POST":
        return redirect(f"{reverse('perimeter')}#liste")
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES + ENVELOPE:
        raise too_large("votre envoi")
    asked = composing(request.POST)
    try:
        pasted = _read(request)
    except InputError as error:
        return _page(request, asked, {"error": error}, status=400)
    if pasted.plain and not pasted.column:
        wider = compose(request.edition, (*asked.added, *pasted.ids), ())
        return redirect(address(wider, asked.name))
    return _page(request, asked, _checked(request.edition, asked, pasted))


@of_edition
def meshed(request: HttpRequest) -> HttpResponse:
    """The units of a mesh, to start from or to add."""
    edition, asked = request.edition, composing(request.GET)
    levels = mesh_levels(edition)
    level = request.GET.get("maille", "") or next(iter(levels), "")
    if level not in levels:
        raise NotFoundError("aucune maille de ce nom.")
    composed = compose(edition, asked.added, asked.removed)
    shown = {
        "levels": levels,
        "level": level,
        "label": levels[level],
        "groups": directory(edition, level),
        "natures": nature_labels(edition),
        "fields": fields(composed, asked.name),
        "address": address(composed, asked.name),
    }
    return render(request, "web/perimeter/mesh.html", shown)


def mesh_levels(edition: Edition) -> dict[str, str]:
    """Label of each level whose units are territories, in order of priority."""
    return {
        mesh.level: mesh.label
        for mesh in edition.geography.meshes
        if mesh.level not in STRATA and edition.geography.mesh(mesh.level) is mesh
    }


def _read(request: HttpRequest) -> Pasted:
    sent = request.FILES.get("fichier")
    if sent is None:
        return read_text(request.edition, request.POST.get("texte", ""))
    return read_rows(request.edition, uploaded_rows(sent.name, sent.read(MAX_BYTES + 1)))


def _checked(edition: Edition, asked: Composing, pasted: Pasted) -> dict[str, Any]:
    """Adding only what was understood is for the person to decide."""
    read = compose(edition, pasted.ids, ())
    wider = compose(edition, (*asked.added, *pasted.ids), ())
    left = [
        (one.entry, one.unclear, [(hit.id, found(edition, hit)) for hit in one.unclear.choices])
        for one in pasted.left
    ]
    return {
        "pasted": pasted,
        "left": left[:SHOWN],
        "more_left": max(len(left) - SHOWN, 0),
        "noted": pasted.noted[:SHOWN],
        "more_noted": max(len(pasted.noted) - SHOWN, 0),
        "communes": 0 if read is None else len(read.communes),
        "choosable": bool(pasted.ids) or any(choices for *_, choices in left[:SHOWN]),
        "wider_fields": fields(wider, asked.name),
    }


def _page(
    request: HttpRequest, asked: Composing, shown: dict[str, Any], status: int = 200
) -> HttpResponse:
    composed = compose(request.edition, asked.added, ())
    own = {
        "text": request.POST.get("texte", ""),
        "fields": fields(composed, asked.name),
        "address": address(composed, asked.name),
    }
    return render(request, "web/perimeter/list.html", own | shown, status=status)
