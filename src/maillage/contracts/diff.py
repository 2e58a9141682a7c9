"""What differs between two snapshots, as changes one can read, choose among and apply.

A snapshot is ``{section: {key: {field: value}}}`` in plain JSON values. Law:
``apply(diff(a, b), a) == b``.
"""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

Snapshot = dict[str, dict[str, dict[str, Any]]]
#: Every section of a snapshot, in the order of the text.
SECTIONS = (
    *("contract", "perimeter", "members", "communes"),
    *("parties", "strategy", "programmes", "operations"),
)
#: Those whose changes an avenant may take one by one. The perimeter and the parties come whole: an
#: avenant proposes them itself.
FREE = ("contract", "strategy", "programmes", "operations")


@dataclass(frozen=True)
class Change:
    """``kind`` is added, removed or changed. ``field`` is empty for a whole entry, whose fields
    are then in ``before`` or ``after``."""

    section: str
    entry: str
    field: str
    kind: str
    before: Any
    after: Any

    @property
    def key(self) -> str:
        return f"{self.section}/{self.entry}/{self.field}"


def diff(old: Snapshot, new: Snapshot, sections: Iterable[str] = SECTIONS) -> list[Change]:
    """In the order of sections, then of what was there, then of what is new."""
    return [
        change
        for section in sections
        for change in _entries(section, old.get(section, {}), new.get(section, {}))
    ]


def apply(changes: Iterable[Change], old: Snapshot) -> Snapshot:
    """A new snapshot; ``old`` is left as it is."""
    made = {section: deepcopy(old.get(section, {})) for section in SECTIONS}
    for change in changes:
        _apply(change, made[change.section])
    return made


def _entries(section: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for entry in _keys(old, new):
        if entry not in new:
            yield Change(section, entry, "", "removed", old[entry], None)
        elif entry not in old:
            yield Change(section, entry, "", "added", None, new[entry])
        else:
            yield from _fields(section, entry, old[entry], new[entry])


def _fields(
    section: str, entry: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Change]:
    for name in _keys(old, new):
        if name not in new:
            yield Change(section, entry, name, "removed", old[name], None)
        elif name not in old:
            yield Change(section, entry, name, "added", None, new[name])
        elif old[name] != new[name]:
            yield Change(section, entry, name, "changed", old[name], new[name])


def _keys(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    return [*old, *(key for key in new if key not in old)]


def _apply(change: Change, section: dict[str, dict[str, Any]]) -> None:
    target: dict[str, Any] = section[change.entry] if change.field else section
    key = change.field or change.entry
    if change.kind == "removed":
        del target[key]
    else:
        target[key] = deepcopy(change.after)
