"""Creating a contract, writing what it says, taking its steps, recording what was decided."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from maillage.accounts.models import Organisation
from maillage.accounts.perms import Subject
from maillage.common.errors import InputError, NotFoundError
from maillage.common.french import counted
from maillage.contracts.actions.contracts import create_contract, edit_contract, publish
from maillage.contracts.actions.decisions import Authority, record_decision
from maillage.contracts.actions.imports import import_contract, import_official, official_list
from maillage.contracts.actions.life import Answers, advance
from maillage.contracts.actions.perimeters import propose_perimeter, set_perimeter
from maillage.contracts.actions.proposed import add_proposed
from maillage.contracts.footprints import Footprint, footprint
from maillage.contracts.models import Contract
from maillage.contracts.proposed import ProposedParty
from maillage.contracts.reading import mine, open_avenant
from maillage.contracts.tables import KINDS, STEPS
from maillage.operations.actions.outcomes import decide_on
from maillage.web.forms import contracts as forms
from maillage.web.forms.openings import NewContractForm
from maillage.web.viewers import RefusedError, may_create, now, require, signed_in, viewer
from maillage.web.views.contracts.acts import Asked, ask, contract_for, page_of
from maillage.web.views.contracts.leading import lead_when_able


@signed_in
def create(request: HttpRequest) -> HttpResponse:
    """Whoever creates a contract as chef de projet becomes that of this contract."""
    if not may_create(viewer(request)):
        raise RefusedError("factor" if may_create(replace(viewer(request), strong=True)) else "")
    asked = request.POST.get("territory", request.GET.get("territoire", ""))
    area = _area(request, asked)
    initial = {"territory": asked, "name": request.GET.get("nom", "")}
    form = NewContractForm(request.POST or None, area=area, initial=initial)

    @transaction.atomic
    def act(given: dict[str, Any]) -> Contract:
        area = footprint(request.edition.geography, given["territory"])
        where = _require(request, area)
        made = _made(request, given, area, form.chosen())
        lead_when_able(made, viewer(request), where, now())
        return made

    told = Asked("Nouveau contrat", act, "", button="Créer le contrat", done="Le contrat est créé.")
    if area is not None and form.unseen and form.is_valid():
        _require(request, area)
        told = replace(told, lead="Décochez ce qui n’est pas partie au contrat, puis créez-le.")
        about = {"form": form, "asked": told, "contract": None, "back": ""}
        return render(request, "web/contracts/form.html", about)
    return ask(request, None, form, told)


def _require(request: HttpRequest, area: Footprint) -> Subject:
    """What they are let to create it over. RefusedError when nothing lets them."""
    where = Subject(places=frozenset(place.id for place in area.places))
    require(request, "contract.create", where)
    return where


def _area(request: HttpRequest, territory: str) -> Footprint | None:
    """None for no territory, or one that nobody knows: the form says it when it is sent."""
    try:
        return footprint(request.edition.geography, territory) if territory else None
    except (InputError, NotFoundError):
        return None


def _made(
    request: HttpRequest, given: dict[str, Any], area: Footprint, parties: list[ProposedParty]
) -> Contract:
    by, at = viewer(request), now()
    common = {
        "kind": given["kind"],
        "name": given["name"],
        "code": given["code"],
        "by": by,
        "at": at,
    }
    if given["already"]:
        return import_contract(
            area=area,
            signed_on=given["signed_on"],
            ends_on=given["ends_on"],
            parties=parties,
            **common,
        )
    made = create_contract(ends_on=given["ends_on"], **common)
    set_perimeter(contract=made, revision=made.revision, area=area, since=at.date(), by=by, at=at)
    add_proposed(contract=made, parties=parties, by=by, at=at)
    return made


@signed_in
def import_list(request: HttpRequest) -> HttpResponse:
    """The contracts of the official files that the served edition holds."""
    require(request, "contract.import")
    geography = request.edition.geography
    count = sum(1 for _ in official_list(geography))

    def act(given: dict[str, Any]) -> None:
        import_official(geography=geography, ends_on=given["ends_on"], by=viewer(request), at=now())

    lead = (
        f"Les fichiers officiels de ce millésime décrivent {counted(count, 'contrat')}. "
        "Ceux qui sont déjà ici ne changent pas. Un contrat dont la signature est datée est repris "
        "« en vigueur » ; les autres sont « en préparation »."
    )
    asked = Asked(
        "Importer la liste officielle", act, reverse("contracts"), lead=lead,
        button="Importer", done="Les contrats de la liste sont là.",
    )  # fmt: skip
    return ask(request, None, forms.ImportForm(request.POST or None), asked)


@signed_in
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    contract, _ = contract_for(request, slug, "contract.edit")
    choices = {
        "organisations": Organisation.objects.filter(parties__contract=contract).distinct(),
        "contracts": mine(viewer(request)).exclude(pk=contract.pk),
    }
    names = [name for name in forms.ContractForm.base_fields if name != "revision"]
    initial = {name: getattr(contract, name) for name in names} | {"revision": contract.revision}
    if contract.starts_on and not contract.ends_on:
        initial["ends_on"] = KINDS[contract.kind].usual_end(contract.starts_on)
    form = forms.ContractForm(request.POST or None, initial=initial, **choices)

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
    cls = forms.PerimeterForm if proposes else forms.SetPerimeterForm
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
    form = forms.PublicationForm(request.POST or None, initial=initial)

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


@signed_in
def step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    taken = STEPS.get(step)
    if taken is None:
        raise NotFoundError("cette étape n’existe pas.")
    contract, _ = contract_for(request, slug, taken.right)
    initial = {
        "on": now().date(),
        "ends_on": contract.ends_on,
        "revision": contract.revision,
    }
    form = forms.StepForm(request.POST or None, initial=initial, asks=taken.asks)

    def act(given: dict[str, Any]) -> None:
        advance(
            contract=contract, revision=given["revision"], step=step, on=given["on"],
            answers=_answers(given), by=viewer(request), at=now(),
        )  # fmt: skip

    asked = Asked(
        taken.label, act, page_of(contract), button=taken.label, done="L’étape est constatée."
    )
    return ask(request, contract, form, asked)


def _answers(given: dict[str, Any]) -> Answers:
    authority = (
        Authority(given["instance"], given["decided_on"], given["reference"])
        if "instance" in given
        else None
    )
    return Answers(authority, given.get("ends_on"), given.get("text", ""))


@signed_in
def decision(request: HttpRequest, slug: str) -> HttpResponse:
    """The decision founds the open avenant when its object says so."""
    contract, _ = contract_for(request, slug, "decision.record")
    avenant = open_avenant(contract)
    initial = {"kind": "avenant" if avenant else "operations", "instance": "copil"}
    alive = contract.operations.exclude(status="dropped")
    form = forms.DecisionForm(
        request.POST or None, request.FILES or None, initial=initial, operations=alive
    )

    @transaction.atomic
    def act(given: dict[str, Any]) -> None:
        authority = Authority(
            given["instance"], given["decided_on"], given["reference"],
            given["cotech_opinion"], given["cotech_on"], given["document"],
        )  # fmt: skip
        made = record_decision(
            contract=contract, kind=given["kind"], authority=authority, subject=given["subject"],
            avenant=avenant if given["kind"] == "avenant" else None, by=viewer(request), at=now(),
        )  # fmt: skip
        decide_on(
            decision=made, operations=alive.filter(pk__in=given["operations"]),
            outcome=given["outcome"], by=viewer(request), at=now(),
        )  # fmt: skip

    return ask(
        request,
        contract,
        form,
        Asked("Consigner une décision", act, page_of(contract, "#decisions")),
    )
