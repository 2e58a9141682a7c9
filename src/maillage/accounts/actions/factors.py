"""The second factor: a secret shared with a telephone, and codes for the day it is lost."""

from datetime import datetime

import pyotp
from django.db import transaction

from maillage.accounts.journal import record
from maillage.accounts.models import Person, RecoveryCode
from maillage.accounts.tokens import digest, new_recovery_code
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError

CODES = 8
STEP = 30  # seconds a code lasts, RFC 6238


@transaction.atomic
def confirm_factor(*, person: Person, secret: str, code: str, at: datetime) -> list[str]:
    """Keeps the secret once a code proves that the telephone has it; gives the recovery codes,
    shown this once. InputError on a wrong code."""
    step = _step_of(secret, code, at)
    if step is None:
        raise InputError(
            problem="ce code n’est pas celui que donne cette clé.",
            remedy="vérifiez l’heure du téléphone, puis recopiez le code affiché à l’instant.",
        )
    person.totp_secret, person.totp_last_step = secret, step
    person.save(update_fields=["totp_secret", "totp_last_step"])
    codes = _new_codes(person)
    _say(person, "factor_confirmed", at)
    return codes


@transaction.atomic
def use_factor(*, person: Person, code: str, at: datetime) -> bool:
    """Whether a code is right; neither a code nor a recovery code serves twice."""
    held = Person.objects.select_for_update().get(pk=person.pk)
    step = _step_of(held.totp_secret, code, at) if held.totp_secret else None
    if step is not None and step > held.totp_last_step:
        held.totp_last_step = step
        held.save(update_fields=["totp_last_step"])
        return True
    cleaned = digest(code.strip().lower())
    used = RecoveryCode.objects.filter(person=held, digest=cleaned, used_at=None)
    if used.update(used_at=at):
        _say(held, "recovery_code_used", at)
        return True
    return False


@transaction.atomic
def renew_codes(*, person: Person, at: datetime) -> list[str]:
    """New recovery codes; the old ones no longer serve."""
    _say(person, "recovery_codes_renewed", at)
    return _new_codes(person)


def _new_codes(person: Person) -> list[str]:
    person.recovery_codes.all().delete()
    pairs = [new_recovery_code() for _ in range(CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(person=person, digest=d) for _, d in pairs)
    return [code for code, _ in pairs]


def _step_of(secret: str, code: str, at: datetime) -> int | None:
    """The half-minute a code is of: this one or its neighbours."""
    cleaned, now = code.replace(" ", ""), int(at.timestamp()) // STEP
    totp = pyotp.TOTP(secret)
    right = (s for s in (now, now - 1, now + 1) if _same(totp.at(s * STEP), cleaned))
    return next(right, None)


def _same(left: str, right: str) -> bool:
    return bool(pyotp.utils.strings_equal(left, right))


def _say(person: Person, verb: str, at: datetime) -> None:
    by = Viewer(person_id=person.pk, name=person.name)
    record(by=by, at=at, verb=verb, kind="person", id=person.pk)
