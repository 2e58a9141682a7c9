"""Draws the dues of contracts again. Nobody decides anything here: no line of the journal."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from maillage.accounts.models import JournalEntry
from maillage.contracts.models import Contract
from maillage.operations.dues.finding import draw
from maillage.operations.dues.freshness import rules_digest, stale
from maillage.operations.models import DuesMark, DuesState, KeptDue

#: Contracts drawn in one transaction: writers never wait long.
BATCH = 8


def draw_dues(
    *, contracts: QuerySet[Contract], today: date, at: datetime, most: int | None = None
) -> int:
    """Draws those that no longer hold, ``most`` of them at most; how many were."""
    found = list(stale(contracts, today).values_list("pk", flat=True)[:most])
    for start in range(0, len(found), BATCH):
        _draw(found[start : start + BATCH], today, at)
    return len(found)


@transaction.atomic
def _draw(ids: list[int], today: date, at: datetime) -> None:
    """The marks are read before the rows they tell of: a writing that ends meanwhile leaves its
    own, and the contract is drawn again. The lock keeps two readers from drawing at once."""
    locked = Contract.objects.select_for_update(no_key=True).filter(pk__in=ids)
    rows = list(locked.order_by("pk"))
    marks = list(DuesMark.objects.filter(contract_id__in=ids).values_list("pk", flat=True))
    drawn = draw(rows, today)
    KeptDue.objects.filter(contract_id__in=ids).delete()
    KeptDue.objects.bulk_create([due for one in drawn.values() for due in one.dues])
    DuesState.objects.filter(contract_id__in=ids).delete()
    DuesState.objects.bulk_create(
        DuesState(contract_id=id, since=today, until=one.until, rules=rules_digest(), drawn_at=at)
        for id, one in drawn.items()
    )
    DuesMark.objects.filter(pk__in=marks).delete()


def mark(sender: type[JournalEntry], instance: JournalEntry, **about: Any) -> None:
    """Every writing leaves a line of the journal; the dues of its contract may have changed."""
    if instance.contract_id is not None:
        DuesMark.objects.create(contract_id=instance.contract_id)
