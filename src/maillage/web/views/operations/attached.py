"""What is added to an operation: comments, files, indicators, cells of the grid, derogations."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from maillage.accounts.conflicts import ConflictError
from maillage.common.errors import InputError
from maillage.operations.actions.attached import attach, detach, link_indicator, unlink_indicator
from maillage.operations.actions.attached import comment as say
from maillage.operations.actions.funding import derogate as set_aside
from maillage.operations.actions.operations import edit_operation
from maillage.operations.attached_files import KINDS, LARGEST
from maillage.operations.iso37101 import headings, is_cell
from maillage.web.forms.funding import DerogationForm
from maillage.web.forms.operations import IndicatorForm
from maillage.web.revisions import revision_of
from maillage.web.viewers import now
from maillage.web.views.conflict import Row, conflict, labels_of, rows_of
from maillage.web.views.operations.here import on_operation


def _page(slug: str, id: int, anchor: str) -> HttpResponse:
    response: HttpResponse = redirect("operations-operation", slug=slug, id=id)
    response["Location"] += f"#{anchor}"
    return response


@require_POST
def comment(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    here, operation = on_operation(request, slug, id, "operation.comment")
    say(operation=operation, text=request.POST.get("text", ""), by=here.viewer, at=now())
    return _page(slug, id, "commentaires")


@require_POST
def add_file(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    here, operation = on_operation(request, slug, id, "operation.edit")
    sent = request.FILES.get("file")
    if sent is None:
        raise InputError(problem="aucune pièce n’a été choisie.", remedy="choisissez un fichier.")
    content = sent.read(LARGEST + 1)
    attach(operation=operation, name=sent.name, content=content, by=here.viewer, at=now())
    messages.success(request, "La pièce est jointe.")
    return _page(slug, id, "pieces")


def file(request: HttpRequest, slug: str, id: int, file_id: int) -> HttpResponse:
    """Given back as a file to keep, never shown by the browser as a page of the site."""
    _, operation = on_operation(request, slug, id, "attachment.read")
    found = get_object_or_404(operation.attachments, pk=file_id)
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=f"{found.name}")
    response["Content-Type"] = KINDS[found.kind]
    response["Content-Security-Policy"] = "sandbox"
    return response


@require_POST
def remove_file(request: HttpRequest, slug: str, id: int, file_id: int) -> HttpResponse:
    here, operation = on_operation(request, slug, id, "operation.edit")
    found = get_object_or_404(operation.attachments, pk=file_id)
    detach(attachment=found, by=here.viewer, at=now())
    return _page(slug, id, "pieces")


@require_POST
def add_indicator(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    here, operation = on_operation(request, slug, id, "operation.edit")
    form = IndicatorForm(request.POST)
    if not form.is_valid():
        raise InputError(problem="un indicateur a un nom.", remedy="écrivez-le.")
    link_indicator(operation=operation, by=here.viewer, at=now(), **form.cleaned_data)
    return _page(slug, id, "indicateurs")


@require_POST
def remove_indicator(request: HttpRequest, slug: str, id: int, link_id: int) -> HttpResponse:
    here, operation = on_operation(request, slug, id, "operation.edit")
    link = get_object_or_404(operation.indicators, pk=link_id)
    unlink_indicator(link=link, by=here.viewer, at=now())
    return _page(slug, id, "indicateurs")


@require_POST
def grid(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """The cells that are ticked, in place of those that were."""
    here, operation = on_operation(request, slug, id, "operation.edit")
    ticked = [cell.split(":") for cell in request.POST.getlist("cell")]
    cells = [pair for pair in ticked if len(pair) == 2 and is_cell(*pair)]
    revision = revision_of(request)
    fields = {"cells": cells}
    try:
        edit_operation(
            operation=operation, revision=revision, fields=fields, by=here.viewer, at=now()
        )
    except ConflictError as error:
        back = _page(slug, id, "grille")["Location"]
        return conflict(request, error, _ticks(error), back, here.found())
    return _page(slug, id, "grille")


def _ticks(error: ConflictError) -> list[Row]:
    """The cells that one version has and the other has not."""
    now, mine = ({tuple(cell) for cell in side["cells"]} for side in (error.now, error.mine))
    purposes, issues = headings("purpose"), headings("issue")
    return [
        (
            f"{purposes[purpose].title}, {issues[issue].title}",
            "cochée" if (purpose, issue) in now else "non cochée",
            "cochée" if (purpose, issue) in mine else "non cochée",
        )
        for purpose, issue in sorted(now ^ mine)
    ]


@require_POST
def derogate(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    here, operation = on_operation(request, slug, id, "operation.edit")
    form = DerogationForm(request.POST)
    if not form.is_valid():
        raise InputError(
            problem="une dérogation a un acte, un auteur et une date.", remedy="complétez-la."
        )
    given = form.cleaned_data
    try:
        set_aside(
            operation=operation,
            revision=revision_of(request),
            rule=given["rule"],
            act=given["act"],
            author=given["author"],
            day=given["granted_on"],
            by=here.viewer,
            at=now(),
        )
    except ConflictError as error:
        back = _page(slug, id, "financement")["Location"]
        return conflict(request, error, rows_of(error, labels_of(form)), back, here.found())
    return _page(slug, id, "financement")
