"""What a funder is asked for: where, by whom, how much, and what it answered."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from maillage.accounts.viewers import Viewer
from maillage.operations.funding_sources import funding_sources
from maillage.operations.models import FundingLine, Operation
from maillage.operations.money import money
from maillage.operations.plan import PlanLine
from maillage.operations.planned import plan_line
from maillage.operations.visibility import NOTHING, asked_of, organisations_of

#: Roles that answer for the State’s own sources over their places.
STATE_ROLES = frozenset({"sous_prefecture", "prefecture", "sgar"})


@dataclass(frozen=True)
class Request:
    """One line asked of the viewer."""

    row: FundingLine
    line: PlanLine
    operation: Operation

    @property
    def owners(self) -> str:
        return ", ".join(item.organisation.name for item in self.operation.pilots.all())

    @property
    def asked_text(self) -> str:
        return money(self.line.asked.euros if self.line.asked else None)

    @property
    def waiting(self) -> bool:
        return not (self.line.granted or self.line.refused or self.line.lapsed)

    @property
    def state(self) -> str:
        """In French, for the page."""
        if self.line.refused:
            return "Refusée"
        if self.line.lapsed:
            return "Caduque"
        if self.line.agreed:
            return "Conventionnée"
        return "Notifiée" if self.line.notified else "En attente"


def requests_to(viewer: Viewer) -> tuple[Request, ...]:
    """Programmed lines with an amount, asked of the organisations the viewer acts for, or of the
    State in its places; a constant number of questions to the base."""
    rows = (
        _asked(viewer)
        .filter(asked__isnull=False)
        .select_related("funder", "operation__contract")
        .prefetch_related("payments", "operation__pilots__organisation")
        .order_by("operation__contract__name", "operation__number", "id")
        .distinct()
    )
    return tuple(Request(row, plan_line(row), row.operation) for row in rows)


def _asked(viewer: Viewer) -> QuerySet[FundingLine]:
    state = [source.id for source in funding_sources().values() if source.family == "state"]
    by_state = [
        Q(operation__contract_id=c.contract_id)
        if c.contract_id is not None
        else Q(operation__contract__places__place__in=c.places)
        for c in viewer.capacities
        if c.role in STATE_ROLES
    ]
    over = reduce(or_, by_state, NOTHING)
    mine = asked_of(organisations_of(viewer)) | (Q(kind="programme", source__in=state) & over)
    return FundingLine.objects.filter(mine)
