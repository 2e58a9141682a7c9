"""Creating a contract: one at a time, or those of the official files."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from maillage.accounts.perms import Subject
from maillage.common.errors import InputError, NotFoundError
from maillage.common.french import counted
from maillage.contracts.actions.contracts import create_contract
from maillage.contracts.actions.imports import import_contract, import_official, official_list
from maillage.contracts.actions.perimeters import set_perimeter
from maillage.contracts.actions.proposed import add_proposed
from maillage.contracts.footprints import Footprint, footprint
from maillage.contracts.models import Contract
from maillage.contracts.proposed import ProposedParty
from maillage.web.forms.contracts import (
    ImportForm,
)
from maillage.web.forms.openings import NewContractForm
from maillage.web.viewers import RefusedError, may_create, now, require, signed_in, viewer
from maillage.web.views.contracts.acts import Asked, ask
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
    return ask(request, None, ImportForm(request.POST or None), asked)
