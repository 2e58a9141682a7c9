"""Where the contracts of a list stand: how many operations, and those that are blocked.

Only for contracts whose operations the viewer may read.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from maillage.contracts.models import Contract
from maillage.operations.models import Operation

#: Whose place is at the head of the list: nothing moves until somebody acts.
BLOCKED = Q(status="blocked")
ALIVE = ~Q(status="dropped")


@dataclass(frozen=True)
class Stood:
    """Operations of one contract or of several, dropped ones left out, and those blocked."""

    operations: int
    blocked: int


def blocked_first(contracts: QuerySet[Contract]) -> QuerySet[Contract]:
    """The same rows, those with most blocked operations first, then by name."""
    rows = Operation.objects.filter(BLOCKED, contract=OuterRef("pk")).order_by().values("contract")
    number = Subquery(rows.annotate(number=Count("pk")).values("number"))
    blocked = Coalesce(number, 0, output_field=IntegerField())
    return contracts.order_by(blocked.desc(), "filed", "pk")


def stood(contracts: QuerySet[Contract]) -> Stood:
    """Of them all together: one question."""
    rows = Operation.objects.filter(contract__in=contracts.order_by().values("pk"))
    found = rows.aggregate(operations=Count("pk", ALIVE), blocked=Count("pk", BLOCKED))
    return Stood(**found)


def with_standing(contracts: Iterable[Contract]) -> list[Contract]:
    """Each with its ``operation_count`` (dropped ones left out), its ``blocked_count`` and its
    ``stuck`` operations: two questions, whatever their number."""
    rows = list(contracts)
    mine = Operation.objects.filter(contract__in=[row.pk for row in rows])
    counts = dict(
        mine.filter(ALIVE).order_by().values_list("contract").annotate(number=Count("pk"))
    )
    stuck: dict[int, list[Operation]] = defaultdict(list)
    for operation in mine.filter(BLOCKED).order_by("number"):
        stuck[operation.contract_id].append(operation)
    for row in rows:
        row.operation_count = counts.get(row.pk, 0)
        row.stuck = stuck[row.pk]
        row.blocked_count = len(row.stuck)
    return rows
