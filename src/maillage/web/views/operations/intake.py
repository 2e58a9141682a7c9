"""Bringing a spreadsheet in: choose it, say what its columns hold, enter its good rows."""

import io
import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from maillage.accounts.conflicts import ConflictError
from maillage.accounts.models import Organisation
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError, NotFoundError
from maillage.common.french import counted
from maillage.operations.actions import intakes as acts
from maillage.operations.actions.intake_columns import settle_columns
from maillage.operations.actions.intake_entry import enter_rows
from maillage.operations.attached_files import KINDS
from maillage.operations.intake.grids import LARGEST
from maillage.operations.intake.stages import SECTIONS, STAGES, takes_stage
from maillage.operations.intake.values import plain
from maillage.operations.intake_columns import columns_asked, field_choices
from maillage.operations.intakes import read_intake
from maillage.operations.models import Intake
from maillage.operations.vocabulary import choices
from maillage.web.forms.intake import KnownOwnerForm
from maillage.web.revisions import revision_of
from maillage.web.viewers import now
from maillage.web.views.conflict import conflict
from maillage.web.views.operations.here import Here, on_contract
from maillage.web.views.operations.intake_columns import (
    SEEN,
    mapping_sent,
    paid_on_sent,
    shown_columns,
    usual_section,
)
from maillage.web.views.operations.intake_conflicts import cells_of, meanings

RIGHT = "operation.import"
_CELL = re.compile(r"cell-(\d+)")


def start(request: HttpRequest, slug: str) -> HttpResponse:
    """The first step: a file; and the files that came before."""
    here = on_contract(request, slug, RIGHT)
    if request.method == "POST":
        sent = request.FILES.get("file")
        if sent is None:
            raise InputError(
                problem="aucun fichier n’a été choisi.", remedy="choisissez votre tableau."
            )
        made = acts.start_intake(
            contract=here.contract,
            name=sent.name or "",
            content=sent.read(LARGEST + 1),
            by=here.viewer,
            at=now(),
        )
        return redirect("operations-intake-columns", slug=slug, id=made.pk)
    found = here.found(intakes=here.contract.intakes.select_related("started_by"), view="intake")
    found["demonstration"] = settings.DEMO
    return render(request, "web/operations/intake_start.html", found)


def sample(request: HttpRequest, slug: str) -> HttpResponse:
    """In the demonstration only: the untidy spreadsheet of an office, to try."""
    here = on_contract(request, slug, RIGHT)
    if not settings.DEMO:
        raise NotFoundError("ce tableau n’existe que dans la démonstration.")
    rows = here.contract.parties.filter(capacity="epci", until=None)
    names = list(rows.values_list("organisation__name", flat=True)) or [here.contract.name]
    from maillage.synth.files.office_workbook import office_workbook  # scipy, for one view

    content = office_workbook(names)
    name = "tableau-de-bord-fictif.xlsx"
    return FileResponse(
        io.BytesIO(content), as_attachment=True, filename=name, content_type=KINDS["xlsx"]
    )


