"""Differences between two texts, as rows of a table people can read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from maillage.contracts.diff import FREE, SECTIONS, Change
from maillage.contracts.history import shown
from maillage.contracts.tables import procedure_of, table

_TEXTS = table("sections")
#: Section -> its French name, and field -> its French name.
TITLES: Mapping[str, str] = _TEXTS["sections"]
FIELDS: Mapping[str, str] = _TEXTS["fields"]
#: Fields that programs read, and that their neighbours say better.
UNSEEN = ("territory", "cog", "parent")
KIND_LABELS = {"added": "Ajouté", "removed": "Retiré", "changed": "Modifié"}
PROCEDURES = {"avenant": "Avenant", "copil": "Décision du copil", "none": "Rien à décider"}
#: What each asks for, as a sentence that follows the number of differences.
ASKED = {
    "avenant": "Un avenant est nécessaire",
    "copil": "Le comité de pilotage en décide",
    "none": "Rien à décider : c’est la vie du contrat",
}


@dataclass(frozen=True)
class Row:
    """One difference. ``key`` is that of the change; ``before`` and ``after`` are texts."""

    key: str
    title: str
    field: str
    kind: str
    label: str
    before: str
    after: str
    procedure: str
    procedure_label: str
    reason: str


@dataclass(frozen=True)
class Part:
    """The differences of a section."""

    section: str
    title: str
    rows: tuple[Row, ...]

    @property
    def free(self) -> bool:
        """Whether an avenant may take some and leave others."""
        return self.section in FREE


def parts(changes: list[Change], names: Mapping[str, Mapping[str, str]]) -> list[Part]:
    """By section, in the order of the text; ids of territories are left to programs.

    ``names``: what entries are called (``titles``).
    """
    groups = {
        section: tuple(
            _row(c, names) for c in changes if c.section == section and c.field not in UNSEEN
        )
        for section in SECTIONS
    }
    return [Part(section, TITLES[section], rows) for section, rows in groups.items() if rows]


@dataclass(frozen=True)
class Called:
    """The differences that ask for the same thing; ``about``: what they bear on, each once."""

    procedure: str
    sentence: str
    count: int
    about: tuple[str, ...]


def by_procedure(found: list[Part]) -> list[Called]:
    """The heaviest first; a thing that changed in several ways is named once."""
    rows = [row for part in found for row in part.rows]
    groups = ((id, [row for row in rows if row.procedure == id]) for id in PROCEDURES)
    return [
        Called(id, ASKED[id], len(group), tuple(dict.fromkeys(row.title for row in group)))
        for id, group in groups
        if group
    ]


def titles(*snapshots: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What each entry is called, in the last text that has it."""
    found: dict[str, dict[str, str]] = {}
    for snapshot in snapshots:
        for section, entries in snapshot.items():
            for key, fields in entries.items():
                found.setdefault(section, {})[key] = _called(section, key, fields)
    return found


def _called(section: str, key: str, fields: Mapping[str, Any]) -> str:
    if section == "contract":
        return "Le contrat"
    name = str(fields.get("title") or fields.get("name") or key)
    number = fields.get("number") or fields.get("code")
    return f"{number} {name}" if number else name


def _row(change: Change, names: Mapping[str, Mapping[str, str]]) -> Row:
    rule = procedure_of(change.section, change.kind, change.field)
    whole = not change.field
    return Row(
        key=change.key,
        title=names.get(change.section, {}).get(change.entry, change.entry),
        field="" if whole else FIELDS.get(change.field, change.field),
        kind=change.kind,
        label=KIND_LABELS[change.kind],
        before=_whole(change.before) if whole else shown(change.field, change.before),
        after=_whole(change.after) if whole else shown(change.field, change.after),
        procedure=rule.procedure,
        procedure_label=PROCEDURES[rule.procedure],
        reason=rule.reason,
    )


def _whole(fields: Mapping[str, Any] | None) -> str:
    """The fields of an entry that came or went, those that say something."""
    hidden = {"name", "title", "number", "parent"}
    told = (
        f"{FIELDS[name]} : {shown(name, value)}"
        for name, value in (fields or {}).items()
        if name in FIELDS and name not in hidden and value not in (None, "", False)
    )
    return " ; ".join(told)
