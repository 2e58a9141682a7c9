"""What these pages start from: a committee or a meeting of a contract, and who may write on it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from maillage.accounts.perms import Subject, can
from maillage.common.errors import NotFoundError
from maillage.contracts.models import Contract
from maillage.governance.models import Committee, Meeting
from maillage.governance.reading import committee_of, meeting_of
from maillage.governance.tables import (
    FORMATIONS,
    ITEMS,
    KINDS,
    LEVELS,
    PRESENCES,
    QUALITIES,
    STATUSES,
)
from maillage.web.viewers import now, viewer
from maillage.web.views.contracts.acts import contract_for

#: What the pages ask of the table of rights, by the name templates use.
MAY = {"committee": "committee.edit", "meeting": "meeting.edit", "decide": "decision.record"}


def shared(
    request: HttpRequest, contract: Contract, subject: Subject, **more: Any
) -> dict[str, Any]:
    """What the templates of this part share."""
    who = viewer(request)
    return {
        "contract": contract,
        "may": {name: can(who, action, subject) for name, action in MAY.items()},
        "now": now(),
        "kinds": {id: kind.label for id, kind in KINDS.items()},
        "levels": LEVELS,
        "qualities": QUALITIES,
        "formations": FORMATIONS,
        "statuses": STATUSES,
        "presences": PRESENCES,
        "items": {id: kind.label for id, kind in ITEMS.items()},
        **more,
    }


def committee_for(
    request: HttpRequest, slug: str, id: int, action: str = "contract.read"
) -> tuple[Contract, Subject, Committee]:
    """NotFoundError elsewhere; what is common is written from the contract that holds it."""
    contract, subject = contract_for(request, slug, action)
    found = committee_of(contract, id)
    _held_here(contract, found, action)
    return contract, subject, found


def meeting_for(
    request: HttpRequest, slug: str, id: int, action: str = "contract.read"
) -> tuple[Contract, Subject, Meeting]:
    """The same for a meeting."""
    contract, subject = contract_for(request, slug, action)
    found = meeting_of(contract, id)
    _held_here(contract, found.committee, action)
    return contract, subject, found


def _held_here(contract: Contract, committee: Committee, action: str) -> None:
    if action != "contract.read" and committee.contract_id != contract.pk:
        raise NotFoundError("cette instance se tient depuis un autre contrat.")


def page_of_committee(contract: Contract, committee: Committee) -> str:
    return reverse("governance-committee", args=[contract.slug, committee.pk])


def page_of_meeting(contract: Contract, meeting: Meeting, part: str = "") -> str:
    return reverse("governance-meeting", args=[contract.slug, meeting.pk]) + part
