"""What a spreadsheet being brought in says, as values: rows, cells to write again, doubts."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from maillage.operations.intake.drafts import Doubt, Draft, Skipped
from maillage.operations.intake.stages import FUNDING, STAGES, Stage, parted
from maillage.operations.intake.targets import Target
from maillage.operations.models import Operation
from maillage.operations.own_rows import IndicatorRead, LineRead


@dataclass(frozen=True)
class CellAsked:
    """A cell to write again: its column, what it is for, what it shows, what is wrong with it."""

    column: int
    label: str
    shown: str
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class RowRead:
    """One row: its draft, what it will write, the operation it updates if there is one.

    ``state``: entered, ignored, doubtful or ready.
    """

    draft: Draft
    target: Target
    operation: Operation | None
    state: str
    doubts: tuple[Doubt, ...]
    cells: tuple[CellAsked, ...]
    changes: tuple[tuple[str, Any, Any], ...]  # field, before, after; of an update
    revision: int = 0  # of what a person settled of it

    @property
    def written(self) -> tuple[str, ...]:
        """Sources and stages of the amounts that entering writes."""
        if self.operation:
            return tuple(name for name, *_ in self.changes if name.startswith(FUNDING))
        return tuple(name for name, euros in self.target.funding.items() if euros)


@dataclass(frozen=True)
class IntakeRead:
    """``unknown`` are the names of maîtres d’ouvrage that stand for no organisation yet;
    ``new_nodes`` the axes and orientations that entering will add; ``paid_on`` the day to which
    its payments were added up."""

    rows: tuple[RowRead, ...]
    skipped: tuple[Skipped, ...]
    unknown: tuple[str, ...]
    new_nodes: tuple[str, ...]
    ignored_sheets: tuple[str, ...]
    lines: tuple[LineRead, ...] = ()
    indicators: tuple[IndicatorRead, ...] = ()
    paid_on: date | None = None

    @property
    def amounts(self) -> Mapping[Stage, int]:
        """How many amounts entering would write, by stage; no stage without one."""
        found = Counter(parted(name)[1] for row in self.of("ready") for name in row.written)
        return {stage: found[stage] for stage in STAGES if found[stage]}

    @property
    def mark(self) -> str:
        """SHA-256 of what entering would write, and over what: another one when a row was
        settled otherwise, or when an operation it updates was changed."""
        told: list[object] = [self.paid_on]
        told += [
            (row.draft.sheet, row.draft.row, repr(row.target), row.operation and
             (row.operation.pk, row.operation.revision), repr(row.changes))
            for row in self.of("ready")
        ]  # fmt: skip
        told += [
            (one.row, one.line and (one.line.pk, one.line.revision))
            for one in self.lines
            if one.differs
        ]
        told += [(one.row, one.link and one.link.pk) for one in self.indicators if one.differs]
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def of(self, state: str) -> tuple[RowRead, ...]:
        return tuple(row for row in self.rows if row.state == state)

    @property
    def further_doubts(self) -> tuple[Doubt, ...]:
        """Of the sheets of lines and of indicators: to be corrected in the file."""
        of_lines = (doubt for one in self.lines for doubt in one.doubts)
        of_indicators = (doubt for one in self.indicators for doubt in one.doubts)
        return (*of_lines, *of_indicators)

    @property
    def kept_projects(self) -> tuple[Operation, ...]:
        """Entered as fiches action by the file, kept fiches projet by the gate."""
        return tuple(
            row.operation
            for row in self.of("entered")
            if row.operation and row.target.stage == "action" and row.operation.stage == "project"
        )
