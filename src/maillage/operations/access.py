"""On what a right is judged: a contract, or an operation of it with its maîtres d’ouvrage."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from maillage.accounts.perms import Subject
from maillage.contracts.models import Contract, ContractPlace
from maillage.contracts.reading import party_organisations
from maillage.operations.models import FundingLine, Operation


def of_contract(contract: Contract) -> Subject:
    """Two questions to the base, for the places of its perimeter and its parties."""
    return of_contracts([contract])[contract.pk]


def of_contracts(contracts: Iterable[Contract]) -> Mapping[int, Subject]:
    """Two questions to the base for all, by id of the contract."""
    known = {contract.pk: contract for contract in contracts}
    places: dict[int, set[str]] = defaultdict(set)
    rows = ContractPlace.objects.filter(contract_id__in=known)
    for contract_id, place in rows.values_list("contract_id", "place"):
        places[contract_id].add(place)
    parties = party_organisations(known)
    return {
        id: Subject(
            contract_id=id,
            places=frozenset(places[id]),
            published=contract.published_on is not None,
            parties=parties[id],
        )
        for id, contract in known.items()
    }


def of_operation(operation: Operation, contract: Subject) -> Subject:
    """The same contract, and whose operation it is."""
    owners = frozenset(item.organisation_id for item in operation.pilots.all())
    return replace(contract, organisations=owners)


def of_line(line: FundingLine, contract: Subject) -> Subject:
    """The same contract, and who is asked to pay."""
    asked = frozenset({line.funder_id} if line.funder_id else ())
    return replace(contract, organisations=asked)
