"""How often one is written to: chosen on the account, or from a letter without signing in."""

import pytest
from django.core import signing
from django.test import Client
from tests.operations import world
from tests.web.test_operations import text

from maillage.accounts.actions.accounts import delete_account
from maillage.accounts.models import JournalEntry, Person
from maillage.accounts.reminding import token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(site, settings):
    settings.SECOND_FACTOR = False
    return world.person()


def chosen():
    return Person.objects.get().reminders


def test_it_is_chosen_on_the_account(person):
    client = Client()
    client.force_login(person)
    page = text(client.get("/compte/"))
    assert "Rappels par courriel" in page
    assert "Les alertes de caducité suivent ce choix" in page
    assert client.post("/compte/rappels/", {"frequency": "daily"}).status_code == 302
    assert chosen() == "daily"
    assert JournalEntry.objects.filter(verb="reminders_chosen", person=person).count() == 1
    client.post("/compte/rappels/", {"frequency": "hourly"})
    assert chosen() == "daily"
    assert client.get("/compte/rappels/").status_code == 405
    assert Client().post("/compte/rappels/", {"frequency": "never"}).status_code == 302
    assert chosen() == "daily"


def test_a_letter_opens_the_choice_without_signing_in_and_reading_changes_nothing(person):
    client, address = Client(enforce_csrf_checks=True), f"/rappels/{token_of(person)}/"
    page = client.get(address)
    assert page.status_code == 200
    assert "caducité" in text(page)
    assert chosen() == "weekly"
    assert "plus aucun rappel" in text(client.post(address, {"frequency": "never"}))
    assert chosen() == "never"
    assert "chaque jour" in text(client.post(address, {"frequency": "daily"}))
    assert chosen() == "daily"
    for given in ({}, {"frequency": "hourly"}):
        assert client.post(address, given).status_code == 400
    assert chosen() == "daily"


def test_a_mail_program_unsubscribes_in_one_click(person):
    """RFC 8058: one POST, no cookie, no token of form."""
    client = Client(enforce_csrf_checks=True)
    sent = {"List-Unsubscribe": "One-Click"}
    assert client.post(f"/rappels/{token_of(person)}/", sent).status_code == 200
    assert chosen() == "never"


@pytest.mark.parametrize(
    "token",
    ["1", "abc:def", signing.dumps(1), signing.dumps(1, salt="x")],
    ids=["bare", "made-up", "unsalted", "of-another-salt"],  # a signature says the second
)
def test_another_token_opens_nothing(person, token):
    assert Client().post(f"/rappels/{token}/", {"frequency": "never"}).status_code == 410
    assert chosen() == "weekly"


def test_the_token_of_an_account_that_is_closed_opens_nothing(person):
    address = f"/rappels/{token_of(person)}/"
    delete_account(person=person, at=world.AT)
    assert Client().get(address).status_code == 410
