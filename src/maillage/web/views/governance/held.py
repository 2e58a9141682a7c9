"""A meeting once it was held: attendance, conclusions, decisions, minutes."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from maillage.common.errors import NotFoundError
from maillage.contracts.models import Contract
from maillage.contracts.reading import reached
from maillage.governance.actions.decided import attach_decision, decide, kind_for
from maillage.governance.actions.held import conclude, correct, record_attendance, record_minutes
from maillage.governance.models import AgendaItem, Meeting
from maillage.governance.reading import attachable, gives_opinion, reference_of, title_of
from maillage.web.forms import governance as forms
from maillage.web.viewers import now, require, signed_in, viewer
from maillage.web.views.contracts.acts import Asked, ask
from maillage.web.views.governance.here import meeting_for, page_of_meeting


@signed_in
def attendance(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """Saying who came says that the meeting was held."""
    contract, _, row = meeting_for(request, slug, id, "meeting.edit")
    initial = {"revision": row.revision, "guests": row.guests}
    rows = list(row.attendances.all())
    form = forms.AttendanceForm(request.POST or None, initial=initial, rows=rows)

    def act(given: dict[str, Any]) -> None:
        record_attendance(
            meeting=row, revision=given["revision"], came=form.came(), guests=given["guests"],
            by=viewer(request), at=now(),
        )  # fmt: skip

    asked = Asked(
        "Présences", act, page_of_meeting(contract, row, "#presences"), lead=title_of(row),
        button="Consigner les présences", done="Les présences sont consignées.",
    )  # fmt: skip
    return ask(request, contract, form, asked, "web/governance/attendance.html")


@signed_in
def outcome(request: HttpRequest, slug: str, id: int, item_id: int) -> HttpResponse:
    """What was concluded on a point."""
    contract, _, row = meeting_for(request, slug, id, "meeting.edit")
    item = _item(row, item_id)
    initial = {"revision": row.revision, "outcome": item.outcome, "opinion": item.opinion}
    form = forms.ConcludeForm(request.POST or None, initial=initial, opines=gives_opinion(item))

    def act(given: dict[str, Any]) -> None:
        conclude(
            item=item, revision=given["revision"], outcome=given["outcome"],
            opinion=given.get("opinion", ""), by=viewer(request), at=now(),
        )  # fmt: skip

    back = page_of_meeting(contract, row, f"#point-{item.pk}")
    return ask(request, contract, form, Asked("Suite donnée", act, back, lead=item.title))


@signed_in
def decision(request: HttpRequest, slug: str, id: int, item_id: int | None = None) -> HttpResponse:
    """On a point, or besides the agenda; for one of the contracts the committee is common to."""
    contract, subject, row = meeting_for(request, slug, id, "meeting.edit")
    require(request, "decision.record", subject)
    item = _item(row, item_id) if item_id is not None else None
    operation = item.operation if item else None
    initial = {
        "contract": contract,
        "kind": kind_for(item),
        "subject": item.title if item else "",
        "operations": [operation] if operation else [],
        "becomes": "other" if operation else "",
        "opinion": operation.cotech_opinion if operation else "",
        "opinion_on": operation.cotech_on if operation else None,
    }
    form = forms.TakenForm(request.POST or None, initial=initial, contracts=_deciding(request, row))

    def act(given: dict[str, Any]) -> None:
        decide(
            meeting=row, item=item, contract=given.get("contract") or contract,
            subject=given["subject"], kind=given["kind"], opinion=given["opinion"],
            opinion_on=given["opinion_on"], operations=given["operations"],
            becomes=given["becomes"], votes=form.votes(), by=viewer(request), at=now(),
        )  # fmt: skip

    asked = Asked(
        "Consigner une décision", act, page_of_meeting(contract, row, "#ordre-du-jour"),
        lead=f"{title_of(row)}. Référence : {reference_of(row)}.", button="Consigner",
        done="La décision est consignée.",
    )  # fmt: skip
    return ask(request, contract, form, asked)


def _deciding(request: HttpRequest, row: Meeting) -> Any:
    """The contracts of the committee for which the viewer may record decisions."""
    ids = [row.committee.contract_id, *row.committee.shared_with.values_list("pk", flat=True)]
    return reached(viewer(request), "decision.record").filter(pk__in=ids)


@signed_in
def attach(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """A decision recorded elsewhere, of the same body and day."""
    contract, _, row = meeting_for(request, slug, id, "meeting.edit")
    contracts: list[Contract] = list(_deciding(request, row))
    decisions = attachable(row, contracts)
    form = forms.AttachForm(request.POST or None, decisions=decisions)

    def act(given: dict[str, Any]) -> None:
        attach_decision(meeting=row, decision=given["decision"], by=viewer(request), at=now())

    lead = (
        "Les décisions de cette instance, prises ce jour-là et consignées ailleurs dans le contrat."
        if decisions
        else "Aucune décision de cette instance, à cette date, n’attend d’être rattachée."
    )
    asked = Asked(
        "Rattacher une décision", act, page_of_meeting(contract, row), lead=lead,
        button="Rattacher", done="La décision est rattachée.",
    )  # fmt: skip
    return ask(request, contract, form, asked)


@signed_in
def close(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """Its minutes: after them nothing is rewritten."""
    contract, _, row = meeting_for(request, slug, id, "meeting.edit")
    initial = {"revision": row.revision, "reference": reference_of(row)}
    form = forms.MinutesForm(request.POST or None, request.FILES or None, initial=initial)

    def act(given: dict[str, Any]) -> None:
        record_minutes(
            meeting=row, revision=given["revision"], reference=given["reference"],
            document=given["document"], by=viewer(request), at=now(),
        )  # fmt: skip

    lead = (
        "Une fois le compte rendu consigné, l’ordre du jour, les présences et les suites ne "
        "changent plus ; une rectification s’y ajoute."
    )
    asked = Asked(
        "Consigner le compte rendu", act, page_of_meeting(contract, row), lead=lead,
        button="Consigner", done="Le compte rendu est consigné.",
    )  # fmt: skip
    return ask(request, contract, form, asked)


def minutes(request: HttpRequest, slug: str, id: int) -> HttpResponseBase:
    """The minutes, as a file to keep."""
    _, _, row = meeting_for(request, slug, id)
    if not row.minutes:
        raise NotFoundError("aucun compte rendu n’est joint à cette réunion.")
    response = FileResponse(
        row.minutes.open(), as_attachment=True, filename=f"compte-rendu-{row.pk}.pdf"
    )
    response["Content-Security-Policy"] = "sandbox"
    return response


@signed_in
def put_right(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """A correction, added under the minutes."""
    contract, _, row = meeting_for(request, slug, id, "meeting.edit")
    form = forms.CorrectionForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        correct(meeting=row, text=given["text"], by=viewer(request), at=now())

    asked = Asked(
        "Rectifier le compte rendu", act, page_of_meeting(contract, row, "#compte-rendu"),
        lead=reference_of(row), button="Ajouter la rectification",
        done="La rectification est ajoutée.",
    )  # fmt: skip
    return ask(request, contract, form, asked)


def _item(row: Meeting, id: int) -> AgendaItem:
    rows = AgendaItem.objects.select_related("meeting__committee__contract", "operation", "avenant")
    return get_object_or_404(rows, pk=id, meeting=row)
