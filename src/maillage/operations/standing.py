"""Where the contracts of a list stand: how many operations, and those that are blocked."""

from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from maillage.contracts.models import Contract
from maillage.operations.models import Operation

#: Whose place is at the head of the list: nothing moves until somebody acts.
BLOCKED = Operation.objects.filter(status="blocked")
ALIVE = Operation.objects.exclude(status="dropped")


def blocked_first(contracts: QuerySet[Contract]) -> QuerySet[Contract]:
    """The same rows, those with most blocked operations first, then by name. Each has
    ``operation_count`` (dropped ones left out), ``blocked_count`` and its ``stuck`` operations;
    one more question to the base, whatever their number. Only for contracts whose operations the
    viewer may read."""
    counted = contracts.annotate(
        operation_count=_count(ALIVE), blocked_count=_count(BLOCKED)
    ).prefetch_related(Prefetch("operations", BLOCKED.order_by("number"), to_attr="stuck"))
    return counted.order_by("-blocked_count", "filed", "pk")


def _count(operations: QuerySet[Operation]) -> Coalesce:
    """By a question of its own, so that it multiplies no other count of the row."""
    rows = operations.filter(contract=OuterRef("pk")).order_by().values("contract")
    number = Subquery(rows.annotate(number=Count("pk")).values("number"))
    return Coalesce(number, 0, output_field=IntegerField())
