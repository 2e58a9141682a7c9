"""Payments put right: corrected or taken away, with a reason that the journal keeps."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from maillage.accounts.conflicts import claim
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.operations.actions.funding import say_line
from maillage.operations.models import Payment


@transaction.atomic
def correct_payment(
    *,
    payment: Payment,
    revision: int,
    amount: Decimal,
    day: date,
    reference: str,
    reason: str,
    by: Viewer | None,
    at: datetime,
) -> None:
    """``revision``: that of its line. InputError without a reason, or for nothing; ConflictError
    when somebody saved the line since."""
    if amount <= 0:
        raise InputError(
            problem="un versement est positif.", remedy="retirez-le s’il n’a pas eu lieu."
        )
    why, before = _reason(reason), _told(payment)
    claim(payment.line, revision)
    payment.amount, payment.paid_on, payment.reference = amount, day, reference.strip()
    payment.save(update_fields=["amount", "paid_on", "reference"])
    after = {**_told(payment), "reason": why}
    say_line(payment.line, "payment_corrected", by, at, before, after)


@transaction.atomic
def remove_payment(
    *, payment: Payment, revision: int, reason: str, by: Viewer | None, at: datetime
) -> None:
    """It leaves the plan; the journal keeps what it was. InputError without a reason;
    ConflictError when somebody saved its line since ``revision``."""
    why, before = _reason(reason), _told(payment)
    claim(payment.line, revision)
    payment.delete()
    say_line(payment.line, "payment_removed", by, at, before, {"reason": why})


def _reason(text: str) -> str:
    if why := text.strip():
        return why
    raise InputError(
        problem="un versement ne se corrige pas sans motif.",
        remedy="dites pourquoi : erreur de saisie, reversement, doublon…",
        column="Motif",
    )


def _told(payment: Payment) -> dict[str, Any]:
    return {
        "amount": payment.amount,
        "paid_on": payment.paid_on,
        "reference": payment.reference,
    }
