"""Accounts, password and spreadsheet of the demonstration: nowhere else."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from tests.operations import world

from maillage.accounts.actions.memberships import grant
from maillage.config import environment
from maillage.demo.cast import DOMAIN, PASSWORD

pytestmark = pytest.mark.django_db
DOOR = "/connexion/"


@pytest.fixture
def lead():
    contract = world.contract()
    person = world.person(f"lea@{DOMAIN}")
    body = world.organisation("CC du Val")
    since = date(2026, 1, 1)
    grant(
        person=person, organisation=body, role="project_lead", contract_id=contract.pk, by=None,
        at=world.AT, since=since,
    )  # fmt: skip
    return person


def test_it_is_off_unless_said(monkeypatch):
    monkeypatch.delenv("MAILLAGE_DEMO", raising=False)
    assert environment.flag("DEMO") is False


def test_off_nothing_shows_at_the_door(site, settings, lead):
    assert settings.DEMO is False
    text = site.get(DOOR).content.decode()
    assert PASSWORD not in text
    assert lead.email not in text


def test_on_the_door_lists_who_one_may_be(site, settings, lead):
    settings.DEMO = True
    text = site.get(DOOR).content.decode()
    assert PASSWORD in text
    assert lead.email in text
    assert "Chef de projet" in text


def test_the_spreadsheet_is_given_in_the_demonstration_only(site, settings, lead):
    settings.SECOND_FACTOR = False
    site.force_login(lead)
    page = "/contrats/pays-d-ancenis/operations/importer/"
    assert site.get(f"{page}exemple.xlsx").status_code == 404
    assert "exemple.xlsx" not in site.get(page).content.decode()
    settings.DEMO = True
    assert "exemple.xlsx" in site.get(page).content.decode()
    given = site.get(f"{page}exemple.xlsx")
    book = load_workbook(io.BytesIO(b"".join(given.streaming_content)))
    assert len(book.sheetnames) == 5
