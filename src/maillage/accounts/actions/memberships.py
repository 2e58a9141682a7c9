"""Giving somebody a role, and closing it."""

from datetime import date, datetime

from django.db import transaction

from maillage.accounts.journal import record
from maillage.accounts.models import Membership, Organisation, Person
from maillage.accounts.roles import ROLES
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError


@transaction.atomic
def grant(
    *,
    person: Person,
    organisation: Organisation,
    role: str,
    by: Viewer | None,
    at: datetime,
    since: date,
    territory: str = "",
    contract_id: int | None = None,
) -> Membership:
    """InputError for a role that a membership does not give, or one that bears on nothing."""
    check_role(role, territory, contract_id)
    made = Membership.objects.create(
        person=person,
        organisation=organisation,
        role=role,
        territory=territory,
        contract_id=contract_id,
        since=since,
    )
    after = {"person_id": person.pk, "organisation": organisation.name, "role": role}
    record(
        by=by,
        at=at,
        verb="granted",
        kind="membership",
        id=made.pk,
        contract_id=contract_id,
        after={**after, "territory": territory, "since": since},
    )
    return made


@transaction.atomic
def close_membership(
    *, membership: Membership, until: date, by: Viewer | None, at: datetime
) -> None:
    """The role ends that day, the day itself included; its line stays."""
    membership.until = max(until, membership.since)
    membership.save(update_fields=["until"])
    record(
        by=by,
        at=at,
        verb="closed",
        kind="membership",
        id=membership.pk,
        contract_id=membership.contract_id,
        before={"person_id": membership.person_id, "role": membership.role},
        after={"until": membership.until},
    )


def check_role(role: str, territory: str, contract_id: int | None) -> None:
    if role not in ROLES or not ROLES[role].granted:
        raise InputError(
            problem="ce rôle ne se donne pas.",
            remedy="choisissez-en un dans la liste.",
            value=role,
        )
    if not territory and contract_id is None:
        raise InputError(
            problem="un rôle porte sur un contrat ou sur un territoire.",
            remedy="dites lequel.",
        )
