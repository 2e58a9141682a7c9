"""Minutes and signed copies: joined after the fact, and read by whoever may read the contract."""

from dataclasses import replace
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from maillage.common.errors import NotFoundError
from maillage.contracts.actions.papers import attach_minutes, attach_signed_copy
from maillage.contracts.models import Decision, Signature
from maillage.web.forms.pdf import PaperForm
from maillage.web.viewers import now, require, signed_in, viewer
from maillage.web.views.contracts.acts import Asked, ask, contract_for, page_of


def minutes(request: HttpRequest, slug: str, id: int) -> HttpResponseBase:
    """The minutes of a decision."""
    contract, _ = contract_for(request, slug, "contract.read")
    found = get_object_or_404(Decision, pk=id, contract=contract)
    if not found.document:
        raise NotFoundError("aucun compte rendu n’est joint à cette décision.")
    name = f"decision-{id}.pdf"
    response = FileResponse(found.document.open(), as_attachment=True, filename=name)
    response["Content-Security-Policy"] = "sandbox"
    return response


@signed_in
def add_minutes(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    contract, _ = contract_for(request, slug, "decision.record")
    found = get_object_or_404(Decision.objects.select_related("contract"), pk=id, contract=contract)

    def act(given: dict[str, Any]) -> None:
        attach_minutes(decision=found, document=given["document"], by=viewer(request), at=now())

    form = PaperForm(request.POST or None, request.FILES or None)
    asked = Asked(
        "Joindre le compte rendu", act, page_of(contract, "#decisions"), lead=found.subject,
        button="Joindre", done="Le compte rendu est joint.",
    )  # fmt: skip
    return ask(request, contract, form, asked)


@signed_in
def add_signed_copy(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    contract, subject = contract_for(request, slug, "contract.read")
    rows = Signature.objects.select_related("party__organisation", "party__contract", "version")
    found = get_object_or_404(rows, pk=id, party__contract=contract)
    own = replace(subject, organisations=frozenset({found.party.organisation_id}))
    require(request, "signature.record", own)

    def act(given: dict[str, Any]) -> None:
        attach_signed_copy(signature=found, scan=given["document"], by=viewer(request), at=now())

    form = PaperForm(request.POST or None, request.FILES or None)
    text = f"version {found.version.number}" if found.version else "accord de méthode"
    asked = Asked(
        "Joindre l’exemplaire signé", act, page_of(contract, "#parties"),
        lead=f"{found.party.organisation.name}, {text}. Le papier signé fait foi.",
        button="Joindre", done="L’exemplaire signé est joint.",
    )  # fmt: skip
    return ask(request, contract, form, asked)
