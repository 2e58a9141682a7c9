"""An avenant: its differences, its text, its entry in force."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from maillage.accounts.conflicts import ConflictError
from maillage.common.errors import InputError, NotFoundError
from maillage.contracts.actions.avenants import (
    abandon_avenant,
    differences,
    edit_avenant,
    enforce_avenant,
    freeze_avenant,
    open_an_avenant,
)
from maillage.contracts.diff import FREE, Change, diff
from maillage.contracts.footprints import footprint
from maillage.contracts.life import missing_for
from maillage.contracts.models import Avenant, Contract
from maillage.contracts.readable import parts, titles
from maillage.contracts.reading import facts_of, signatories
from maillage.contracts.snapshot import build_snapshot
from maillage.contracts.tables import INSTANCES, OPINIONS
from maillage.operations.inscribed import inscribed
from maillage.web.forms.contracts import EnforceForm, NewAvenantForm
from maillage.web.revisions import revision_of
from maillage.web.viewers import allowed, now, signed_in, viewer
from maillage.web.views.conflict import Row, conflict
from maillage.web.views.contracts.acts import Asked, ask, contract_for, do, page_of


@signed_in
def add(request: HttpRequest, slug: str) -> HttpResponse:
    contract, _ = contract_for(request, slug, "avenant.edit")

    def act(given: dict[str, Any]) -> None:
        open_an_avenant(contract=contract, by=viewer(request), at=now(), **given)

    lead = (
        "Proposez ensuite le périmètre, les parties et la stratégie : les différences s’affichent."
    )
    asked = Asked(
        "Ouvrir un avenant", act, page_of(contract, "#versions"), lead=lead, button="Ouvrir"
    )
    return ask(request, contract, NewAvenantForm(request.POST or None), asked)


def avenant(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The readable difference with the text it amends, and what is left to do."""
    contract, subject = contract_for(request, slug, "contract.read")
    found = _found(contract, number)
    after = (
        found.version.snapshot
        if found.version
        else build_snapshot(contract, inscribed(contract), proposed=True)
    )
    changes = _changes(found)
    left_out = set(found.left_out)
    kept = [c for c in changes if c.section not in FREE or c.key not in left_out]
    facts = facts_of(contract, now().date(), kept)
    binding = signatories(contract, found.version) if found.version else []
    signed = (
        set(found.version.signatures.values_list("party_id", flat=True)) if found.version else set()
    )
    about = {
        "contract": contract,
        "avenant": found,
        "may_choose": any(c.section in FREE for c in changes),
        "parts": parts(changes, titles(found.base.snapshot, after)),
        "left_out": left_out,
        "decisions": list(found.decisions.select_related("rectifies", "rectified_by")),
        "lacks": missing_for(
            "freeze_avenant" if found.status == "draft" else "enforce_avenant", facts
        ),
        "binding": [(party, party.pk in signed) for party in binding],
        "may_edit": allowed(request, "avenant.edit", subject),
        "may_withdraw": found.status == "frozen" and not signed,
        "may_advance": allowed(request, "contract.advance", subject),
        "instances": INSTANCES,
        "opinions": OPINIONS,
        "today": now().date(),
    }
    return render(request, "web/contracts/avenant.html", about)


@signed_in
@require_POST
def act(request: HttpRequest, slug: str, number: int, act: str) -> HttpResponse:
    """``choisir``, ``arreter``, ``abandonner``, ``appliquer``."""
    acts = {"choisir": _choose, "arreter": _freeze, "abandonner": _abandon, "appliquer": _enforce}
    if act not in acts:
        raise NotFoundError("cette page n’existe pas.")
    right = "contract.advance" if act == "appliquer" else "avenant.edit"
    contract, _ = contract_for(request, slug, right)
    return acts[act](request, _found(contract, number))


def _changes(avenant: Avenant) -> list[Change]:
    if avenant.version is None:
        return differences(avenant, inscribed(avenant.contract))
    return diff(avenant.base.snapshot, avenant.version.snapshot)


def _found(contract: Contract, number: int) -> Avenant:
    rows = Avenant.objects.select_related("contract", "base", "version")
    return get_object_or_404(rows, contract=contract, number=number)


def _choose(request: HttpRequest, avenant: Avenant) -> HttpResponse:
    """Every difference that the page showed and that is not ticked is left out. One that came
    since stays as it is: nobody decided on it yet."""
    kept, shown = set(request.POST.getlist("change")), set(request.POST.getlist("shown"))
    free = [c for c in differences(avenant, inscribed(avenant.contract)) if c.section in FREE]
    decided = {c.key for c in free if c.key in shown - kept}
    left_out = decided | (set(avenant.left_out) - shown)

    try:
        edit_avenant(
            avenant=avenant, revision=revision_of(request), title=avenant.title,
            purpose=avenant.purpose, left_out=sorted(left_out), by=viewer(request), at=now(),
        )  # fmt: skip
    except ConflictError as error:
        return conflict(request, error, _choices(error, avenant, free), _address(avenant))
    except InputError as error:
        messages.error(request, error.told)
    else:
        messages.success(request, "L’avenant prend les changements choisis.")
    return redirect(_address(avenant))


def _choices(error: ConflictError, avenant: Avenant, free: list[Change]) -> list[Row]:
    """The differences that one version takes and the other leaves out."""
    living = build_snapshot(avenant.contract, inscribed(avenant.contract), proposed=True)
    told = parts(free, titles(avenant.base.snapshot, living))
    labels = {
        row.key: f"{row.title}, {row.field.lower()}" if row.field else row.title
        for part in told
        for row in part.rows
    }
    now, mine = set(error.now["left_out"]), set(error.mine["left_out"])
    return [
        (labels.get(key, key), *("non pris" if key in side else "pris" for side in (now, mine)))
        for key in sorted(now ^ mine)
    ]


def _freeze(request: HttpRequest, avenant: Avenant) -> HttpResponse:
    return do(
        request,
        lambda: freeze_avenant(
            avenant=avenant,
            revision=revision_of(request),
            operations=inscribed(avenant.contract),
            by=viewer(request),
            at=now(),
        ),
        _address(avenant),
        "Le texte de l’avenant est arrêté : les signatures peuvent se consigner.",
    )


def _abandon(request: HttpRequest, avenant: Avenant) -> HttpResponse:
    return do(
        request,
        lambda: abandon_avenant(
            avenant=avenant, revision=revision_of(request), by=viewer(request), at=now()
        ),
        page_of(avenant.contract, "#versions"),
        "L’avenant est abandonné ; rien de ce qu’il proposait ne reste.",
    )


def _enforce(request: HttpRequest, avenant: Avenant) -> HttpResponse:
    form = EnforceForm(request.POST)
    if not form.is_valid():
        return redirect(_address(avenant))
    coming = avenant.contract.perimeters.filter(since=None).first()
    area = footprint(request.edition.geography, coming.territory) if coming else None
    return do(
        request,
        lambda: enforce_avenant(
            avenant=avenant,
            revision=revision_of(request),
            on=form.cleaned_data["on"],
            area=area,
            by=viewer(request),
            at=now(),
        ),
        page_of(avenant.contract),
        "L’avenant est en vigueur : une nouvelle version remplace la précédente.",
    )


def _address(avenant: Avenant) -> str:
    return page_of(avenant.contract, f"avenants/{avenant.number}/")
