"""Figures of the observatory in the state of play: chosen, dated, kept with their source."""

import re

import pytest
from tests.web.test_contracts import here, url

from maillage.common.french import long_date
from maillage.contracts.models import Contract
from maillage.web.viewers import now

pytestmark = pytest.mark.django_db
__all__ = ["here"]  # a fixture


def offered(html):
    return re.findall(r'name="state_of_play" value="([\w-]+)"', html)


def revision(html):
    return re.search(r'name="revision" value="(\d+)"', html)[1]


def test_a_sentence_of_the_portrait_joins_the_text_with_its_source_and_its_day(site, here):
    Contract.objects.filter(pk=here.pk).update(state_of_play="Deux rives, un pont.")
    html = site.get(url(here, "etat-des-lieux/")).content.decode()
    first, *others = offered(html)
    assert others
    sent = {"state_of_play": [first], "revision": revision(html)}
    assert site.post(url(here, "etat-des-lieux/"), sent).status_code == 302
    here.refresh_from_db()
    kept, added = here.state_of_play.split("\n\n")
    assert kept == "Deux rives, un pont."
    plain = re.sub(r"[\u00a0\u202f]", " ", added)
    for said in ("Périmètre : ", "Champ : ", "Unité : ", "millésime", f"#{first}"):
        assert said in plain
    day = re.sub(r"[\u00a0\u202f]", " ", long_date(now().date()))
    assert plain.endswith(f"Relevé le {day}.")
    again = site.get(url(here, "etat-des-lieux/")).content.decode()
    assert offered(again) == others
    assert "Champ" in site.get(url(here)).content.decode()


def test_nothing_is_chosen_or_nothing_can_be(site, here):
    html = site.get(url(here, "etat-des-lieux/")).content.decode()
    assert site.post(url(here, "etat-des-lieux/"), {"revision": revision(html)}).status_code == 400
    Contract.objects.filter(pk=here.pk).update(territory="")
    assert site.get(url(here, "etat-des-lieux/")).status_code == 400


def test_two_people_who_write_the_state_of_play_see_both(site, here):
    html = site.get(url(here, "etat-des-lieux/")).content.decode()
    sent = {"state_of_play": offered(html)[:1], "revision": revision(html)}
    Contract.objects.filter(pk=here.pk).update(state_of_play="Réécrit.", revision=99)
    page = site.post(url(here, "etat-des-lieux/"), sent)
    assert page.status_code == 409
    assert "Réécrit." in page.content.decode()
    fresh = {**sent, "revision": revision(page.content.decode())}
    assert site.post(url(here, "etat-des-lieux/"), fresh).status_code == 302
    here.refresh_from_db()
    assert here.state_of_play.startswith("Réécrit.\n\n")
