"""Pages of committees and meetings: what waits, what a meeting writes elsewhere."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.web.test_operations import contract, epci, lead, signed_in, text  # noqa: F401

from maillage.governance.actions.committees import add_member, create_committee
from maillage.governance.actions.meetings import call_meeting
from maillage.web.viewers import now

pytestmark = pytest.mark.django_db


class Committees:
    """A copil and a cotech of the contract, where somebody sits."""

    def __init__(self, of, body):
        self.of = of
        for kind in ("copil", "cotech"):
            made = create_committee(contract=of, kind=kind, by=None, at=now())
            add_member(
                committee=made, organisation=body, name="Anne Roy", quality="chair",
                since=now().date() - timedelta(days=900), by=None, at=now(),
            )  # fmt: skip
            setattr(self, kind, made)

    def call(self, kind, days):
        at = now() + timedelta(days=days)
        return call_meeting(committee=getattr(self, kind), starts_at=at, by=None, at=now())

    def page(self, meeting, part=""):
        return f"/contrats/{self.of.slug}/gouvernance/reunions/{meeting.pk}/{part}"


@pytest.fixture
def committees(contract, epci):  # noqa: F811
    return Committees(contract, epci)


def test_a_meeting_waits_until_its_convocation_is_said_sent(lead, contract, epci, committees):  # noqa: F811
    meeting = committees.call("copil", 9)
    page = lead.get("/a-faire/")
    assert f'href="{committees.page(meeting)}"' in page.content.decode()
    assert "Convocation à envoyer" in text(page)
    address = committees.page(meeting, "convocation-envoyee/")
    sent = {"revision": meeting.revision, "convened_on": now().date().isoformat()}
    assert lead.post(address, sent).status_code == 302
    kinds = re.findall(r'<p class="due-kind">(.*?)</p>', lead.get("/a-faire/").content.decode())
    assert "Réunion" in str(kinds)
    assert "Convocation" not in str(kinds)
    assert "envoyée le" in text(lead.get(committees.page(meeting)))
    elected = signed_in("elected", contract, epci)
    assert "Réunion" in text(elected.get("/a-faire/"))
    assert elected.get(address).status_code == 403


def test_a_calendar_tells_the_hour_of_a_meeting(lead, committees):  # noqa: F811
    committees.call("copil", 9)
    shown = lead.post("/a-faire/calendrier/").content.decode()
    address = re.search(r"/a-faire/calendrier/[\w-]+\.ics", shown).group()
    feed = Client().get(address).content.decode()
    assert feed.count("UID:reunion-") == 1
    assert "UID:meeting-" not in feed
