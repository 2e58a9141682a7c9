"""How often somebody wants to be written to; when they last were."""

from datetime import date, datetime

from django.db import transaction

from maillage.accounts.journal import record
from maillage.accounts.models import Person
from maillage.accounts.reminding import FREQUENCIES
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError


@transaction.atomic
def choose_reminders(*, person: Person, frequency: str, at: datetime) -> None:
    """InputError for a frequency that is none of ours."""
    if frequency not in FREQUENCIES:
        raise InputError(
            problem="cette fréquence n’existe pas.", remedy="choisissez dans la liste.",
            value=frequency,
        )  # fmt: skip
    if frequency == person.reminders:
        return
    before, person.reminders = person.reminders, frequency
    person.save(update_fields=["reminders"])
    by = Viewer(person_id=person.pk, name=person.name)
    record(
        by=by, at=at, verb="reminders_chosen", kind="person", id=person.pk,
        before={"reminders": before}, after={"reminders": frequency},
    )  # fmt: skip


@transaction.atomic
def mark_reminded(*, person_id: int, day: date) -> None:
    """A letter left that day. Nobody decides anything here: no line of the journal."""
    Person.objects.filter(pk=person_id).update(reminded_on=day)
