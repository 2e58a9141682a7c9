"""The e-mail of what waits: to whoever has something urgent, dated soon, or to answer."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from maillage.accounts.models import Person
from maillage.accounts.people import viewer_of
from maillage.common.french import counted, long_date
from maillage.operations.agenda import KINDS, Due, agenda

AHEAD = 60  # days


@dataclass(frozen=True)
class Reminder:
    """A letter to one person, as plain text."""

    to: str
    subject: str
    body: str


def reminders(today: date, site: str) -> list[Reminder]:
    """For every person who may still sign in and has something to do; ``site`` is its address."""
    found = []
    for person in Person.objects.filter(is_active=True).exclude(email="").order_by("id"):
        letter = reminder(person, today, site)
        if letter:
            found.append(letter)
    return found


def reminder(person: Person, today: date, site: str) -> Reminder | None:
    """None when nothing waits in the next ``AHEAD`` days."""
    viewer = viewer_of(person, strong=False, today=today)
    last = today + timedelta(days=AHEAD)
    dues = [due for due in agenda(viewer, today) if due.day is None or due.day <= last]
    if not dues:
        return None
    subject = f"Maillage : {counted(len(dues), 'point vous attend', 'points vous attendent')}"
    lines = [f"Bonjour {person.name},", "", f"Au {long_date(today)}, vous attendent :", ""]
    for contract, members in groupby(sorted(dues, key=_order), key=lambda due: due.contract):
        lines += [contract.name.upper(), *(_said(due) for due in members), ""]
    lines += [f"Le détail : {site}/a-faire/", ""]
    return Reminder(person.email, subject, "\n".join(lines))


def _order(due: Due) -> tuple[str, int, date]:
    return due.contract.name, due.contract.pk, due.day or date.max


def _said(due: Due) -> str:
    day = f" ({long_date(due.day)})" if due.day else ""
    return f"- {KINDS[due.kind]}{day} : {due.title}\n  {due.text}\n  → {due.remedy}"
