"""Entering the further sheets of our own layout: lines of money, indicators, the gate."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from maillage.accounts.viewers import Viewer
from maillage.operations.actions.attached import link_indicator, unlink_indicator
from maillage.operations.actions.funding import add_line, edit_line, pay, spread
from maillage.operations.actions.operations import NotReadyError, make_ready
from maillage.operations.models import Operation
from maillage.operations.own_rows import IndicatorRead, LineRead


def enter_lines(
    lines: Iterable[LineRead], operations: Mapping[str, Operation], by: Viewer, at: datetime
) -> set[int]:
    """Those without a doubt whose operation is there; the ids of operations they changed."""
    changed = set()
    for read in lines:
        operation = operations.get(read.whose)
        if operation is None or read.doubts or not read.differs:
            continue
        _enter_line(operation, read, by, at)
        changed.add(operation.pk)
    return changed


def _enter_line(operation: Operation, read: LineRead, by: Viewer, at: datetime) -> None:
    given, line = dict(read.fields), read.line
    if line is None:
        source = given.pop("source")
        line = add_line(operation=operation, source=source, by=by, at=at, fields=given)
    elif given:
        edit_line(line=line, revision=line.revision, fields=given, by=by, at=at)
    if read.years:
        spread(line=line, revision=line.revision, years=read.years, by=by, at=at)
    for day, amount, reference in read.payments:
        pay(line=line, amount=amount, day=day, reference=reference, by=by, at=at)


def enter_indicators(
    indicators: Iterable[IndicatorRead],
    operations: Mapping[str, Operation],
    by: Viewer,
    at: datetime,
) -> set[int]:
    """One of the same name is replaced, what the file leaves blank kept."""
    changed = set()
    for read in indicators:
        operation = operations.get(read.whose)
        if operation is None or read.doubts or not read.differs:
            continue
        given: dict[str, Any] = dict(read.fields)
        if read.link is not None:
            names = ("indicator", "name", "question", "target", "unit", "due_on")
            given = {name: getattr(read.link, name) for name in names} | given
            unlink_indicator(link=read.link, by=by, at=at)
        link_indicator(operation=operation, by=by, at=at, **given)
        changed.add(operation.pk)
    return changed


def pass_gate(operation: Operation, ready_on: date | None, by: Viewer, at: datetime) -> None:
    """Fiche action, as the file says, if nothing keeps it a fiche projet; else it stays one."""
    operation.refresh_from_db()
    day = ready_on or at.date()
    try:
        make_ready(operation=operation, revision=operation.revision, today=day, by=by, at=at)
    except NotReadyError:
        return
