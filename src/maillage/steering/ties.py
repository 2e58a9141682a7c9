"""Which operations answer which interdependency of a contract’s perimeter."""

from collections import defaultdict
from dataclasses import dataclass

from maillage.contracts.models import Contract
from maillage.operations.models import Interdependency


@dataclass(frozen=True)
class PartnerTies:
    """The figures kept of one partner, each with the operation that answers it, the oldest
    first."""

    partner: str
    name: str
    ties: tuple[Interdependency, ...]


def ties_by_partner(contract: Contract) -> tuple[PartnerTies, ...]:
    """The partner most answered first; one question to the base."""
    rows = Interdependency.objects.filter(operation__contract=contract)
    groups: dict[tuple[str, str], list[Interdependency]] = defaultdict(list)
    for tie in rows.exclude(operation__status="dropped").select_related("operation"):
        groups[tie.partner, tie.partner_name].append(tie)
    found = [PartnerTies(id, name, tuple(ties)) for (id, name), ties in groups.items()]
    return tuple(sorted(found, key=lambda one: (-len(one.ties), one.name)))
