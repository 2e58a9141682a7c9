"""Pages of committees and meetings: what waits, what a meeting writes elsewhere."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.operations import world
from tests.web.test_operations import contract, epci, lead, signed_in, text  # noqa: F401

from maillage.governance.actions.committees import add_member, create_committee
from maillage.governance.actions.held import record_attendance
from maillage.governance.actions.meetings import Point, call_meeting, write_agenda
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

    def hold(self, kind, *points):
        """Yesterday, with these points on its agenda."""
        made = self.call(kind, -1)
        write_agenda(meeting=made, revision=made.revision, points=points, by=None, at=now())
        made.refresh_from_db()
        record_attendance(
            meeting=made, revision=made.revision, came={}, guests="", by=None, at=now()
        )
        made.refresh_from_db()
        return made

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


def test_an_opinion_given_in_a_cotech_is_read_on_the_fiche(lead, contract, epci, committees):  # noqa: F811
    made = world.operation(contract, "Halle", (epci,), number="1")
    meeting = committees.hold("cotech", Point("opinion", "Halle", operation=made))
    address = committees.page(meeting, f"points/{meeting.items.get().pk}/suite/")
    assert "Avis du comité technique" in text(lead.get(address))
    sent = {"revision": meeting.revision, "outcome": "Sans réserve.", "opinion": "favourable"}
    assert lead.post(address, sent).status_code == 302
    page = lead.get(f"/contrats/{contract.slug}/operations/{made.pk}/")
    assert "Compte rendu du cotech n° 1" in text(page)
    assert f'href="{committees.page(meeting)}"' in page.content.decode()
    assert "Comité technique : avis favorable." in text(lead.get(committees.page(meeting)))


def test_a_copil_gives_no_opinion(lead, contract, epci, committees):  # noqa: F811
    made = world.operation(contract, "Halle", (epci,), number="1")
    meeting = committees.hold("copil", Point("blocked", "Halle", operation=made))
    address = committees.page(meeting, f"points/{meeting.items.get().pk}/suite/")
    assert "Avis du comité technique" not in text(lead.get(address))


def test_a_decision_of_a_meeting_is_read_on_its_operations(lead, contract, epci, committees):  # noqa: F811
    halle, voie = (world.operation(contract, name, (epci,)) for name in ("Halle", "Voie verte"))
    meeting = committees.hold("copil", Point("blocked", "Halle", operation=halle))
    address = committees.page(meeting, f"points/{meeting.items.get().pk}/decider/")
    form = lead.get(address).content.decode()
    assert re.search(rf'value="{halle.pk}"[^>]*checked', form)
    sent = {
        "subject": "Le projet devient une place", "kind": "correction", "votes_for": "9",
        "votes_against": "1", "operations": [halle.pk, voie.pk], "becomes": "",
    }  # fmt: skip
    assert "Dites ce que deviennent" in text(lead.post(address, sent))
    assert lead.post(address, sent | {"becomes": "reorient"}).status_code == 302
    for operation in (halle, voie):
        page = lead.get(f"/contrats/{contract.slug}/operations/{operation.pk}/")
        assert "Le projet devient une place" in text(page)
        assert f'href="{committees.page(meeting)}"' in page.content.decode()
    assert "9 pour, 1 contre." in text(lead.get(committees.page(meeting)))


def test_a_decision_is_rectified_where_it_is_read_and_both_stay(lead, contract, epci, committees):  # noqa: F811
    halle = world.operation(contract, "Halle", (epci,))
    meeting = committees.hold("copil", Point("blocked", "Halle", operation=halle))
    sent = {"subject": "Arrêt en 2027", "kind": "correction", "operations": [halle.pk]}
    address = committees.page(meeting, f"points/{meeting.items.get().pk}/decider/")
    assert lead.post(address, sent | {"becomes": "reorient"}).status_code == 302
    first = contract.decisions.get()
    address = f"/contrats/{contract.slug}/decisions/{first.pk}/rectifier/"
    assert address in lead.get(committees.page(meeting)).content.decode()
    form = lead.get(address)
    assert "Arrêt en 2027" in form.content.decode()
    again = {
        **dict(form.context["form"].initial), "subject": "Arrêt en 2028", "cotech_on": "",
        "reason": "L’année était fausse.",
    }  # fmt: skip
    assert lead.post(address, again | {"reason": ""}).status_code == 400
    assert lead.post(address, again).status_code == 302
    assert "déjà rectifiée" in text(lead.post(address, again))
    for part in ("", f"operations/{halle.pk}/", f"gouvernance/reunions/{meeting.pk}/"):
        page = text(lead.get(f"/contrats/{contract.slug}/{part}"))
        for words in ("Arrêt en 2027", "Arrêt en 2028", "L’année était fausse."):
            assert words in page, part
    assert signed_in("elected", contract, epci).get(address).status_code == 403


def test_a_quorum_is_counted_on_the_page_of_a_meeting(lead, committees):  # noqa: F811
    meeting = committees.hold("copil")
    assert "Quorum" not in text(lead.get(committees.page(meeting)))
    committee = committees.copil
    sent = {
        "revision": committee.revision, "kind": "copil", "name": "Copil", "level": "local",
        "quorum": 1,
    }  # fmt: skip
    address = f"/contrats/{committees.of.slug}/gouvernance/{committee.pk}/modifier/"
    assert lead.post(address, sent).status_code == 302
    assert "1 voix délibérative présente ou représentée sur 1" in text(
        lead.get(committees.page(meeting))
    )
    assert "non atteint" in text(lead.get(committees.page(meeting)))
