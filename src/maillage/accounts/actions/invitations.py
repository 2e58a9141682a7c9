"""Inviting somebody by e-mail, and what they do with the invitation."""

from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from maillage.accounts.actions.memberships import check_role, grant
from maillage.accounts.journal import record
from maillage.accounts.models import Invitation, Organisation, Person
from maillage.accounts.tokens import new_token
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError

VALID_FOR = timedelta(days=14)


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    organisation: Organisation,
    role: str,
    by: Viewer,
    at: datetime,
    territory: str = "",
    contract_id: int | None = None,
) -> tuple[Invitation, str]:
    """The invitation, and the token to send: it is kept nowhere."""
    check_role(role, territory, contract_id)
    token, digest = new_token()
    made = Invitation.objects.create(
        email=email.strip().lower(),
        name=name.strip(),
        organisation=organisation,
        role=role,
        territory=territory,
        contract_id=contract_id,
        digest=digest,
        sent_by_id=by.person_id,
        sent_at=at,
        expires_at=at + VALID_FOR,
    )
    after = {"organisation": organisation.name, "role": role}
    record(
        by=by,
        at=at,
        verb="invited",
        kind="invitation",
        id=made.pk,
        contract_id=contract_id,
        after=after,
    )
    return made, token


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Viewer, at: datetime) -> None:
    """The letter opens nothing any more; withdrawing twice changes nothing. InputError once it was
    accepted: it is then a role that is to be closed."""
    held = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if held.accepted_at is not None:
        raise InputError(
            problem="cette invitation a été acceptée.",
            remedy="fermez l’accès de la personne, s’il le faut.",
        )
    if held.withdrawn_at is None:
        held.withdrawn_at = at
        held.save(update_fields=["withdrawn_at"])
        before = {"organisation": held.organisation.name, "role": held.role}
        record(
            by=by,
            at=at,
            verb="withdrawn",
            kind="invitation",
            id=held.pk,
            contract_id=held.contract_id,
            before=before,
        )


@transaction.atomic
def accept(*, invitation: Invitation, password: str, name: str, at: datetime) -> Person:
    """Opens the account, or adds the role to the account that has this address already.

    Whoever has an account proves it by its password. InputError in French otherwise.
    """
    held = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if held.accepted_at or held.withdrawn_at or held.expires_at <= at:
        raise InputError(
            problem="cette invitation a déjà servi, elle a été retirée, ou elle a expiré.",
            remedy="connectez-vous, ou demandez-en une autre à qui vous a invité.",
        )
    person = Person.objects.filter(email__iexact=held.email).first()
    if person is None:
        person = _opened(held, password, name, at)
    elif not person.is_active or not person.check_password(password):
        raise InputError(
            problem="un compte existe déjà à cette adresse, avec un autre mot de passe.",
            remedy="donnez le mot de passe de ce compte.",
        )
    grant(
        person=person,
        organisation=held.organisation,
        role=held.role,
        territory=held.territory,
        contract_id=held.contract_id,
        since=at.date(),
        by=Viewer(person_id=person.pk, name=person.name),
        at=at,
    )
    held.accepted_at = at
    held.save(update_fields=["accepted_at"])
    return person


def _opened(invitation: Invitation, password: str, name: str, at: datetime) -> Person:
    person = Person(email=invitation.email, name=name.strip() or invitation.name, joined_at=at)
    check_password_strength(password, person)
    person.set_password(password)
    person.save()
    return person


def check_password_strength(password: str, person: Person) -> None:
    """InputError that says everything the password lacks."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise InputError(
            problem=" ".join(error.messages),
            remedy="choisissez une phrase d’au moins douze signes, facile à retenir.",
        ) from error
