"""Opening a fiche, writing it, passing the gate, changing several at once."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from maillage.accounts.conflicts import ConflictError, save_revised
from maillage.accounts.journal import record
from maillage.accounts.models import Organisation
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError, MaillageError
from maillage.contracts.actions.decisions import Authority, record_decision
from maillage.contracts.models import Contract
from maillage.operations.actions.outcomes import decide_on
from maillage.operations.models import Operation, Pilot
from maillage.operations.planned import gate_dossier
from maillage.operations.readiness import Condition, missing

#: What a form may write. The stage has its own gate, the owners their own table.
WRITABLE = frozenset(
    {
        *("number", "title", "description", "phase", "status", "blocked_reason", "next_step"),
        *(
            "dropped_reason",
            "next_step_on",
            "priority",
            "maturity",
            "outside",
            "early",
            "lead_competence",
        ),
        *("orientation_id", "partners", "referent", "elected_referent", "starts_on", "ends_on"),
        *("beneficiaries", "risks", "ecology", "communes", "cells", "tax", "investment_cost"),
        *("programmes", "running_cost", "cotech_opinion", "cotech_on", "cotech_reference"),
    }
)
#: What several operations may be given at once.
IN_BULK = frozenset(
    {
        *("phase", "status", "blocked_reason", "dropped_reason", "priority", "next_step"),
        *("next_step_on", "orientation_id", "referent", "outside"),
    }
)


class NotReadyError(MaillageError):
    """The gate is closed: ``missing`` holds everything that keeps it so."""

    def __init__(self, missing: tuple[Condition, ...]) -> None:
        super().__init__("cette fiche projet n’est pas encore prête à démarrer.")
        self.missing = missing


@transaction.atomic
def open_operation(
    *,
    contract: Contract,
    title: str,
    by: Viewer | None,
    at: datetime,
    owners: Iterable[Organisation] = (),
    fields: Mapping[str, Any] | None = None,
) -> Operation:
    """A new fiche projet. InputError without a title or with a field that is not writable."""
    given = _checked({"title": title, **(fields or {})})
    made = Operation.objects.create(contract=contract, created_at=at, changed_at=at, **given)
    own(operation=made, owners=owners)
    _say(made, "opened", by, at, after=given)
    return made


@transaction.atomic
def edit_operation(
    *,
    operation: Operation,
    revision: int,
    fields: Mapping[str, Any],
    by: Viewer | None,
    at: datetime,
    owners: Iterable[Organisation] | None = None,
) -> None:
    """ConflictError when somebody saved it since ``revision``, that holds every field, owners by
    name; InputError on a bad field."""
    given, named = _checked(fields), None if owners is None else list(owners)
    _check_dropped(operation, given)
    try:
        before, after = save_revised(operation, revision, {**given, "changed_at": at})
    except ConflictError as error:
        if named is not None:
            error.mine["owners"] = [body.name for body in named]
            error.now["owners"] = [one.organisation.name for one in _pilots(operation)]
        raise
    if named is not None:
        before["owners"] = [one.organisation_id for one in _pilots(operation)]
        own(operation=operation, owners=named)
        after["owners"] = [body.pk for body in named]
    after.pop("changed_at", None)
    before.pop("changed_at", None)
    _say(operation, "edited", by, at, before, after)


def _pilots(operation: Operation) -> Iterable[Pilot]:
    """As the base has them, whatever was read before."""
    return Pilot.objects.filter(operation=operation).select_related("organisation")


def own(*, operation: Operation, owners: Iterable[Organisation]) -> None:
    """The maîtres d’ouvrage, in order; the first leads. Within a transaction."""
    operation.pilots.all().delete()
    Pilot.objects.bulk_create(
        Pilot(operation=operation, organisation=item, position=rank)
        for rank, item in enumerate(owners)
    )


@transaction.atomic
def make_ready(
    *,
    operation: Operation,
    revision: int,
    today: date,
    by: Viewer | None,
    at: datetime,
    authority: Authority | None = None,
) -> None:
    """Fiche projet to fiche action. ``authority`` is what decided it, whose decision is recorded
    with the cotech’s opinion; None for a fiche that a file brings, which does not say.
    NotReadyError with everything missing; ConflictError."""
    lacking = missing(gate_dossier(operation, today), today)
    if lacking:
        raise NotReadyError(lacking)
    changes = {"stage": "action", "ready_on": today, "changed_at": at}
    save_revised(operation, revision, changes)
    _say(operation, "made_ready", by, at, {"stage": "project"}, {"stage": "action"})
    if authority is not None:
        opinion = (operation.cotech_opinion, operation.cotech_on)
        decided = record_decision(
            contract=operation.contract, kind="operations", by=by, at=at,
            authority=replace(authority, opinion=opinion[0], opinion_on=opinion[1]),
            subject=f"Fiche action : {operation.title}"[:400],
        )  # fmt: skip
        decide_on(decision=decided, operations=[operation], outcome="ready", by=by, at=at)


@transaction.atomic
def back_to_project(
    *, operation: Operation, revision: int, reason: str, by: Viewer | None, at: datetime
) -> None:
    """A fiche action that must be worked again. InputError without a reason; ConflictError."""
    if not reason.strip():
        raise InputError(
            problem="revenir en fiche projet demande un motif.",
            remedy="écrivez ce qui reste à travailler.",
            column="Motif",
        )
    save_revised(operation, revision, {"stage": "project", "ready_on": None, "changed_at": at})
    after = {"stage": "project", "reason": reason.strip()}
    _say(operation, "back_to_project", by, at, {"stage": "action"}, after)


@transaction.atomic
def edit_several(
    *,
    operations: Mapping[Operation, int],
    fields: Mapping[str, Any],
    by: Viewer | None,
    at: datetime,
) -> None:
    """All or none: each operation comes with the revision it was read at. ConflictError."""
    if not operations or not fields or set(fields) - IN_BULK:
        raise InputError(
            problem="rien à modifier ensemble.",
            remedy="cochez des opérations et choisissez ce qui change.",
        )
    for operation, revision in operations.items():
        edit_operation(operation=operation, revision=revision, fields=fields, by=by, at=at)


def _checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    given = dict(fields)
    if set(given) - WRITABLE:
        raise InputError(
            problem="ce renseignement ne se modifie pas ici.",
            remedy="servez-vous du formulaire de l’opération.",
            value=", ".join(sorted(set(given) - WRITABLE)),
        )
    if not str(given.get("title", "x")).strip():
        raise InputError(
            problem="une opération a un intitulé.", remedy="écrivez-le.", column="Intitulé"
        )
    if given.get("status") == "blocked" and not str(given.get("blocked_reason", "")).strip():
        raise InputError(
            problem="une opération bloquée dit pourquoi.",
            remedy="écrivez le motif du blocage.",
            column="Motif",
        )
    _check_days(given.get("starts_on"), given.get("ends_on"))
    return given


def _check_dropped(operation: Operation, given: Mapping[str, Any]) -> None:
    drops = given.get("status") == "dropped" and operation.status != "dropped"
    if drops and not str(given.get("dropped_reason") or operation.dropped_reason).strip():
        raise InputError(
            problem="une opération abandonnée dit pourquoi.",
            remedy="écrivez le motif de l’abandon.",
            column="Motif",
        )


def _check_days(start: date | None, end: date | None) -> None:
    if start and end and end < start:
        raise InputError(
            problem="l’opération finirait avant de commencer.",
            remedy="corrigez l’une des deux dates.",
            column="Fin",
            value=end.isoformat(),
        )


def _say(
    operation: Operation,
    verb: str,
    by: Viewer | None,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    record(
        by=by,
        at=at,
        verb=verb,
        kind="operation",
        id=operation.pk,
        contract_id=operation.contract_id,
        before=before,
        after=after,
    )
