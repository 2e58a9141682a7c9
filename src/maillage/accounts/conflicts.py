"""Saving a row that several people edit, without losing what another just wrote."""

from collections.abc import Mapping
from typing import Any

from maillage.accounts.models import Revised
from maillage.common.errors import MaillageError


class ConflictError(MaillageError):
    """Somebody saved this row since it was read. ``now`` holds what it says today, ``mine`` what
    was to be written; both by field."""

    def __init__(self, row: Revised, mine: Mapping[str, Any]) -> None:
        super().__init__("quelqu’un a modifié cette fiche pendant que vous l’écriviez.")
        self.row = row
        self.revision = row.revision
        self.mine = dict(mine)
        self.now = {name: getattr(row, name) for name in mine}


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


def _value(value: Any) -> Any:
    """Rows are told by their id."""
    return value.pk if hasattr(value, "pk") else value
