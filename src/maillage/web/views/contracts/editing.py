"""Writing what a contract says: its identity, its perimeter, what it shows to all."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from maillage.accounts.models import Organisation
from maillage.contracts.actions.contracts import edit_contract, publish
from maillage.contracts.actions.decisions import Authority
from maillage.contracts.actions.perimeters import propose_perimeter, set_perimeter
from maillage.contracts.footprints import footprint
from maillage.contracts.reading import mine, open_avenant
from maillage.contracts.tables import KINDS
from maillage.web.forms.contracts import (
    ContractForm,
    PerimeterForm,
    PublicationForm,
    SetPerimeterForm,
)
from maillage.web.viewers import now, signed_in, viewer
from maillage.web.views.contracts.acts import Asked, ask, contract_for, page_of


@signed_in
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    contract, _ = contract_for(request, slug, "contract.edit")
    choices = {
        "organisations": Organisation.objects.filter(parties__contract=contract).distinct(),
        "contracts": mine(viewer(request)).exclude(pk=contract.pk),
    }
    names = [name for name in ContractForm.base_fields if name != "revision"]
    initial = {name: getattr(contract, name) for name in names} | {"revision": contract.revision}
    if contract.starts_on and not contract.ends_on:
        initial["ends_on"] = KINDS[contract.kind].usual_end(contract.starts_on)
    form = ContractForm(request.POST or None, initial=initial, **choices)

    def act(given: dict[str, Any]) -> None:
        changes = {name: given[name] for name in names}
        edit_contract(
            contract=contract, revision=given["revision"], changes=changes,
            by=viewer(request), at=now(),
        )  # fmt: skip

    return ask(request, contract, form, Asked("Modifier le contrat", act, page_of(contract)))


@signed_in
def perimeter(request: HttpRequest, slug: str) -> HttpResponse:
    """In force at once before signature; proposed by the open avenant afterwards."""
    contract, _ = contract_for(request, slug, "contract.edit")
    initial = {"territory": contract.territory, "revision": contract.revision}
    avenant = open_avenant(contract)
    proposes = avenant is not None and avenant.status == "draft"
    initial |= {"instance": "prefect", "decided_on": now().date()}
    cls = PerimeterForm if proposes else SetPerimeterForm
    form = cls(request.POST or None, initial=initial)

    def act(given: dict[str, Any]) -> None:
        area = footprint(request.edition.geography, given["territory"])
        by, at, revision = viewer(request), now(), given["revision"]
        if proposes:
            propose_perimeter(contract=contract, revision=revision, area=area, by=by, at=at)
        else:
            authority = Authority(given["instance"], given["decided_on"], given["reference"])
            set_perimeter(
                contract=contract, revision=revision, area=area, since=given["decided_on"],
                authority=authority, by=by, at=at,
            )  # fmt: skip

    title = "Proposer un périmètre" if avenant else "Arrêter le périmètre"
    return ask(request, contract, form, Asked(title, act, page_of(contract, "#perimetre")))


@signed_in
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    contract, _ = contract_for(request, slug, "contract.publish")
    day = contract.published_on or now().date()
    initial = {"published_on": day, "revision": contract.revision}
    form = PublicationForm(request.POST or None, initial=initial)

    def act(given: dict[str, Any]) -> None:
        publish(
            contract=contract, revision=given["revision"], on=given["published_on"],
            by=viewer(request), at=now(),
        )  # fmt: skip

    lead = (
        "La fiche publique montre l’identité du contrat, son périmètre, ses parties et la "
        "stratégie du texte signé. De l’argent, elle ne montre que les lignes ouvertes à tous, une "
        "par une. Ni brouillons, ni journal."
    )
    return ask(
        request, contract, form, Asked("Publier la fiche", act, page_of(contract), lead=lead)
    )
