"""What entering a row would change of the operation it updates."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from maillage.operations.intake.stages import FUNDING, INDICATORS
from maillage.operations.intake.targets import IndicatorSaid, Target
from maillage.operations.intake.values import plain
from maillage.operations.models import IndicatorLink, Operation
from maillage.operations.taken_in import aided, held, is_new, other_section


def differs(before: Any, after: Any) -> bool:
    """Texts are compared as spreadsheets keep them, whatever their blanks."""
    if isinstance(before, str) and isinstance(after, str):
        return before.split() != after.split()
    return bool(before != after)


def changed_fields(operation: Operation, target: Target) -> Iterator[tuple[str, Any, Any]]:
    """What entering would change of an operation: field, before, after."""
    for name, value in target.fields.items():
        if differs(getattr(operation, name), value):
            yield name, getattr(operation, name), value
    for name, euros in target.funding.items():
        if is_new(operation, name, euros):
            yield FUNDING + name, held(operation, name), euros
    lines = aided(operation, target)
    if any(line.eligible != target.eligible for line in lines):
        yield "eligible", lines[0].eligible, target.eligible
    for line, section in other_section(operation, target):
        yield f"section:{line.source}", line.section, section
    for said, link in changed_indicators(operation, target):
        yield f"{INDICATORS}:{said.name}", link, said


def changed_indicators(
    operation: Operation, target: Target
) -> Iterator[tuple[IndicatorSaid, IndicatorLink | None]]:
    """Indicators to be added, or that the row now says otherwise; what it leaves blank is kept."""
    known = {plain(link.name): link for link in operation.indicators.all()}
    for said in target.indicators:
        link = known.get(plain(said.name))
        if link is None:
            yield said, None
            continue
        now = replace(
            said,
            name=link.name,
            question=said.question or link.question,
            target=said.target or link.target,
            unit=said.unit or link.unit,
        )
        if (now.question, now.target, now.unit) != (link.question, link.target, link.unit):
            yield now, link
