"""What a funder answers to a request, and the correction of its own last answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from maillage.accounts.conflicts import save_revised
from maillage.accounts.models import JournalEntry
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.operations.actions.funding import say_line
from maillage.operations.models import FundingLine

#: What an answer wrote, as it is when nobody answered.
_UNDONE: Mapping[str, Mapping[str, Any]] = {
    "notify": {"notified": None, "notified_on": None, "order": ""},
    "agree": {"agreed": None, "agreed_on": None, "agreement": ""},
    "refuse": {"refused_on": None, "order": ""},
}


@dataclass(frozen=True)
class Answer:
    """``kind``: « notify », « agree » (convention) or « refuse ». ``acted_on``: the day of the act,
    from which every delay of the grant runs; ``reference``: that of the act. ``amount`` in euros,
    for a grant; ``received_on``: the day the request came, when the funder says it."""

    kind: str
    acted_on: date
    reference: str = ""
    amount: Decimal | None = None
    comment: str = ""
    received_on: date | None = None


@transaction.atomic
def answer_line(
    *, line: FundingLine, revision: int, answer: Answer, by: Viewer | None, at: datetime
) -> None:
    """InputError for an act without reference or yet to come, a grant without amount, a request
    that would come after its answer. ConflictError."""
    changes = _written(line, answer, at)
    before, after = save_revised(line, revision, changes)
    say_line(line, f"answered_{answer.kind}", by, at, before, after)


@transaction.atomic
def correct_answer(
    *, line: FundingLine, revision: int, answer: Answer, by: Viewer | None, at: datetime
) -> None:
    """In place of the last answer that the funder gave here, which the journal keeps. InputError
    without one, and for what ``answer_line`` refuses. ConflictError."""
    if line.answered_as not in _UNDONE:
        raise InputError(
            problem="aucune réponse n’a été donnée ici.", remedy="répondez d’abord à la demande."
        )
    changes = {**_undone(line), **_written(line, answer, at)}
    before, after = save_revised(line, revision, changes)
    say_line(line, "answer_corrected", by, at, before, after)


def _undone(line: FundingLine) -> dict[str, Any]:
    """A refusal took the place of the reference of an earlier act: it comes back."""
    undone = dict(_UNDONE[line.answered_as])
    if line.answered_as == "refuse":
        told = JournalEntry.objects.filter(
            object_kind="line", object_id=str(line.pk), verb="answered_refuse"
        ).first()  # the latest
        undone["order"] = told.before.get("order", "") if told else ""
    return undone


def _written(line: FundingLine, answer: Answer, at: datetime) -> dict[str, Any]:
    _check(line, answer, at.date())
    changes = {
        **_stage(answer),
        "answer": answer.comment.strip() or line.answer,
        "answered_as": answer.kind,
        "answered_at": at,
    }
    return changes | ({"received_on": answer.received_on} if answer.received_on else {})


def _check(line: FundingLine, answer: Answer, today: date) -> None:
    if not answer.reference.strip():
        raise InputError(
            problem="une réponse porte une référence.",
            remedy="citez l’arrêté, la convention ou la lettre.",
            column="Référence",
        )
    if answer.acted_on > today:
        raise InputError(
            problem="un acte n’est pas daté d’un jour à venir.",
            remedy="donnez la date de sa signature, aujourd’hui au plus tard.",
            column="Date de l’acte",
            value=f"{answer.acted_on:%d/%m/%Y}",
        )
    received = answer.received_on
    if received and received > answer.acted_on:
        raise InputError(
            problem="la demande serait reçue après la réponse.",
            remedy="corrigez l’une des deux dates.",
            column="Demande reçue le",
            value=f"{received:%d/%m/%Y}",
        )


def _stage(answer: Answer) -> dict[str, Any]:
    day, reference = answer.acted_on, answer.reference.strip()
    if answer.kind == "refuse":
        return {"refused_on": day, "order": reference}
    if answer.kind not in _UNDONE:
        raise InputError(problem="cette réponse n’existe pas.", remedy="choisissez dans la liste.")
    if answer.amount is None:
        raise InputError(problem="un accord a un montant.", remedy="saisissez-le.")
    if answer.kind == "notify":
        granted = {"notified": answer.amount, "notified_on": day, "order": reference}
    else:
        granted = {"agreed": answer.amount, "agreed_on": day, "agreement": reference}
    return {**granted, "refused_on": None}
