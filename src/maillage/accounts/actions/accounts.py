"""What somebody does with their own account: password, deletion."""

from datetime import datetime
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db import transaction

from maillage.accounts.actions.invitations import check_password_strength
from maillage.accounts.export import erased_with
from maillage.accounts.journal import record
from maillage.accounts.models import Person
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError

DELETED = "Compte supprimé"


@transaction.atomic
def change_password(*, person: Person, old: str, new: str, here: str, at: datetime) -> None:
    """InputError when the old one is wrong or the new one too weak. ``here``: key of the session
    from which it is changed, the only one that stays open."""
    if not person.check_password(old):
        raise InputError(
            problem="ce n’est pas votre mot de passe actuel.", remedy="saisissez-le à nouveau."
        )
    set_password(person=person, new=new, here=here, at=at)


@transaction.atomic
def set_password(*, person: Person, new: str, at: datetime, here: str = "") -> None:
    """For whoever proved who they are otherwise (a link sent to their address). Every session but
    ``here`` is closed."""
    check_password_strength(new, person)
    person.set_password(new)
    person.save(update_fields=["password"])
    person.sessions.exclude(session_key=here).delete()
    _say(person, "password_changed", at)


@transaction.atomic
def close_session(*, person: Person, key: str, at: datetime) -> None:
    """One of theirs; nothing happens for one that is over."""
    if person.sessions.filter(session_key=key).delete()[0]:
        _say(person, "session_closed", at)


@transaction.atomic
def delete_account(*, person: Person, at: datetime) -> None:
    """The name, the address, every way in and what the person kept for themselves are erased; what
    they did stays in the journal, under « Compte supprimé ». Roles end that day."""
    _say(person, "account_deleted", at)
    person.memberships.filter(since__gt=at.date()).delete()
    person.memberships.filter(until=None).update(until=at.date())
    for rows in erased_with(person):
        rows.delete()
    person.name, person.email = DELETED, f"{uuid4().hex}@supprime.invalid"
    person.password, person.totp_secret = make_password(None), ""
    person.is_active, person.is_operator, person.deleted_at = False, False, at
    person.save()


@transaction.atomic
def open_operator(*, email: str, name: str, password: str, at: datetime) -> Person:
    """The account of whoever runs the site; the command line alone opens one."""
    if Person.objects.filter(email__iexact=email).exists():
        raise InputError(
            problem="un compte existe déjà à cette adresse.", remedy="donnez-en une autre."
        )
    person = Person(email=email.lower(), name=name, is_operator=True, joined_at=at)
    check_password_strength(password, person)
    person.set_password(password)
    person.save()
    _say(person, "operator_opened", at)
    return person


def _say(person: Person, verb: str, at: datetime) -> None:
    by = Viewer(person_id=person.pk, name=person.name)
    record(by=by, at=at, verb=verb, kind="person", id=person.pk)
