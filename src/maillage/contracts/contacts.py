"""Whom to call about a contract: its chef de projet, its first contact in the State’s services."""

from dataclasses import dataclass
from datetime import date

from maillage.accounts.models import Membership
from maillage.accounts.people import capacity, current
from maillage.accounts.roles import ROLES
from maillage.contracts.models import Contract

LEAD, FIRST_CONTACT = "project_lead", "sous_prefecture"


@dataclass(frozen=True)
class Contact:
    """``service`` is the organisation they act for."""

    role: str
    name: str
    service: str
    email: str


def contacts(contract: Contract, today: date) -> tuple[Contact, ...]:
    """Chefs de projet first, then the sous-préfets and DDT of its places; two questions."""
    rows = Membership.objects.filter(role__in=(LEAD, FIRST_CONTACT))
    places = set(
        contract.places.filter(level__in=("arrondissement", "departement")).values_list(
            "place", flat=True
        )
    )
    held = current(rows, today).select_related("person", "organisation").order_by("pk")
    found = {
        (row.role, row.person_id): row
        for row in held
        if row.contract_id == contract.pk
        or (row.contract_id is None and row.role == FIRST_CONTACT and capacity(row).places & places)
    }
    ordered = sorted(found.values(), key=lambda row: (row.role != LEAD, row.person.name))
    return tuple(
        Contact(ROLES[row.role].label, row.person.name, row.organisation.name, row.person.email)
        for row in ordered
    )
