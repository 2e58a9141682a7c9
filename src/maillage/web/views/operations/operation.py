"""One operation: its fiche, its gate, its money; writing it."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from maillage.accounts.conflicts import ConflictError
from maillage.accounts.models import JournalEntry
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.actions.decisions import Authority
from maillage.contracts.reading import mine
from maillage.contracts.tables import INSTANCES
from maillage.governance.reading import opinion_given
from maillage.operations.actions.operations import (
    NotReadyError,
    back_to_project,
    edit_operation,
    make_ready,
    open_operation,
)
from maillage.operations.actions.owners import organisations_of
from maillage.operations.called import proposed_calls
from maillage.operations.iso37101 import headings
from maillage.operations.maquette.taxes import NO_TOTAL
from maillage.operations.models import Operation
from maillage.operations.neighbours import similar_operations
from maillage.operations.planned import dossier_of, gate_dossier
from maillage.operations.portfolio import review_one
from maillage.operations.readiness import checklist, missing
from maillage.web.forms.decisions import ReadyForm
from maillage.web.forms.funding import DerogationForm, PaymentForm
from maillage.web.forms.operations import IndicatorForm, OperationForm, initial_of
from maillage.web.papers import commune_names
from maillage.web.revisions import revision_of
from maillage.web.viewers import now
from maillage.web.views.conflict import conflict, labels_of, rows_of
from maillage.web.views.operations.here import Here, on_contract, on_operation

#: Acts on an operation, as the journal reads.
VERBS = {
    "opened": "a ouvert la fiche projet",
    "edited": "a modifié la fiche",
    "decided_on": "a consigné une décision",
    "made_ready": "en a fait une fiche action",
    "back_to_project": "en a refait une fiche projet",
    "commented": "a commenté",
    "attached": "a joint une pièce",
    "detached": "a retiré une pièce",
    "indicator_linked": "a ajouté un indicateur",
    "indicator_unlinked": "a retiré un indicateur",
    "interdependency_noted": "a gardé une interdépendance",
    "derogated": "a saisi une dérogation",
}
#: Lines of the journal shown on the page.
LATEST = 12


def page(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    here, operation = on_operation(request, slug, id)
    row = review_one(here.viewer, operation, here.subject, here.today)
    programmed = [line for line in row.lines if line.kind != "simulation"]
    dossier = dossier_of(operation, row.findings, len(programmed))
    conditions = checklist(dossier, here.today)
    found = here.found(
        row=row,
        no_total=NO_TOTAL,
        proposed_calls=proposed_calls(row, here.today) if here.may["edit"] else (),
        checklist=conditions,
        gate_open=all(holds for _, holds in conditions),
        names=commune_names(request),
        verbs=VERBS,
        grid=_grid(operation.cells),
        purposes=headings("purpose").values(),
        comments=operation.comments.select_related("person"),
        files=operation.attachments.all() if here.may["read_files"] else (),
        journal=_journal(operation.pk),
        similar=similar_operations(request.edition, here.viewer, operation),
        **_continuity(operation, here.viewer),
        outcomes=operation.outcomes.select_related(
            "decision__agenda_item", "decision__rectifies", "decision__rectified_by"
        ),
        opined_at=opinion_given(operation) if operation.cotech_opinion else None,
        instances=INSTANCES,
        ready_form=ReadyForm(initial={"instance": "copil", "decided_on": here.today}),
        payment_form=PaymentForm(),
        derogation_form=DerogationForm(),
        indicator_form=IndicatorForm(),
    )
    return render(request, "web/operations/operation.html", found)


def _continuity(operation: Operation, who: Viewer) -> dict[str, Any]:
    """The fiches before and after it in other contracts, those that the viewer may read."""
    found = Operation.objects.filter(contract__in=mine(who)).select_related("contract")
    return {
        "continues": found.filter(pk=operation.continues_id).first(),
        "continued_by": list(found.filter(continues=operation)),
    }


def _grid(cells: list[list[str]]) -> list[tuple[Any, list[tuple[Any, bool]]]]:
    """A row an issue, a column a purpose: whether the operation serves it."""
    chosen = {tuple(cell) for cell in cells}
    return [
        (issue, [(purpose, (purpose.id, issue.id) in chosen) for purpose in _purposes()])
        for issue in headings("issue").values()
    ]


def _purposes() -> list[Any]:
    return list(headings("purpose").values())


def _journal(id: int) -> list[JournalEntry]:
    """Acts on the operation itself: those on lines follow what each may see."""
    lines = JournalEntry.objects.filter(object_kind="operation", object_id=str(id))
    return list(lines.select_related("person")[:LATEST])


def create(request: HttpRequest, slug: str) -> HttpResponse:
    here = on_contract(request, slug, "operation.create")
    form = OperationForm(request.POST or None, contract=here.contract)
    if request.method == "POST" and form.is_valid() and not form.searching:
        try:
            made = _open(here, form)
        except InputError as error:
            form.add_error(None, error.told)
        else:
            messages.success(request, "La fiche projet est ouverte.")
            return redirect("operations-operation", slug=slug, id=made.pk)
    return _form(request, here, form)


def edit(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    here, operation = on_operation(request, slug, id, "operation.edit")
    form = OperationForm(
        request.POST or None, contract=here.contract, initial=initial_of(operation)
    )
    address = reverse("operations-operation", kwargs={"slug": slug, "id": id})
    if request.method == "POST" and form.is_valid() and not form.searching:
        try:
            _write(here, operation, revision_of(request), form)
        except ConflictError as error:
            return conflict(request, error, rows_of(error, labels_of(form)), address, here.found())
        except InputError as error:
            form.add_error(None, error.told)
        else:
            messages.success(request, "L’opération est enregistrée.")
            return redirect(address)
    return _form(request, here, form)


@transaction.atomic
def _open(here: Here, form: OperationForm) -> Operation:
    owners = organisations_of(chosen=form.chosen(), by=here.viewer, at=now())
    return open_operation(
        contract=here.contract,
        title=form.cleaned_data["title"],
        owners=owners,
        fields=form.given(),
        by=here.viewer,
        at=now(),
    )


@transaction.atomic
def _write(here: Here, operation: Operation, revision: int, form: OperationForm) -> None:
    """No new organisation stays behind when somebody wrote the fiche meanwhile."""
    edit_operation(
        operation=operation,
        revision=revision,
        fields=form.given(),
        owners=organisations_of(chosen=form.chosen(), by=here.viewer, at=now()),
        by=here.viewer,
        at=now(),
    )


def _form(request: HttpRequest, here: Here, form: OperationForm) -> HttpResponse:
    status = 400 if form.errors else 200
    return render(request, "web/operations/form.html", here.found(form=form), status=status)


@require_POST
def ready(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """409, with everything that is missing, when the gate is closed."""
    here, operation = on_operation(request, slug, id, "operation.ready")
    form = ReadyForm(request.POST)
    try:
        revision = revision_of(request)
        lacking = missing(gate_dossier(operation, here.today), here.today)
        if lacking:
            raise NotReadyError(lacking)
        if not form.is_valid():
            raise InputError(
                problem="une fiche action est décidée par une instance.",
                remedy="dites laquelle, quel jour, et où c’est écrit.",
            )
        make_ready(
            operation=operation,
            revision=revision,
            today=here.today,
            authority=Authority(**form.cleaned_data),
            by=here.viewer,
            at=now(),
        )
    except InputError as error:
        messages.error(request, error.told)
    except NotReadyError as error:
        found = here.found(missing=error.missing)
        return render(request, "web/operations/not_ready.html", found, status=409)
    except ConflictError as error:
        messages.error(request, f"{error} Relisez-la avant d’en faire une fiche action.")
    else:
        messages.success(request, "C’est une fiche action : l’opération est prête à démarrer.")
    return redirect("operations-operation", slug=slug, id=id)


@require_POST
def unready(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    here, operation = on_operation(request, slug, id, "operation.ready")
    try:
        back_to_project(
            operation=operation,
            revision=revision_of(request),
            reason=request.POST.get("reason", ""),
            by=here.viewer,
            at=now(),
        )
    except ConflictError as error:
        messages.error(request, f"{error} Relisez-la avant de revenir en fiche projet.")
    else:
        messages.success(request, "C’est de nouveau une fiche projet.")
    return redirect("operations-operation", slug=slug, id=id)
