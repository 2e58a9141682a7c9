"""Parties, their mandates and their signatures."""

from dataclasses import replace
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from maillage.accounts.actions.organisations import add_organisation
from maillage.common.errors import NotFoundError
from maillage.common.french import long_date
from maillage.contracts.actions.parties import (
    EDITABLE,
    add_party,
    edit_party,
    record_signature,
    remove_party,
    withdraw_signature,
)
from maillage.contracts.models import Contract, ContractVersion, Party, Signature
from maillage.operations.owners import joinable
from maillage.web.forms.parties import NewPartyForm, PartyForm, SignatureForm, WithdrawForm
from maillage.web.revisions import revision_of
from maillage.web.viewers import now, require, signed_in, viewer
from maillage.web.views.contracts.acts import Asked, ask, contract_for, do, page_of

METHOD = "methode"


@signed_in
def add(request: HttpRequest, slug: str) -> HttpResponse:
    contract, _ = contract_for(request, slug, "party.edit")
    form = NewPartyForm(request.POST or None, usual=joinable(contract))

    def act(given: dict[str, Any]) -> None:
        by, at = viewer(request), now()
        body = given["organisation"] or add_organisation(
            name=given["name"], nature=given["nature"], siren=given["siren"], by=by, at=at
        )
        fields = {name: given[name] for name in EDITABLE if name != "required"}
        add_party(
            contract=contract, organisation=body, required=given["required"] or None,
            by=by, at=at, **fields,
        )  # fmt: skip

    return ask(
        request, contract, form, Asked("Ajouter une partie", act, page_of(contract, "#parties"))
    )


@signed_in
def edit(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    contract, _ = contract_for(request, slug, "party.edit")
    party = _party(contract, id)
    initial = {name: getattr(party, name) for name in EDITABLE} | {"revision": party.revision}
    form = PartyForm(request.POST or None, initial=initial)

    def act(given: dict[str, Any]) -> None:
        changes = {name: given[name] for name in EDITABLE}
        edit_party(
            party=party, revision=given["revision"], changes=changes, by=viewer(request), at=now()
        )

    title = f"Partie : {party.organisation.name}"
    return ask(request, contract, form, Asked(title, act, page_of(contract, "#parties")))


@signed_in
@require_POST
def remove(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    contract, _ = contract_for(request, slug, "party.edit")
    party = _party(contract, id)
    return do(
        request,
        lambda: remove_party(
            party=party, revision=revision_of(request), by=viewer(request), at=now()
        ),
        page_of(contract, "#parties"),
        f"{party.organisation.name} est retirée.",
    )


@signed_in
def sign(request: HttpRequest, slug: str, id: int, text: str) -> HttpResponse:
    """``text`` is « methode » or the id of a frozen text."""
    contract, subject = contract_for(request, slug, "contract.read")
    party = _party(contract, id)
    own = replace(subject, organisations=frozenset({party.organisation_id}))
    require(request, "signature.record", own)
    version = None if text == METHOD else _version(contract, text)
    initial = {
        "signed_on": now().date(),
        "mandate_reference": party.mandate_reference,
        "mandate_on": party.mandate_on,
    }
    form = SignatureForm(request.POST or None, request.FILES or None, initial=initial)

    def act(given: dict[str, Any]) -> None:
        record_signature(party=party, version=version, by=viewer(request), at=now(), **given)

    what = f"la version {version.number}" if version else "l’accord de méthode"
    lead = (
        f"Consignez la signature donnée sur papier par {party.organisation.name} pour {what}. "
        "Le site ne signe rien par voie électronique."
    )
    asked = Asked(
        "Consigner une signature", act, page_of(contract, "#parties"), lead=lead,
        button="Consigner", done=f"La signature de {party.organisation.name} est consignée.",
    )  # fmt: skip
    return ask(request, contract, form, asked)


@signed_in
def withdraw(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    contract, _ = contract_for(request, slug, "signature.withdraw")
    rows = Signature.objects.select_related("party__organisation")
    found = get_object_or_404(rows, pk=id, party__contract=contract)
    name = found.party.organisation.name

    def act(given: dict[str, Any]) -> None:
        withdraw_signature(signature=found, by=viewer(request), at=now(), **given)

    lead = (
        f"{name}, {found.signatory}, {long_date(found.signed_on)}. Le retrait et son motif "
        "restent au journal. Un texte en vigueur ne se retire plus : il se modifie par avenant."
    )
    asked = Asked(
        "Retirer une signature consignée par erreur", act, page_of(contract, "#parties"),
        lead=lead, button="Retirer", done=f"La signature de {name} est retirée.",
    )  # fmt: skip
    return ask(request, contract, WithdrawForm(request.POST or None), asked)


@signed_in
def scan(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """The copy of a signed text, given back as a file to keep."""
    contract, _ = contract_for(request, slug, "signature.open")
    found = get_object_or_404(Signature, pk=id, party__contract=contract)
    if not found.scan:
        raise NotFoundError("aucun exemplaire n’est joint à cette signature.")
    name = f"signature-{found.pk}.pdf"
    response = FileResponse(found.scan.open(), as_attachment=True, filename=name)
    response["Content-Security-Policy"] = "sandbox"
    return response


def _party(contract: Contract, id: int) -> Party:
    rows = Party.objects.select_related("organisation", "contract")
    return get_object_or_404(rows, pk=id, contract=contract, until=None)


def _version(contract: Contract, text: str) -> ContractVersion:
    if not text.isdigit():
        raise NotFoundError("ce texte n’existe pas.")
    return get_object_or_404(ContractVersion, pk=int(text), contract=contract)
