"""Writing a line of the journal: every action ends by one."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from maillage.accounts.models import JournalEntry
from maillage.accounts.viewers import Viewer


def record(
    *,
    by: Viewer | None,
    at: datetime,
    verb: str,
    kind: str,
    id: object,
    contract_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> JournalEntry:
    """``by`` is None for the site itself. Dates and decimals are written as text, whole."""
    return JournalEntry.objects.create(
        at=at,
        person_id=by.person_id if by else None,
        capacity=by.capacity_over(contract_id) if by else "",
        contract_id=contract_id,
        object_kind=kind,
        object_id=str(id),
        verb=verb,
        before=plain(before or {}),
        after=plain(after or {}),
    )


def plain(value: Any) -> Any:
    """The same value, in what JSON can say."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, date | Decimal):
        return value.isoformat() if isinstance(value, date) else str(value)
    return value
