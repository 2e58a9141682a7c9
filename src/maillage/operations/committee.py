"""What a comité de pilotage is told: programmed money only, so that it may be shown to everyone.

The collectivités’ drafts and the State’s simulations are in no document that circulates.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from maillage.operations.maquette.comparison import Comparison, compare
from maillage.operations.maquette.content import Content
from maillage.operations.models import Maquette, Operation, Outcome
from maillage.operations.money_rules import Finding
from maillage.operations.money_rules.checks import findings
from maillage.operations.planned import plan_of
from maillage.operations.portfolio import Reviewed, Summary, summary

#: Days ahead that a meeting looks.
AHEAD = 180


@dataclass(frozen=True)
class Meeting:
    """``changes`` are those since ``last``, the latest maquette arrêtée; None without one, or for
    whoever does not see every line."""

    today: date
    rows: tuple[Reviewed, ...]
    summary: Summary
    whole: bool
    last: Maquette | None
    changes: Comparison | None
    outcomes: tuple[Outcome, ...] = ()  # what was decided of its operations, the latest first

    def of(self, group: str) -> tuple[Reviewed, ...]:
        return tuple(row for row in self.rows if row.group == group)

    @property
    def missing(self) -> tuple[tuple[Reviewed, Decimal], ...]:
        """Operations whose money is not all found, the largest gap first."""
        alive = (row for row in self.rows if row.group != "dropped")
        found = [(row, row.gap) for row in alive if row.gap is not None and row.gap > 0]
        return tuple(sorted(found, key=lambda pair: -pair[1]))

    @property
    def lapsing(self) -> tuple[tuple[Reviewed, Finding], ...]:
        """Grants that may be lost, the soonest first."""
        dated = [pair for pair in self._standing() if pair[1].due is not None]
        return tuple(sorted(dated, key=lambda pair: pair[1].due or date.max))

    @property
    def alerts(self) -> tuple[tuple[Reviewed, Finding], ...]:
        """The other findings, errors first."""
        rank = {"error": 0, "warning": 1, "info": 2}
        others = [pair for pair in self._standing() if pair[1].due is None]
        return tuple(sorted(others, key=lambda pair: rank[pair[1].severity]))

    def _standing(self) -> Iterator[tuple[Reviewed, Finding]]:
        for row in self.rows:
            for finding in row.standing:
                yield row, finding

    @property
    def steps(self) -> tuple[tuple[date, Operation], ...]:
        """What comes next, late steps included, in order."""
        until = self.today + timedelta(days=AHEAD)
        alive = (row.operation for row in self.rows if row.group in {"ongoing", "blocked"})
        dated = [(o.next_step_on, o) for o in alive if o.next_step_on and o.next_step_on <= until]
        return tuple(sorted(dated, key=lambda pair: pair[0]))


def meeting(
    rows: Iterable[Reviewed], current: Content, last: Maquette | None, today: date
) -> Meeting:
    """``rows`` are those of ``portfolio.review`` for whoever asks, ``current`` their maquette."""
    told = tuple(programmed(row, today) for row in rows)
    whole = all(row.whole for row in told)
    changes = compare(last.content, current) if last is not None and whole else None
    named = [row.operation.pk for row in told]
    decided = Outcome.objects.filter(operation__in=named, decision__rectified_by=None)
    outcomes = tuple(decided.exclude(outcome="ready").select_related("decision", "operation"))
    return Meeting(today, told, summary(told), whole, last, changes, outcomes)


def programmed(row: Reviewed, today: date) -> Reviewed:
    """The same operation, its programmed lines alone."""
    lines = tuple(line for line in row.lines if line.kind == "programme")
    plan = plan_of(row.operation, lines, today, row.plan.others, row.plan.elsewhere)
    judged = row.whole and row.operation.status != "dropped"
    return replace(row, lines=lines, plan=plan, findings=findings(plan, today) if judged else ())