def columns(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """The second step: what each column holds. Nothing is guessed silently."""
    here, intake = _intake(request, slug, id)
    office = _office(here.viewer)
    sheets = columns_asked(intake, office)
    if not sheets:
        raise InputError(
            problem="aucune feuille de ce fichier n’a d’en-têtes que l’on reconnaisse.",
            remedy="donnez à vos colonnes des titres comme « Intitulé », « Maître d’ouvrage », "
            "« Coût total HT », « DETR ».",
            file=intake.name,
        )
    if request.method == "POST":
        try:
            settle_columns(
                intake=intake, revision=revision_of(request),
                mapping=mapping_sent(request.POST, sheets), paid_on=paid_on_sent(request),
                organisation_id=office, by=here.viewer, at=now(),
            )  # fmt: skip
        except ConflictError as error:
            back = reverse("operations-intake-columns", kwargs={"slug": slug, "id": id})
            return conflict(request, error, meanings(error, sheets), back, here.found())
        return redirect("operations-intake", slug=slug, id=id)
    shown = shown_columns(sheets, intake.mapping or {})
    found = here.found(
        intake=intake,
        view="intake",
        cost_sections=SECTIONS,
        usual=usual_section(shown),
        asks_section=any(takes_stage(one.field) for _, columns in shown for one in columns),
        questions=choices("question"),
        choices=list(field_choices()),
        stages=[(stage, label, SEEN[stage]) for stage, label in STAGES.items()],
        sheets=shown,
    )
    return render(request, "web/operations/intake_columns.html", found)


def rows(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """The third step: what will enter, what must be corrected, what is left aside."""
    here, intake = _intake(request, slug, id)
    if intake.mapping is None:
        return redirect("operations-intake-columns", slug=slug, id=id)
    read = read_intake(intake)
    found = here.found(
        intake=intake,
        view="intake",
        read=read,
        ready=read.of("ready"),
        doubtful=read.of("doubtful"),
        entered=read.of("entered"),
        ignored=read.of("ignored"),
        amounts=[(STAGES[stage], count, SEEN[stage]) for stage, count in read.amounts.items()],
        owners=[(name, KnownOwnerForm(contract=here.contract, name=name)) for name in read.unknown],
    )
    return render(request, "web/operations/intake_rows.html", found)


@require_POST
def enter(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    here, intake = _intake(request, slug, id)
    seen = request.POST.get("seen", "")
    if not seen:
        raise InputError(
            problem="cette page ne dit pas ce qu’elle ferait entrer.", remedy="rechargez-la."
        )
    try:
        created, updated = enter_rows(intake=intake, seen=seen, by=here.viewer, at=now())
    except ConflictError:
        messages.error(
            request,
            "Le tableau ou le portefeuille a changé depuis que vous l’avez lu : rien n’est entré. "
            "Relisez ce qui va changer, puis recommencez.",
        )
        return redirect("operations-intake", slug=slug, id=id)
    told = counted(created, "opération créée", "opérations créées")
    if updated:
        told += f", {counted(updated, 'mise à jour', 'mises à jour')}"
    messages.success(request, f"{told}.")
    return redirect("operations-intake", slug=slug, id=id)


@require_POST
def row(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """One row: its cells written again, or left aside."""
    here, intake = _intake(request, slug, id)
    place = {"sheet": request.POST.get("sheet", ""), "row": _number(request.POST.get("row", ""))}
    revision = revision_of(request)
    given = {"intake": intake, "revision": revision, "by": here.viewer, "at": now(), **place}
    cells = {
        int(match[1]): value.strip()
        for name, value in request.POST.items()
        if (match := _CELL.fullmatch(name))
    }
    try:
        if request.POST.get("act") == "ignore":
            acts.ignore_row(**given)
        else:
            acts.correct_row(cells=cells, **given)
    except ConflictError as error:
        back = reverse("operations-intake", kwargs={"slug": slug, "id": id})
        told = cells_of(error, (intake.mapping or {}).get(str(place["sheet"]), {}))
        return conflict(request, error, told, back, here.found(intake=intake))
    response: HttpResponse = redirect("operations-intake", slug=slug, id=id)
    response["Location"] += "#a-corriger"
    return response


@require_POST
def owner(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """Which organisation a name of the file stands for: a known one, or a new one."""
    here, intake = _intake(request, slug, id)
    revision = revision_of(request)
    name = request.POST.get("name", "")
    form = KnownOwnerForm(request.POST, contract=here.contract, name=name)
    if not form.is_valid():
        said = " ".join(error for errors in form.errors.values() for error in errors)
        raise InputError(problem=said, remedy="choisissez un organisme, ou sa nature.", value=name)
    try:
        _recognise(here, intake, revision, name, form.cleaned_data)
    except ConflictError as error:
        back = reverse("operations-intake", kwargs={"slug": slug, "id": id})
        held = Organisation.objects.filter(pk=error.now["owners"].get(plain(name))).first()
        mine = form.cleaned_data["organisation"] or f"{name} (nouvel organisme)"
        rows = [(name, str(held or "–"), str(mine))]
        return conflict(request, error, rows, back, here.found(intake=intake))
    return redirect("operations-intake", slug=slug, id=id)


@transaction.atomic
def _recognise(
    here: Here, intake: Intake, revision: int, name: str, given: Mapping[str, Any]
) -> None:
    """No new organisation stays behind when somebody recognised the name meanwhile."""
    by, at = here.viewer, now()
    body = given["organisation"] or acts.add_owner(
        contract=here.contract, name=name, nature=given["nature"], by=by, at=at
    )
    acts.recognise(intake=intake, revision=revision, name=name, organisation=body, by=by, at=at)


def _intake(request: HttpRequest, slug: str, id: int) -> tuple[Here, Intake]:
    here = on_contract(request, slug, RIGHT)
    return here, get_object_or_404(here.contract.intakes.select_related("contract"), pk=id)


def _office(viewer: Viewer) -> int | None:
    """The organisation whose headings are remembered."""
    named = [c.organisation_id for c in viewer.capacities if c.organisation_id]
    return named[0] if named else None


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise InputError(problem="cette ligne n’existe pas.", remedy="rechargez la page.")
    return int(text)
