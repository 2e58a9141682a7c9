"""Saving a row that several people edit, without losing what another just wrote."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F

from maillage.accounts.models import Revised
from maillage.common.errors import MaillageError


class ConflictError(MaillageError):
    """Somebody saved this row since it was read. ``now`` holds what it says today, ``mine`` what
    was to be written; both by field."""

    def __init__(
        self, row: Revised, mine: Mapping[str, Any], now: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__("quelqu’un a modifié cette fiche pendant que vous l’écriviez.")
        self.row = row
        self.revision = row.revision
        self.mine = dict(mine)
        self.now = {name: getattr(row, name) for name in mine} if now is None else dict(now)


def save_revised(
    row: Revised, revision: int, changes: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Writes ``changes`` if the row is still at ``revision``, in one statement; else ConflictError.

    The row is brought up to date. Gives what differed: before, after.
    """
    rows: Any = type(row)._default_manager.filter(pk=row.pk)
    stored = rows.get()
    if not rows.filter(revision=revision).update(**changes, revision=revision + 1):
        raise ConflictError(rows.get(), changes)
    row.revision = revision + 1
    for name, value in changes.items():
        setattr(row, name, value)
    differ = [name for name, value in changes.items() if getattr(stored, name) != value]
    return (
        {name: _value(getattr(stored, name)) for name in differ},
        {name: _value(changes[name]) for name in differ},
    )


def claim(
    row: Revised,
    revision: int,
    mine: Mapping[str, Any] | None = None,
    now: Mapping[str, Any] | None = None,
) -> None:
    """One more save of a row whose change lies in other tables: ConflictError if it is no longer at
    ``revision``. ``now`` is what those tables say, ``mine`` what was to be written there."""
    rows: Any = type(row)._default_manager.filter(pk=row.pk)
    if not rows.filter(revision=revision).update(revision=revision + 1):
        raise ConflictError(rows.get(), mine or {}, now or {})
    row.revision = revision + 1


def touch(row: Revised) -> None:
    """One more save, whoever saved before: what hangs on the row changed, and whoever reads it
    now must be told before they decide on it."""
    rows: Any = type(row)._default_manager.filter(pk=row.pk)
    rows.update(revision=F("revision") + 1)
    row.refresh_from_db(fields=["revision"])


def _value(value: Any) -> Any:
    """Rows are told by their id."""
    return value.pk if hasattr(value, "pk") else value
