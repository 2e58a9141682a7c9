"""Frozen texts: arresting one, reading one as it was signed, what the living contract changed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from maillage.contracts.actions.texts import adopt_signed_text, freeze_text, withdraw_text
from maillage.contracts.commitments import unsigned
from maillage.contracts.models import Contract, ContractVersion
from maillage.contracts.readable import Part, by_procedure, parts, titles
from maillage.contracts.reading import version_in_force
from maillage.contracts.snapshot import build_snapshot, digest, drift
from maillage.contracts.strategies import frozen_tree
from maillage.contracts.tables import CAPACITIES, KINDS
from maillage.operations.committed import committed
from maillage.operations.inscribed import inscribed
from maillage.operations.visibility import visible_lines
from maillage.web.viewers import now, signed_in, viewer
from maillage.web.views.contracts.acts import contract_for, do, page_of


@signed_in
@require_POST
def freeze(request: HttpRequest, slug: str) -> HttpResponse:
    contract, _ = contract_for(request, slug, "text.freeze")
    return do(
        request,
        lambda: freeze_text(
            contract=contract,
            committed=committed(contract),
            operations=inscribed(contract),
            by=viewer(request),
            at=now(),
        ),
        page_of(contract, "#versions"),
        "Le texte est arrêté : les signatures peuvent se consigner.",
    )


@signed_in
@require_POST
def adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """For a contract that was signed before it came here."""
    contract, _ = contract_for(request, slug, "text.freeze")
    return do(
        request,
        lambda: adopt_signed_text(
            contract=contract, operations=inscribed(contract), by=viewer(request), at=now()
        ),
        page_of(contract, "#versions"),
        "Le texte signé est repris comme version 1.",
    )


@signed_in
@require_POST
def withdraw(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    contract, _ = contract_for(request, slug, "text.freeze")
    found = get_object_or_404(ContractVersion, pk=id, contract=contract)
    return do(
        request,
        lambda: withdraw_text(version=found, by=viewer(request), at=now()),
        page_of(contract, "#versions"),
        "Le texte est rouvert.",
    )


def version(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """The text as it was frozen, to read or to print, whatever has changed since."""
    contract, _ = contract_for(request, slug, "contract.read")
    found = get_object_or_404(ContractVersion, pk=id, contract=contract)
    snapshot = found.snapshot
    about = {
        "contract": contract,
        "version": found,
        "text": snapshot["contract"]["contract"],
        "kind": KINDS[snapshot["contract"]["contract"]["kind"]],
        "perimeter": snapshot["perimeter"].get("perimeter"),
        "members": snapshot["members"].values(),
        "communes": snapshot["communes"].values(),
        "parties": [
            {**party, "label": CAPACITIES[party["capacity"]].label}
            for party in snapshot["parties"].values()
        ],
        "strategy": frozen_tree(snapshot["strategy"]),
        "programmes": snapshot["programmes"].values(),
        "operations": snapshot["operations"].values(),
        "signatures": found.signatures.select_related("party__organisation"),
        "genuine": digest(snapshot) == found.digest,
    }
    return render(request, "web/contracts/version.html", about)


def drifts(request: HttpRequest, slug: str) -> HttpResponse:
    """What the living contract says that its signed text does not."""
    contract, subject = contract_for(request, slug, "contract.read")
    held = version_in_force(contract)
    rows = since_signature(contract, held) if held else []
    engaged = committed(contract, visible_lines(viewer(request), contract, subject))
    found = {
        "contract": contract,
        "version": held,
        "parts": rows,
        "asks": by_procedure(rows),
        "unsigned": unsigned(engaged, held) if held else (),
    }
    return render(request, "web/contracts/drift.html", found)


def since_signature(contract: Contract, version: ContractVersion) -> list[Part]:
    """Differences between a signed text and the contract of today, its operations included."""
    living = build_snapshot(contract, inscribed(contract))
    changes = drift(version.snapshot, living, with_operations=True)
    return parts(changes, titles(version.snapshot, living))
