"""What every act on a meeting starts and ends by: whether it may still be written, its journal."""

from datetime import datetime
from typing import Any

from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.actions.told import tell
from maillage.governance.models import Meeting


def refuse_unless_called(meeting: Meeting) -> None:
    if meeting.status != "called":
        raise InputError(
            problem="cette réunion est tenue ou annulée : sa convocation ne change plus.",
            remedy="convoquez-en une autre.",
        )


def refuse_closed(meeting: Meeting) -> None:
    """Its minutes are recorded, or it is cancelled."""
    if meeting.closed:
        raise InputError(
            problem="le compte rendu est consigné : la réunion ne se réécrit plus.",
            remedy="ajoutez une rectification.",
        )
    if meeting.status == "cancelled":
        raise InputError(problem="cette réunion est annulée.", remedy="convoquez-en une autre.")


def refuse_unless_held(meeting: Meeting) -> None:
    refuse_closed(meeting)
    if meeting.status != "held":
        raise InputError(
            problem="cette réunion n’est pas encore dite tenue.",
            remedy="consignez d’abord les présences.",
        )


def tell_of(
    meeting: Meeting,
    verb: str,
    by: Viewer,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    committee = meeting.committee
    about = {"title": f"{committee.name}, réunion n° {meeting.number}"}
    tell(
        committee.contract, verb, meeting, by=by, at=at, before=before, after=about | (after or {})
    )
