"""``maillage rappels``: letters leave for those whom something waits for."""

from datetime import date, timedelta

import pytest
from tests.operations import world

from maillage.accounts.actions.memberships import grant
from maillage.accounts.actions.reminders import choose_reminders
from maillage.accounts.models import Person
from maillage.accounts.reminding import token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy():
    """Somebody with a step in a week."""
    contract = world.contract()
    soon = world.TODAY + timedelta(days=7)
    world.operation(contract, "Halte", next_step="Copil", next_step_on=soon)
    grant(
        person=world.person(),
        organisation=world.organisation("CC du Val"),
        role="project_lead",
        contract_id=contract.pk,
        by=None,
        at=world.AT,
        since=date(2026, 1, 1),
    )


def test_letters_are_sent(run, busy, mailoutbox):
    told = run("rappels", "--day", "2026-06-01", "--site", "https://maillage.example/")
    assert told.output == "1\u00a0lettre envoyée.\n"
    assert [letter.to for letter in mailoutbox] == [["lea@example.org"]]
    assert "https://maillage.example/a-faire/" in mailoutbox[0].body


def test_a_letter_says_how_to_stop_it(run, busy, mailoutbox):
    run("rappels", "--day", "2026-06-01", "--site", "https://maillage.example/")
    [letter] = mailoutbox
    address = f"https://maillage.example/rappels/{token_of(world.person())}/"
    assert letter.extra_headers == {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert f"ne plus les recevoir : {address}" in letter.body


@pytest.mark.parametrize(
    ("frequency", "days"),
    [("daily", [1, 2, 3, 8]), ("weekly", [1, 8]), ("never", [])],
)
def test_each_is_written_to_as_often_as_they_chose(run, busy, mailoutbox, frequency, days):
    choose_reminders(person=world.person(), frequency=frequency, at=world.AT)
    written = []
    for day in (1, 2, 3, 3, 8):
        before = len(mailoutbox)
        run("rappels", "--day", f"2026-06-0{day}")
        written += [day] * (len(mailoutbox) - before)
    assert written == days


def test_letters_are_shown_without_leaving(run, busy, mailoutbox):
    told = run("rappels", "--day", "2026-06-01", "--preview")
    assert "Halte" in told.output
    assert "1\u00a0lettre à envoyer." in told.output
    assert mailoutbox == []
    assert Person.objects.get().reminded_on is None


def test_nobody_is_written_to_for_nothing(run, mailoutbox):
    assert run("rappels", "--day", "2026-06-01").output == "0\u00a0lettre envoyée.\n"
    assert mailoutbox == []
