"""File numbers that lines of other contracts carry too: the same aid, perhaps, counted twice.

Only programmed lines are looked at. Who sees every line of both contracts is told where; others
learn that such a number exists, and nothing else.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from maillage.accounts.viewers import Viewer
from maillage.contracts.models import Contract
from maillage.operations.access import of_contracts
from maillage.operations.models import FundingLine
from maillage.operations.visibility import sees_whole_plan


def elsewhere(viewer: Viewer, lines: Iterable[FundingLine]) -> Mapping[int, Mapping[str, str]]:
    """By id of the contract of these lines and by number: the operation and its contract, empty
    for who may not know them. ``lines`` know their operation; at most four questions to the
    base."""
    held: dict[str, set[int]] = defaultdict(set)
    for line in lines:
        if line.file_number and line.kind == "programme":
            held[line.file_number].add(line.operation.contract_id)
    if not held:
        return {}
    twins = _twins(held)
    contracts = Contract.objects.in_bulk({twin.operation.contract_id for twin in twins})
    subjects = of_contracts(contracts.values()) if contracts else {}
    seen = {id for id, subject in subjects.items() if sees_whole_plan(viewer, subject)}
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for twin in twins:
        there = twin.operation.contract_id
        for here in held[twin.file_number] - {there}:
            told = _told(twin, contracts[there]) if there in seen else ""
            found[here][twin.file_number] = found[here].get(twin.file_number) or told
    return found


def _twins(held: Mapping[str, Collection[int]]) -> list[FundingLine]:
    """Lines of these numbers in a contract other than the only one that was read."""
    rows = FundingLine.objects.filter(kind="programme", file_number__in=held)
    rows = rows.select_related("operation").order_by("pk")
    return [row for row in rows if set(held[row.file_number]) - {row.operation.contract_id}]


def _told(line: FundingLine, contract: Contract) -> str:
    return f"l’opération « {line.operation.title} » du contrat {contract.name}"
