"""The contract that takes over from another: what it takes of it, to be confirmed."""

from datetime import date, datetime, timedelta

from django.db import transaction

from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.actions.contracts import create_contract
from maillage.contracts.actions.told import held, tell
from maillage.contracts.models import Contract, ContractPlace, Party, StrategyNode
from maillage.contracts.models.contracts import RUNNING
from maillage.contracts.snapshot import parties_of, perimeter_of

#: Statuses of a contract that another may take over from.
SUCCEEDED = (*RUNNING, "expired")


@transaction.atomic
def succeed(
    *,
    contract: Contract,
    kind: str,
    name: str,
    ends_on: date | None,
    by: Viewer,
    at: datetime,
) -> Contract:
    """In preparation, with the perimeter, the strategy and the parties of the former one, each
    party to be confirmed; it starts on the morrow of its term. The former one is renewed by its
    own step. InputError for a contract that is not in force nor expired, or already followed."""
    former = held(contract)
    follower = former.successors.first()
    if former.status not in SUCCEEDED or follower is not None:
        raise InputError(
            problem=f"« {follower.name} » prend déjà la suite de ce contrat."
            if follower
            else "on ne prend la suite que d’un contrat en vigueur ou arrivé à échéance.",
            remedy="complétez-le." if follower else "menez d’abord celui-ci à sa signature.",
        )
    made = create_contract(
        kind=kind, name=name, lead=former.lead, previous=former, ends_on=ends_on,
        starts_on=former.ends_on + timedelta(days=1) if former.ends_on else None, by=by, at=at,
    )  # fmt: skip
    made.project = former.project
    _take_perimeter(former, made, at.date())
    made.save()
    _take_parties(former, made, by, at)
    _take_strategy(former, made)
    tell(made, "took_over", made, by=by, at=at, after={"name": former.name})
    tell(former, "followed", former, by=by, at=at, after={"name": made.name})
    return made


def _take_perimeter(former: Contract, made: Contract, since: date) -> None:
    """As it is kept, whatever the geography became: the page tells what changed since."""
    row = perimeter_of(former)
    if row is None:
        return
    row.pk, row.contract, row.since, row.until = None, made, since, None
    row._state.adding = True
    row.save()
    made.territory = row.territory
    ContractPlace.objects.bulk_create(
        ContractPlace(contract=made, level=place.level, place=place.place, name=place.name)
        for place in former.places.all()
    )


def _take_parties(former: Contract, made: Contract, by: Viewer, at: datetime) -> None:
    for party in parties_of(former):
        row = Party.objects.create(
            contract=made,
            organisation=party.organisation,
            capacity=party.capacity,
            required=party.required,
            to_confirm=True,
            since=at.date(),
        )
        after = {"organisation": party.organisation.name, "capacity": party.capacity}
        tell(made, "carried_over", row, by=by, at=at, after=after)


def _take_strategy(former: Contract, made: Contract) -> None:
    """The same tree, under keys of its own."""
    nodes: dict[int, StrategyNode] = {}
    rows = list(former.strategy.all())
    for kind in ("axe", "orientation", "objectif"):
        for row in (one for one in rows if one.kind == kind):
            nodes[row.pk] = StrategyNode.objects.create(
                contract=made,
                parent=nodes[row.parent_id] if row.parent_id else None,
                kind=row.kind,
                number=row.number,
                title=row.title,
                text=row.text,
            )
