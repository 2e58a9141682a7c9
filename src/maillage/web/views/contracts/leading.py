"""Whoever creates a contract as chef de projet becomes that of this contract."""

from datetime import datetime

from maillage.accounts.actions.memberships import grant
from maillage.accounts.models import Organisation, Person
from maillage.accounts.perms import Subject, scope
from maillage.accounts.viewers import Capacity, Viewer
from maillage.contracts.models import Contract


def lead_when_able(contract: Contract, who: Viewer, where: Subject, at: datetime) -> None:
    """Nothing for the State’s services, that create contracts and lead none. ``where`` is what
    they were let to create it over."""
    capacity = _creating(who, where)
    if capacity is None or capacity.role != "project_lead":
        return
    grant(
        person=Person.objects.get(pk=who.person_id),
        organisation=Organisation.objects.get(pk=capacity.organisation_id),
        role="project_lead",
        contract_id=contract.pk,
        since=at.date(),
        by=who,
        at=at,
    )


def _creating(who: Viewer, where: Subject) -> Capacity | None:
    """The first capacity that creates contracts there, or that holds over the contract there."""
    able = (c for c in who.capacities if scope(c.role, "contract.create") != "never")
    named = {where.contract_id} - {None}
    return next((c for c in able if c.places & where.places or c.contract_id in named), None)
