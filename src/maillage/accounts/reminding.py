"""How often somebody is written to of what waits, and the address that changes it unsigned-in."""

from collections.abc import Mapping
from datetime import date

from django.core import signing

from maillage.accounts.models import Person

#: Id -> French label.
FREQUENCIES: Mapping[str, str] = {
    "daily": "Chaque jour",
    "weekly": "Chaque semaine",
    "never": "Jamais",
}
#: Days between two letters.
_DAYS = {"daily": 1, "weekly": 7}
_SALT = "maillage.accounts.reminding"


def to_remind(person: Person, today: date) -> bool:
    """Whether a letter may leave today, by their choice and the day of the last one."""
    if person.reminders not in _DAYS:
        return False
    last = person.reminded_on
    return last is None or (today - last).days >= _DAYS[person.reminders]


def token_of(person: Person) -> str:
    """Signed by the key of the site; it opens nothing but this choice, and has no end: a letter is
    read late."""
    return signing.dumps(person.pk, salt=_SALT)


def reminded(token: str) -> Person | None:
    """None for a token that is not ours, or an account that is closed."""
    try:
        id = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return Person.objects.filter(pk=id, is_active=True).first()
