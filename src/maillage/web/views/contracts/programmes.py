"""Programmes and other contracts that a contract references, integrates, or no longer names."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from maillage.contracts.actions.programmes import (
    forget_programme,
    integrate_programme,
    reference_programme,
)
from maillage.contracts.models import ProgrammeLink
from maillage.web.forms.strategy import IntegrateForm, ProgrammeForm
from maillage.web.revisions import revision_of
from maillage.web.viewers import now, signed_in, viewer
from maillage.web.views.contracts.acts import Asked, ask, contract_for, do, page_of


@signed_in
def add(request: HttpRequest, slug: str) -> HttpResponse:
    contract, _ = contract_for(request, slug, "programme.edit")

    def act(given: dict[str, Any]) -> None:
        reference_programme(contract=contract, by=viewer(request), at=now(), **given)

    form = ProgrammeForm(request.POST or None)
    asked = Asked("Rattacher un programme ou un contrat", act, page_of(contract, "#programmes"))
    return ask(request, contract, form, asked)


@signed_in
def integrate(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    contract, _ = contract_for(request, slug, "programme.edit")
    link = get_object_or_404(ProgrammeLink, pk=id, contract=contract)
    initial = {"integrated_on": now().date(), "revision": link.revision}
    form = IntegrateForm(request.POST or None, initial=initial)

    def act(given: dict[str, Any]) -> None:
        integrate_programme(
            link=link, revision=given["revision"], on=given["integrated_on"],
            by=viewer(request), at=now(),
        )  # fmt: skip

    lead = "À partir de ce jour, ses actions font partie du contrat."
    asked = Asked(f"Intégrer : {link.name}", act, page_of(contract, "#programmes"), lead=lead)
    return ask(request, contract, form, asked)


@signed_in
@require_POST
def forget(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    contract, _ = contract_for(request, slug, "programme.edit")
    rows = ProgrammeLink.objects.select_related("contract")
    link = get_object_or_404(rows, pk=id, contract=contract)
    name = link.name
    return do(
        request,
        lambda: forget_programme(
            link=link, revision=revision_of(request), by=viewer(request), at=now()
        ),
        page_of(contract, "#programmes"),
        f"« {name} » n’est plus rattaché au contrat.",
    )
