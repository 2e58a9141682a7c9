"""Calls for projects of a contract: listed, written, brought in, aimed at by an operation."""

import csv
import io

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from maillage.accounts.roles import NATURES
from maillage.common.errors import InputError
from maillage.common.french import counted
from maillage.documents.formats import EXCEL_CSV
from maillage.operations.actions.project_calls import add_calls, aim_at, remove_call
from maillage.operations.called import calls_of, proposed_calls
from maillage.operations.funding_sources import funding_sources
from maillage.operations.intake.grids import LARGEST, read_grids
from maillage.operations.iso37101 import headings
from maillage.operations.models import ProjectCall
from maillage.operations.portfolio import review_one
from maillage.operations.project_calls.reading import COLUMNS, read_calls
from maillage.web.files import file_response
from maillage.web.forms.calls import ProjectCallForm
from maillage.web.viewers import now
from maillage.web.views.operations.funding import author_of, to_plan
from maillage.web.views.operations.here import Here, on_contract, on_operation


def calls(request: HttpRequest, slug: str) -> HttpResponse:
    """Those of the contract and the national ones, the soonest to close first."""
    return _page(request, on_contract(request, slug), ProjectCallForm())


def _page(request: HttpRequest, here: Here, form: ProjectCallForm) -> HttpResponse:
    found = here.found(
        view="calls",
        form=form,
        calls=calls_of(here.contract).order_by("closes_on", "pk"),
        natures=NATURES,
        themes={id: card.title for id, card in headings("issue").items()},
        sources=funding_sources(),
    )
    return render(request, "web/operations/calls.html", found, status=400 if form.errors else 200)


@require_POST
def add(request: HttpRequest, slug: str) -> HttpResponse:
    here = on_contract(request, slug, "operation.create")
    form = ProjectCallForm(request.POST)
    if not form.is_valid():
        return _page(request, here, form)
    add_calls(contract=here.contract, rows=[form.cleaned_data], by=here.viewer, at=now())
    messages.success(request, "L’appel à projets est enregistré.")
    return redirect("operations-calls", slug=slug)


@require_POST
def bring(request: HttpRequest, slug: str) -> HttpResponse:
    """A table of them: good rows enter, the others are told."""
    here = on_contract(request, slug, "operation.import")
    sent = request.FILES.get("file")
    if sent is None:
        raise InputError(problem="aucun fichier n’a été choisi.", remedy="choisissez un tableau.")
    rows = read_calls(read_grids(sent.read(LARGEST + 1), sent.name or ""))
    good = [row.values for row in rows if not row.problems]
    added, changed = add_calls(contract=here.contract, rows=good, by=here.viewer, at=now())
    told = (counted(added, "appel ajouté", "appels ajoutés"), counted(changed, "modifié"))
    messages.success(request, f"{', '.join(told)}.")
    for row in rows:
        if row.problems:
            messages.warning(request, f"Ligne {row.row}, à corriger : {' ; '.join(row.problems)}.")
    return redirect("operations-calls", slug=slug)


def model(request: HttpRequest, slug: str) -> HttpResponse:
    """The headings that ``bring`` reads, in a file to fill."""
    on_contract(request, slug)
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerow([names[0] for names in COLUMNS.values()])
    return file_response(stream.getvalue().encode("utf-8-sig"), "appels-a-projets", EXCEL_CSV)


@require_POST
def remove(request: HttpRequest, slug: str, call_id: int) -> HttpResponse:
    """One of the contract: national ones are the operator’s."""
    here = on_contract(request, slug, "operation.create")
    call = get_object_or_404(ProjectCall, pk=call_id, contract=here.contract)
    remove_call(call=call, by=here.viewer, at=now())
    messages.success(request, "L’appel à projets est retiré.")
    return redirect("operations-calls", slug=slug)


@require_POST
def aim(request: HttpRequest, slug: str, id: int, call_id: int) -> HttpResponse:
    """A draft line for a call that suits, with the most it may bring."""
    here, operation = on_operation(request, slug, id, "operation.edit")
    row = review_one(here.viewer, operation, here.subject, here.today)
    suits = {one.call.pk: one for one in proposed_calls(row, here.today)}
    if call_id not in suits:
        raise InputError(
            problem="cet appel ne convient pas, ou plus, à l’opération.", remedy="reprenez sa page."
        )
    aim_at(
        operation=operation,
        call=suits[call_id].call,
        asked=suits[call_id].match.possible,
        author_id=author_of(here),
        by=here.viewer,
        at=now(),
    )
    messages.success(request, "Un brouillon de demande est ajouté au plan de financement.")
    return to_plan(slug, id)
