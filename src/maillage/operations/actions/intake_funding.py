"""The money of a row of a spreadsheet, entered as what its columns say it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects

from maillage.accounts.models import Organisation
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.operations.actions.funding import add_line, edit_line, pay, send_draft
from maillage.operations.intake.stages import by_stage, meaning_of, with_stage
from maillage.operations.intake.targets import OWN, Target
from maillage.operations.models import FundingLine, Operation
from maillage.operations.money import total
from maillage.operations.taken_in import aided, has_base, is_new, lines_of, other_section


@dataclass(frozen=True)
class Entering:
    """Who enters the row of which operation, when; ``paid_on``: the day of its payments."""

    operation: Operation
    target: Target
    owners: tuple[Organisation, ...]
    paid_on: date | None
    by: Viewer
    at: datetime


def fund(entering: Entering) -> None:
    """One line a source: a draft when its column says nothing else. Null amounts make no line."""
    prefetch_related_objects([entering.operation], "lines__payments")
    for line, section in other_section(entering.operation, entering.target):
        _edit(entering, line, {"section": section})
    for name, stages in by_stage(entering.target.funding).items():
        if "draft" in stages:
            _enter(entering, name, "draft", {"asked": stages["draft"]}, [name])
            continue
        given: dict[str, Decimal] = {s: e for s, e in stages.items() if s != "paid"}
        _enter(entering, name, "programme", given, [with_stage(name, one) for one in stages])
        if "paid" in stages:
            _pay(entering, name, stages["paid"])
    for line in aided(entering.operation, entering.target):
        if line.eligible != entering.target.eligible:
            _edit(entering, line, {"eligible": entering.target.eligible})


def _enter(
    entering: Entering, name: str, kind: str, given: Mapping[str, Decimal], names: list[str]
) -> None:
    """Writes the amounts that the plan does not say yet; ``names`` of the row tell which. ``name``:
    the source, with its section where the row has amounts of both."""
    funding = entering.target.funding
    if not any(is_new(entering.operation, one, funding[one]) for one in names):
        return
    line = _line(entering, name, kind)
    if line is None:
        _add(entering, name, kind, given)
    else:
        _edit(entering, line, {s: e for s, e in given.items() if getattr(line, s) != e})


def _line(entering: Entering, name: str, kind: str) -> FundingLine | None:
    """The one to write; a draft that became a request is sent, on a day the file does not say."""
    said = meaning_of(name)
    lines = lines_of(entering.operation, said.base, kind, said.section)
    drafts = lines_of(entering.operation, said.base, "draft", said.section)
    if len(lines) > 1 or (not lines and len(drafts) > 1):
        raise InputError(
            problem=f"« {entering.operation.title} » a plusieurs lignes de cette source.",
            remedy="modifiez-les dans son plan de financement, ou ne lisez pas cette colonne.",
            value=said.base,
        )
    if lines or not drafts:
        return lines[0] if lines else None
    line = drafts[0]
    send_draft(line=line, revision=line.revision, today=None, by=entering.by, at=entering.at)
    return line


def _add(entering: Entering, name: str, kind: str, amounts: Mapping[str, Decimal]) -> FundingLine:
    said, target = meaning_of(name), entering.target
    source = said.base
    section = said.section or target.sections.get(source) or target.section
    assert section is not None  # a row that does not say it waits
    given: dict[str, Any] = {**amounts, "section": section}
    if source == OWN and entering.owners:
        given["funder_id"] = entering.owners[0].pk
    if has_base(source):
        given["eligible"] = entering.target.eligible
    offices = [c.organisation_id for c in entering.by.capacities if c.organisation_id]
    return add_line(
        operation=entering.operation,
        source=source,
        kind=kind,
        author_id=offices[0] if offices else None,
        by=entering.by,
        at=entering.at,
        fields=given,
    )


def _edit(entering: Entering, line: FundingLine, fields: Mapping[str, Any]) -> None:
    if fields:
        edit_line(line=line, revision=line.revision, fields=fields, by=entering.by, at=entering.at)


def _pay(entering: Entering, name: str, euros: Decimal) -> None:
    """What the file adds to the payments known already, on the day it was added up."""
    said = meaning_of(name)
    lines = FundingLine.objects.filter(
        operation=entering.operation, kind="programme", source=said.base
    )
    if said.section:
        lines = lines.filter(section=said.section)
    known = total(item.amount for line in lines for item in line.payments.all())
    if euros <= known:
        return
    assert entering.paid_on is not None  # settled with the columns
    pay(
        line=lines.get(),
        amount=euros - known,
        day=entering.paid_on,
        reference="reprise du tableau importé",
        by=entering.by,
        at=entering.at,
    )
