"""Bringing a spreadsheet in: choose it, say what its columns hold, enter its good rows."""

import io
import re
from collections.abc import Mapping

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from maillage.accounts.models import Organisation
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError, NotFoundError
from maillage.common.french import counted
from maillage.operations.actions import intakes as acts
from maillage.operations.attached_files import KINDS
from maillage.operations.intake.grids import LARGEST
from maillage.operations.intakes import ColumnAsked, columns_asked, field_choices, read_intake
from maillage.operations.models import Intake
from maillage.synth.files.office_workbook import office_workbook
from maillage.web.forms.intake import KnownOwnerForm
from maillage.web.viewers import now
from maillage.web.views.operations.here import Here, on_contract

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
        mapping = {
            sheet.sheet: {
                column.index: (
                    column.heading,
                    request.POST.get(f"column-{rank}-{column.index}", ""),
                )
                for column in sheet.columns
            }
            for rank, sheet in enumerate(sheets)
        }
        acts.settle_columns(
            intake=intake, mapping=mapping, organisation_id=office, by=here.viewer, at=now()
        )
        return redirect("operations-intake", slug=slug, id=id)
    chosen: Mapping[str, Mapping[str, str]] = intake.mapping or {}
    found = here.found(
        intake=intake,
        view="intake",
        choices=list(field_choices()),
        sheets=[
            (
                sheet,
                [(column, _chosen(column, chosen.get(sheet.sheet))) for column in sheet.columns],
            )
            for sheet in sheets
        ],
    )
    return render(request, "web/operations/intake_columns.html", found)


def _chosen(column: ColumnAsked, settled: Mapping[str, str] | None) -> str:
    """What was settled before; else what is proposed, be it sure or not: a person confirms."""
    return column.field if settled is None else settled.get(str(column.index), "")


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
        owners=[(name, KnownOwnerForm(contract=here.contract, name=name)) for name in read.unknown],
    )
    return render(request, "web/operations/intake_rows.html", found)


@require_POST
def enter(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    here, intake = _intake(request, slug, id)
    created, updated = acts.enter_rows(intake=intake, by=here.viewer, at=now())
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
    given = {"intake": intake, "by": here.viewer, "at": now(), **place}
    if request.POST.get("act") == "ignore":
        acts.ignore_row(**given)
    else:
        cells = {
            int(match[1]): value.strip()
            for name, value in request.POST.items()
            if (match := _CELL.fullmatch(name))
        }
        acts.correct_row(cells=cells, **given)
    response: HttpResponse = redirect("operations-intake", slug=slug, id=id)
    response["Location"] += "#a-corriger"
    return response


@require_POST
def owner(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """Which organisation a name of the file stands for: a known one, or a new one."""
    here, intake = _intake(request, slug, id)
    name = request.POST.get("name", "")
    form = KnownOwnerForm(request.POST, contract=here.contract, name=name)
    if not form.is_valid():
        said = " ".join(error for errors in form.errors.values() for error in errors)
        raise InputError(problem=said, remedy="choisissez un organisme, ou sa nature.", value=name)
    chosen: Organisation | None = form.cleaned_data["organisation"]
    if chosen is None:
        chosen = acts.add_owner(
            contract=here.contract,
            name=name,
            nature=form.cleaned_data["nature"],
            by=here.viewer,
            at=now(),
        )
    acts.recognise(intake=intake, name=name, organisation=chosen, by=here.viewer, at=now())
    return redirect("operations-intake", slug=slug, id=id)


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
