"""What a published contract shows to everybody of its money: the lines marked public, alone."""

from dataclasses import dataclass

from django.db.models import QuerySet

from maillage.accounts.perms import Subject
from maillage.accounts.viewers import ANONYMOUS
from maillage.contracts.models import Contract
from maillage.operations.models import FundingLine, Operation
from maillage.operations.plan import PlanLine
from maillage.operations.planned import plan_line
from maillage.operations.visibility import EYES, visible_lines


@dataclass(frozen=True)
class Published:
    """One operation with its public lines. They are some of its lines: no sum of them is told."""

    operation: Operation
    owners: tuple[str, ...]
    lines: tuple[PlanLine, ...]


def published(contract: Contract, subject: Subject) -> tuple[Published, ...]:
    """As a passer-by sees it, whoever asks; empty when the contract is not published. A constant
    number of questions to the base."""
    if not subject.published:
        return ()
    rows = (
        visible_lines(ANONYMOUS, contract, subject)
        .select_related("funder", "operation")
        .prefetch_related("payments", "operation__pilots__organisation")
        .order_by("operation__number", "operation_id", "id")
    )
    found: dict[int, list[FundingLine]] = {}
    for row in rows:
        found.setdefault(row.operation_id, []).append(row)
    return tuple(_published(lines) for lines in found.values())


def published_operations() -> QuerySet[FundingLine, int]:
    """Ids of the operations of which the public face of a published contract shows something."""
    lines = FundingLine.objects.filter(
        EYES["public"], operation__contract__published_on__isnull=False
    )
    return lines.values_list("operation_id", flat=True)


def _published(rows: list[FundingLine]) -> Published:
    operation = rows[0].operation
    owners = tuple(item.organisation.name for item in operation.pilots.all())
    return Published(operation, owners, tuple(plan_line(row) for row in rows))
