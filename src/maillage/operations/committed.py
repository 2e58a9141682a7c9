"""Which organisations pilot or fund the operations of a contract."""

from collections import defaultdict

from django.db.models import QuerySet

from maillage.accounts.models import Organisation
from maillage.contracts.commitments import Commitment
from maillage.contracts.models import Contract
from maillage.operations.models import FundingLine, Pilot


def committed(
    contract: Contract, lines: QuerySet[FundingLine] | None = None
) -> tuple[Commitment, ...]:
    """By name. Operations « hors CRTE » or dropped bind nobody, nor lines refused or lapsed.
    ``lines``: those that may be told; every programmed one unless said. Two questions."""
    bodies: dict[int, Organisation] = {}
    pilots: dict[int, dict[str, None]] = defaultdict(dict)
    funds: dict[int, dict[str, None]] = defaultdict(dict)
    for pilot in _pilots(contract):
        bodies[pilot.organisation_id] = pilot.organisation
        pilots[pilot.organisation_id][pilot.operation.title] = None
    for line in _lines(contract, FundingLine.objects.all() if lines is None else lines):
        if line.funder is not None:
            bodies[line.funder.pk] = line.funder
            funds[line.funder.pk][line.operation.title] = None
    rows = (
        Commitment(id, body.name, body.nature, tuple(pilots[id]), tuple(funds[id]))
        for id, body in bodies.items()
    )
    return tuple(sorted(rows, key=lambda one: (one.name, one.organisation_id)))


def _pilots(contract: Contract) -> QuerySet[Pilot]:
    rows = Pilot.objects.filter(operation__contract=contract, operation__outside=False)
    alive = rows.exclude(operation__status="dropped")
    return alive.select_related("organisation", "operation").order_by("operation_id", "position")


def _lines(contract: Contract, lines: QuerySet[FundingLine]) -> QuerySet[FundingLine]:
    rows = lines.filter(
        operation__contract=contract, operation__outside=False, kind="programme",
        funder__isnull=False, refused_on=None, lapsed_on=None,
    )  # fmt: skip
    alive = rows.exclude(operation__status="dropped")
    return alive.select_related("funder", "operation").order_by("operation_id", "pk")
