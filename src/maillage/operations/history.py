"""The journal of a contract with that of its operations, as far as somebody may read it."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from maillage.accounts.models import JournalEntry
from maillage.accounts.perms import Subject, can
from maillage.accounts.viewers import Viewer
from maillage.contracts.history import OBJECTS, Line, line_of, shown
from maillage.operations.funding_sources import funding_sources
from maillage.operations.models import FundingLine, Operation
from maillage.operations.money import money
from maillage.operations.vocabulary import label

#: Which right opens which lines of the journal: the collectivités’ drafts and the State’s
#: simulations are told to their own side only.
OPENED_BY: Mapping[str, str] = {
    "operation": "operation.read",
    "maquette": "operation.read",
    "line": "lines.see_parties",
    "line_draft": "lines.see_drafts",
    "line_simulation": "lines.see_simulations",
    "proposal": "proposal.handle",
    "proposal_link": "proposal.handle",
    "intake": "operation.import",
    "project_call": "operation.read",
}

EUROS = frozenset(
    {"asked", "eligible", "notified", "agreed", "amount", "investment_cost", "running_cost"}
)


@cache
def journal_words() -> Mapping[str, Any]:
    """``acts``: kind of object -> verb -> French; ``fields``: name -> French."""
    folder = files("maillage.operations").joinpath("data/journal.yaml")
    found: Mapping[str, Any] = yaml.safe_load(folder.read_bytes())
    return found


def whole_journal(
    viewer: Viewer, subject: Subject, start: int, count: int
) -> tuple[list[Line], int]:
    """A slice of the lines, the latest first, and how many the viewer may read; four questions to
    the base at most."""
    kinds = [kind for kind, right in OPENED_BY.items() if can(viewer, right, subject)]
    rows = JournalEntry.objects.filter(
        contract_id=subject.contract_id, object_kind__in=[*OBJECTS, *kinds]
    )
    entries = list(rows.select_related("person")[start : start + count])
    names = _names(entries)
    lines = [
        _line(entry, names) if entry.object_kind in OPENED_BY else line_of(entry)
        for entry in entries
    ]
    return lines, rows.count()


def _line(entry: JournalEntry, names: Mapping[tuple[str, str], str]) -> Line:
    words = journal_words()
    operation = names.get(("operation", _operation_of(entry)), "")
    source = names.get(("line", entry.object_id), "")
    source = source if entry.object_kind.startswith("line") else ""
    told = {**entry.before, **entry.after}
    about = ", ".join(text for text in (operation, source) if text) or str(
        told.get("title") or told.get("name") or told.get("label") or told.get("reference") or ""
    )
    fields = words["fields"]
    return Line(
        at=entry.at,
        who=entry.person.name if entry.person else "Le site",
        capacity=entry.capacity,
        sentence=words["acts"][entry.object_kind][entry.verb],
        about=about,
        details=tuple(
            (fields[name], _said(name, entry.before.get(name)), _said(name, entry.after.get(name)))
            for name in dict.fromkeys((*entry.before, *entry.after))
            if name in fields
        ),
    )


def _said(name: str, value: Any) -> str:
    """Phases, statuses and the like in French; the rest as the contract’s journal says it."""
    if name in {"phase", "status", "priority", "maturity"} and isinstance(value, str) and value:
        return label(name, value)  # type: ignore[arg-type]
    if name == "stage":
        return {"action": "fiche action", "project": "fiche projet"}.get(str(value), "")
    if name == "source" and value in funding_sources():
        return funding_sources()[value].title
    if name in EUROS and value is not None:
        return money(Decimal(str(value)))
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return shown("", value)


def _operation_of(entry: JournalEntry) -> str:
    if entry.object_kind == "operation":
        return entry.object_id
    return str(entry.after.get("operation_id") or "")


def _names(entries: list[JournalEntry]) -> dict[tuple[str, str], str]:
    """Titles of the operations and sources of the lines that these entries bear on."""
    operations = {id for entry in entries if (id := _operation_of(entry)).isdigit()}
    lines = {e.object_id for e in entries if e.object_kind.startswith("line")}
    found = {
        ("operation", str(id)): title
        for id, title in Operation.objects.filter(pk__in=operations).values_list("pk", "title")
    }
    for id, source in FundingLine.objects.filter(pk__in=lines).values_list("pk", "source"):
        found["line", str(id)] = funding_sources()[source].title
    return found
