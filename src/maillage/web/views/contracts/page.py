"""The page of a contract: who, where, when, what comes next and what keeps it."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.accounts.perms import RIGHTS, Subject, can, who_may
from maillage.common.errors import InputError, NotFoundError
from maillage.contracts.actions.successors import SUCCEEDED
from maillage.contracts.commitments import Commitment, unsigned
from maillage.contracts.composition import recomposed
from maillage.contracts.contacts import contacts
from maillage.contracts.life import missing_for, next_steps
from maillage.contracts.models import Contract, ContractVersion, Party
from maillage.contracts.readable import by_procedure
from maillage.contracts.reading import (
    contract_named,
    facts_of,
    may_read,
    open_avenant,
    subject_of,
    text_to_sign,
    version_in_force,
)
from maillage.contracts.snapshot import perimeter_of
from maillage.contracts.strategies import frozen_tree, living_tree
from maillage.contracts.tables import CAPACITIES, INSTANCES, KINDS, OPINIONS, PROGRAMMES, STATUSES
from maillage.drawing.locator import locator_map
from maillage.drawing.paths import Drawing
from maillage.governance.reading import sittings
from maillage.governance.tables import LEVELS as COMMITTEE_LEVELS
from maillage.operations.committed import committed
from maillage.operations.visibility import visible_lines
from maillage.web.viewers import RefusedError, now, viewer
from maillage.web.views.contracts.action import action
from maillage.web.views.contracts.exchanges import exchanges
from maillage.web.views.contracts.first_screen import awaited, next_meeting, opened
from maillage.web.views.contracts.observed import observed
from maillage.web.views.contracts.texts import since_signature

#: The line of life that every contract follows when nothing stops it.
TRACK = ("preparing", "method_agreed", "drafting", "signed", "in_force", "expired", "closed")

#: Levels told of a perimeter, in the alphabetical order of their ids.
LEVELS = {"arrondissement": "Arrondissement", "departement": "Département", "region": "Région"}


def contract(request: HttpRequest, slug: str) -> HttpResponse:
    """Whole for whoever may read it; its public face when it is published."""
    found = contract_named(slug)
    subject = subject_of(found)
    who = viewer(request)
    if not may_read(who, subject):
        if who.person_id is None:
            raise RefusedError("sign-in")
        raise NotFoundError("aucun contrat que vous puissiez lire ne porte cet identifiant.")
    whole = can(who, "contract.read", subject)
    engaged = committed(found, visible_lines(who, found, subject)) if whole else ()
    context = _face(request, found, whole)
    if whole:
        context |= _inside(request, found, engaged)
        context["past_term"] = found.is_past_term(now().date())
        followed = found.status not in SUCCEEDED or context["successors"]
        context["may_succeed"] = not followed and can(who, "contract.create", subject)
        context["contacts"] = contacts(found, now().date())
        held = context["perimeter"]
        context["recomposed"] = held and recomposed(held, request.edition.geography)
        context["engaged"] = {one.organisation_id: one for one in engaged}
        context |= awaited(who, found)
        context["meeting"] = next_meeting(context["sittings"])
    context["opened"] = opened(found, whole)
    reads = can(who, "operation.read", subject)
    context |= observed(request.edition, found, context["glance"], reads=reads)
    if whole:
        context |= action(who, found, subject, context["strategy"], now().date())
    context["may"] = {
        action.replace(".", "_"): can(who, action, subject) for action in RIGHTS if whole
    }
    context["may_step"] = {id for id in RIGHTS if whole and can(who, id, subject)}
    context["sign"] = _signable(request, found, subject) if whole else frozenset()
    return render(request, "web/contracts/contract.html", context)


def _face(request: HttpRequest, contract: Contract, whole: bool) -> dict[str, Any]:
    """What the public may see of a published contract."""
    version = version_in_force(contract)
    nodes = contract.strategy.select_related("parent") if whole else ()
    frozen = frozen_tree(version.snapshot["strategy"]) if version and not whole else ()
    return {
        "contract": contract,
        "whole": whole,
        "kind": KINDS[contract.kind],
        "status": STATUSES[contract.status],
        "track": _track(contract),
        "perimeter": perimeter_of(contract),
        "former": list(contract.perimeters.exclude(until=None).order_by("-until")),
        "places": list(contract.places.filter(level__in=LEVELS).order_by("level", "filed")),
        "level_names": LEVELS,
        "drawing": _drawing(request, contract),
        "glance": exchanges(request.edition, contract.territory, request.path),
        "version": version,
        "parties": _parties(contract, version),
        "strategy": living_tree(nodes) if whole else frozen,
        "successors": list(contract.successors.all()) if whole else [],
    }


def _inside(
    request: HttpRequest, contract: Contract, engaged: tuple[Commitment, ...]
) -> dict[str, Any]:
    """What only those who may read it whole see; ``engaged``: who owns and pays, as they see."""
    facts = facts_of(contract, now().date(), committed=engaged)
    version = version_in_force(contract)
    return {
        "steps": [(n.step, n.blocked, who_may(n.step.right)) for n in next_steps(facts)],
        "text": text_to_sign(contract),
        "text_lacks": missing_for("freeze_text", facts) if contract.status == "drafting" else (),
        "waiting": [name for name in facts.required if name not in facts.signed],
        "avenant": open_avenant(contract),
        "avenants": list(contract.avenants.select_related("version")),
        "versions": list(contract.versions.filter(withdrawn_at=None)),
        "decisions": list(contract.decisions.select_related("rectifies", "rectified_by")),
        "sittings": sittings(contract, now()),
        "levels": COMMITTEE_LEVELS,
        "programmes": list(contract.programmes.all()),
        "drift": by_procedure(since_signature(contract, version)) if version else [],
        "unsigned": unsigned(engaged, version) if version else (),
        "instances": INSTANCES,
        "opinions": OPINIONS,
        "taxonomy": PROGRAMMES,
    }


def _track(contract: Contract) -> list[tuple[str, str]]:
    """Each moment of life with « done », « here » or « ahead »; a method accord that was not
    concluded is left out once its time is past."""
    status = contract.status
    shown = {"extended": "in_force", "renewed": "closed"}.get(status, status)
    place = TRACK.index(shown) if shown in TRACK else -1
    labels = {shown: STATUSES[status].label} if place >= 0 else {}
    return [
        (
            labels.get(id, STATUSES[id].label),
            "done" if n < place else "here" if n == place else "ahead",
        )
        for n, id in enumerate(TRACK)
        if id != "method_agreed" or n >= place or contract.method_agreed_on
    ]


def _parties(contract: Contract, version: ContractVersion | None) -> list[dict[str, Any]]:
    """Each party with the signatures it gave, the latest text first; two questions."""
    rows = contract.parties.filter(until=None).select_related(
        "organisation", "joins_with", "leaves_with"
    )
    rows = rows.prefetch_related("signatures__version")
    order = list(CAPACITIES)
    return [
        {
            "row": party,
            "capacity": CAPACITIES[party.capacity].label,
            "signatures": list(party.signatures.all()),
            "method": any(s.version_id is None for s in party.signatures.all()),
            "signed": {s.version_id for s in party.signatures.all()},
        }
        for party in sorted(rows, key=lambda p: (order.index(p.capacity), p.pk))
    ]


def _signable(request: HttpRequest, contract: Contract, subject: Subject) -> frozenset[int]:
    """Parties whose signature the viewer may record."""
    who = viewer(request)
    rows: list[Party] = list(contract.parties.filter(until=None))
    return frozenset(
        party.pk
        for party in rows
        if can(
            who,
            "signature.record",
            replace(subject, organisations=frozenset({party.organisation_id})),
        )
    )


def _drawing(request: HttpRequest, contract: Contract) -> Drawing | None:
    """None when the served geography no longer knows that territory."""
    if not contract.territory:
        return None
    try:
        return locator_map(request.edition, contract.territory)
    except (InputError, NotFoundError):
        return None
