"""Reads: who somebody is, today; which sessions and accesses they have."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from maillage.accounts.models import Invitation, Membership, Person, ReadLink
from maillage.accounts.tokens import digest
from maillage.accounts.viewers import Capacity, Viewer


def viewer_of(person: Person, *, strong: bool, today: date) -> Viewer:
    """One question to the base: the memberships that hold today."""
    held = current(person.memberships.select_related("organisation"), today)
    return Viewer(
        person_id=person.pk,
        name=person.name,
        capacities=tuple(capacity(membership) for membership in held.order_by("id")),
        strong=strong,
        is_operator=person.is_operator,
    )


def capacity(membership: Membership) -> Capacity:
    """A territory may join several units by ``+``: the role holds over each."""
    return Capacity(
        role=membership.role,
        organisation_id=membership.organisation_id,
        organisation=membership.organisation.name,
        places=frozenset(filter(None, membership.territory.split("+"))),
        contract_id=membership.contract_id,
    )


def current(memberships: QuerySet[Membership], today: date) -> QuerySet[Membership]:
    return memberships.filter(since__lte=today).filter(Q(until=None) | Q(until__gte=today))


def members_of(contract_id: int, today: date) -> list[Membership]:
    """Memberships that name a contract, in the order people were let in."""
    held = current(Membership.objects.filter(contract_id=contract_id), today)
    return list(held.select_related("person", "organisation").order_by("since", "id"))


def invitation_for(token: str, at: datetime) -> Invitation | None:
    """One that still waits."""
    return waiting_invitations(at).filter(digest=digest(token)).first()


def waiting_invitations(at: datetime) -> QuerySet[Invitation]:
    """Neither accepted, nor withdrawn, nor let expire; the oldest first."""
    found = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at)
    return found.select_related("organisation").order_by("sent_at")


def link_for(token: str, at: datetime) -> ReadLink | None:
    """One that was neither revoked nor let expire."""
    found = ReadLink.objects.filter(digest=digest(token))
    return found.filter(revoked_at=None, expires_at__gt=at).first()
