"""Taking a step of the life of a contract, along the table and no other way."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from maillage.accounts.conflicts import ConflictError
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.actions.decisions import Authority, record_decision
from maillage.contracts.actions.texts import enforce
from maillage.contracts.actions.told import held, refuse_if, tell
from maillage.contracts.life import missing
from maillage.contracts.models import Contract, Signature
from maillage.contracts.reading import facts_of, text_to_sign
from maillage.contracts.tables import STATUSES, STEPS, Step

#: The kind of decision that a step records.
DECIDES = {
    "extend": "extension",
    "renew": "renewal",
    "close": "closing",
    "refuse": "refusal",
    "terminate": "termination",
}


@dataclass(frozen=True)
class Answers:
    """What whoever takes the step writes, when it asks."""

    authority: Authority | None = None
    ends_on: date | None = None
    text: str = ""


@transaction.atomic
def advance(
    *,
    contract: Contract,
    revision: int,
    step: str,
    on: date,
    by: Viewer,
    at: datetime,
    answers: Answers | None = None,
) -> Contract:
    """InputError when the table has no such step from here, or says all that keeps it;
    ConflictError when somebody saved the contract since ``revision``."""
    row, taken = held(contract), STEPS.get(step)
    given = answers or Answers()
    if taken is None or row.status not in taken.sources:
        raise InputError(
            problem=f"un contrat « {STATUSES[row.status].label} » ne peut pas passer cette étape.",
            remedy="rechargez la page : quelqu’un l’a peut-être fait avancer.",
        )
    if row.revision != revision:
        raise ConflictError(row, {"ends_on": given.ends_on} if "ends_on" in taken.asks else {})
    refuse_if(missing(taken.guards, facts_of(row, on)), "réunissez ce qui manque, puis reprenez.")
    _check_answers(row, taken, given, on, at)
    before: dict[str, Any] = {"status": row.status}
    row.status = taken.to
    _write(row, taken, given, on)
    row.revision += 1
    row.save()
    if given.authority is not None:
        record_decision(contract=row, kind=DECIDES[step], authority=given.authority, by=by, at=at)
    after = {"status": row.status, "on": on, "text": given.text}
    tell(row, f"step_{step}", row, by=by, at=at, before=before, after=after)
    contract.refresh_from_db()
    return row


def _check_answers(row: Contract, step: Step, given: Answers, on: date, at: datetime) -> None:
    lacks = []
    if "authority" in step.asks and given.authority is None:
        lacks.append("L’instance qui a décidé, la date et la référence ne sont pas dites.")
    if "text" in step.asks and not given.text.strip():
        lacks.append("Le texte est vide.")
    if "ends_on" in step.asks and (not given.ends_on or given.ends_on <= (row.ends_on or on)):
        lacks.append("La nouvelle échéance doit suivre l’ancienne.")
    if on > at.date():
        lacks.append("Une étape se constate une fois faite : la date est à venir.")
    refuse_if(tuple(lacks), "complétez le formulaire.")


def _write(row: Contract, step: Step, given: Answers, on: date) -> None:
    match step.id:
        case "sign_method":
            row.method_agreed_on = _last_signature(row)
        case "sign":
            row.signed_on = on
        case "enter_force":
            _enter_force(row, on)
        case "extend":
            row.ends_on = given.ends_on
        case "close":
            row.final_review, row.ended_on = given.text, on
        case "renew":
            row.ended_on = on
        case "refuse" | "terminate":
            row.ended_reason, row.ended_on = given.text, on


def _enter_force(row: Contract, on: date) -> None:
    version = text_to_sign(row)
    if version is None:
        raise InputError(problem="aucun texte n’est à signer.", remedy="arrêtez le texte.")
    row.in_force_on = on
    row.starts_on = row.starts_on or on
    enforce(version, on)


def _last_signature(row: Contract) -> date | None:
    given = Signature.objects.filter(party__contract=row, version=None)
    return given.aggregate(last=Max("signed_on"))["last"]
