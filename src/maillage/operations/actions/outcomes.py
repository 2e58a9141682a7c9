"""Deciding on operations: reorient them, reallocate their means, stop them."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from maillage.accounts.journal import record
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.models import Decision
from maillage.operations.models import Operation, Outcome
from maillage.operations.models.outcomes import OUTCOMES


@transaction.atomic
def decide_on(
    *,
    decision: Decision,
    operations: Iterable[Operation],
    outcome: str,
    by: Viewer | None,
    at: datetime,
) -> None:
    """Names the operations that a decision bears on. One that is stopped is abandoned, for the
    reason that the decision gives. InputError for an outcome that is none, or another contract."""
    named = list(operations)
    wrong = outcome not in OUTCOMES or any(o.contract_id != decision.contract_id for o in named)
    if named and wrong:
        raise InputError(
            problem="la décision ne dit pas ce que deviennent ces opérations.",
            remedy="choisissez-le dans la liste.",
            value=outcome,
        )
    for operation in named:
        Outcome.objects.create(decision=decision, operation=operation, outcome=outcome)
        before = {"status": operation.status} if outcome == "stop" else {}
        if outcome == "stop":
            _stop(operation, decision, at)
        record(
            by=by, at=at, verb="decided_on", kind="operation", id=operation.pk,
            contract_id=operation.contract_id, before=before,
            after={"outcome": OUTCOMES[outcome], "reference": decision.reference}
            | ({"status": "dropped"} if outcome == "stop" else {}),
        )  # fmt: skip


def _stop(operation: Operation, decision: Decision, at: datetime) -> None:
    """As it is now, whoever wrote it since: the decision is a fact."""
    row = Operation.objects.select_for_update().get(pk=operation.pk)
    row.status, row.dropped_reason, row.changed_at = "dropped", decision.subject, at
    row.revision += 1
    row.save(update_fields=["status", "dropped_reason", "changed_at", "revision"])
