"""The journal of a contract, line by line, in French."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from maillage.accounts.models import JournalEntry
from maillage.accounts.roles import ROLES
from maillage.common.french import listing, long_date
from maillage.contracts.tables import (
    CAPACITIES,
    DECISION_KINDS,
    INSTANCES,
    KINDS,
    STATUSES,
    STEPS,
    table,
)

#: Acts and fields in French.
_WORDS = table("words")
#: Kinds of objects whose lines belong to this room: others have their own rights.
OBJECTS: tuple[str, ...] = tuple(_WORDS["acts"])
FIELDS: Mapping[str, str] = _WORDS["fields"]


@dataclass(frozen=True)
class Line:
    """Who did what. ``details``: field, before, after, as people read them."""

    at: datetime
    who: str
    capacity: str
    sentence: str
    about: str
    details: tuple[tuple[str, str, str], ...]


def line_of(row: JournalEntry) -> Line:
    """Of an entry of this room."""
    return Line(
        at=row.at,
        who=row.person.name if row.person else "Le site",
        capacity=row.capacity,
        sentence=sentence(row.object_kind, row.verb),
        about=_about(row),
        details=tuple(
            (FIELDS[name], shown(name, row.before.get(name)), shown(name, row.after.get(name)))
            for name in (*row.before, *(n for n in row.after if n not in row.before))
            if name in FIELDS
        ),
    )


def _about(row: JournalEntry) -> str:
    """What the act bore on: an organisation, a title, a name."""
    told = {**row.before, **row.after}
    names = (told.get(name) for name in ("organisation", "title", "reference", "name", "label"))
    return next((str(name) for name in names if name), "")


def sentence(kind: str, verb: str) -> str:
    """« Signature consignée »; every act of this room has its words."""
    if verb.startswith("step_"):
        return STEPS[verb.removeprefix("step_")].label
    words: str = _WORDS["acts"][kind][verb]
    return words


def shown(name: str, value: Any) -> str:
    """A stored value as people read it; empty when there is none."""
    if value is None or value in ("", []):
        return ""
    if isinstance(value, list):
        return listing([str(item) for item in value])
    if isinstance(value, bool):
        return "oui" if value else "non"
    tables: Mapping[str, Mapping[str, Any]] = {
        "status": STATUSES,
        "capacity": CAPACITIES,
        "role": ROLES,
        "instance": INSTANCES,
    }
    if name in tables and value in tables[name]:
        return str(getattr(tables[name][value], "label", tables[name][value]))
    if name == "kind":
        known = KINDS[value].label if value in KINDS else DECISION_KINDS.get(value, value)
        return str(known)
    return _dated(value) if isinstance(value, str) else str(value)


def _dated(text: str) -> str:
    """ISO dates become long ones; other texts stay."""
    try:
        return long_date(date.fromisoformat(text)) if len(text) == 10 else text
    except ValueError:
        return text
