"""The e-mail of what waits: to whoever has something urgent, dated soon, or to answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from maillage.accounts.models import Person
from maillage.accounts.people import viewer_of
from maillage.accounts.reminding import to_remind, token_of
from maillage.common.french import counted, filed, long_date
from maillage.contracts.models import Contract
from maillage.operations.dues.choices import Choices
from maillage.operations.dues.due import Due
from maillage.operations.dues.kinds import DELAYS, KINDS
from maillage.operations.dues.reading import (
    Counted,
    Group,
    agenda,
    first_dues,
    groups,
    survey,
    tally,
)

AHEAD = 60  # days
#: Beyond that many things, a letter counts them, and tells the first ones.
MOST, FIRST, CONTRACTS = 60, 20, 30
_OFTEN = {
    "daily": "Vous recevez ces rappels chaque jour.",
    "weekly": "Vous recevez ces rappels chaque semaine.",
    "never": "Vous avez choisi de ne plus recevoir ces rappels.",
}


@dataclass(frozen=True)
class Reminder:
    """A letter to one person, as plain text; ``choice``: the address where its frequency is chosen,
    without signing in."""

    person_id: int
    to: str
    subject: str
    body: str
    choice: str


def reminders(today: date, site: str) -> list[Reminder]:
    """For every person who may still sign in, wants a letter today and has something to do;
    ``site`` is its address. The dues of every contract are drawn already (``actions.dues``)."""
    people = Person.objects.filter(is_active=True).exclude(email="").order_by("id")
    letters = (reminder(person, today, site) for person in people if to_remind(person, today))
    return [letter for letter in letters if letter]


def reminder(person: Person, today: date, site: str) -> Reminder | None:
    """None when nothing waits in the next ``AHEAD`` days."""
    viewer = viewer_of(person, strong=False, today=today)
    choices = Choices(last=today + timedelta(days=AHEAD))
    found = survey(viewer, today, choices)
    count = found.total
    if not count:
        return None
    lapses = sum(cell.count for cell in found.cells if cell.kind == "lapse")
    subject = f"Maillage : {counted(count, 'point vous attend', 'points vous attendent')}"
    if lapses:
        near = counted(lapses, "subvention près", "subventions près")
        subject += f", dont {near} de la caducité"
    short = count <= MOST
    told = (
        _every(agenda(viewer, today, choices))
        if short
        else [
            *_in_short(tally(found).rows),
            *_first(first_dues(viewer, today, FIRST)),
            *_contracts(groups(found, today)),
        ]
    )
    head = [f"Bonjour {person.name},", "", f"Au {long_date(today)}, vous attendent :", ""]
    choice = f"{site}/rappels/{token_of(person)}/"
    foot = [
        f"Le détail : {site}/a-faire/",
        f"{_OFTEN[person.reminders]} Changer la fréquence ou ne plus les recevoir : {choice}",
    ]
    body = "\n".join([*head, *told, *foot, ""])
    return Reminder(person.pk, person.email, subject, body, choice)


def _every(dues: tuple[Due, ...]) -> Iterator[str]:
    for contract, members in groupby(sorted(dues, key=_order), key=lambda due: due.contract):
        yield contract.name.upper()
        yield from (_said(due) for due in members)
        yield ""


def _order(due: Due) -> tuple[str, int, bool, date]:
    """Within a contract, money about to be lost first."""
    return filed(due.contract.name), due.contract.pk, due.kind != "lapse", due.day or date.max


def _said(due: Due) -> str:
    day = f" ({long_date(due.day)})" if due.day else ""
    return f"- {KINDS[due.kind]}{day} : {due.title}\n  {due.text}\n  → {due.remedy}"


def _in_short(rows: tuple[Counted, ...]) -> Iterator[str]:
    for row in rows:
        parts = (f"{DELAYS[id].lower()} : {n}" for id, n in row.counts.items() if n)
        yield f"- {KINDS[row.kind]} : {row.total} ({', '.join(parts)})"
    yield ""


def _first(dues: tuple[Due, ...]) -> Iterator[str]:
    yield "À REGARDER D’ABORD"
    for due in dues:
        yield f"{_said(due)}\n  {due.contract.name}"
    yield ""


def _contracts(found: list[Group]) -> Iterator[str]:
    """The first ones by name, and how many the others are."""
    yield "CONTRAT PAR CONTRAT"
    names = Contract.objects.in_bulk([group.contract_id for group in found[:CONTRACTS]])
    for group in found[:CONTRACTS]:
        late = f", dont {group.late} en retard" if group.late else ""
        points = counted(group.count, "point", "points")
        yield f"- {names[group.contract_id].name} : {points}{late}"
    others = found[CONTRACTS:]
    if others:
        points = counted(sum(group.count for group in others), "point", "points")
        yield f"- et {counted(len(others), 'autre contrat', 'autres contrats')} : {points}"
    yield ""
