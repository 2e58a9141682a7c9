"""The thread, from a figure of the observatory to a printed note; and a link read on a phone."""

import io
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from tests.browser.conftest import SERVE, _wait
from tests.browser.test_accessibility import inspect

from maillage.demo.cast import DOMAIN

pytestmark = pytest.mark.browser
EXPIRE = """
import django; django.setup()
from datetime import timedelta
from django.utils.timezone import localtime
from maillage.accounts.models import ReadLink
now = localtime()
ReadLink.objects.update(made_at=now - timedelta(days=9), expires_at=now - timedelta(days=1))
"""


@dataclass(frozen=True)
class Demonstration:
    """The site as ``make demo`` serves it."""

    address: str
    environment: dict[str, str]

    def sign_in(self, page: Page, name: str) -> None:
        page.goto(f"{self.address}/connexion/")
        page.locator("tr", has_text=f"{name}@{DOMAIN}").get_by_role("button").click()
        expect(page).to_have_url(re.compile("/contrats/$"))


@pytest.fixture(scope="module")
def demonstration(demo_editions, tmp_path_factory) -> Iterator[Demonstration]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "MAILLAGE_VAR": str(tmp_path_factory.mktemp("demonstration")),
        "MAILLAGE_DEMO": "1",
        "MAILLAGE_SECOND_FACTOR": "0",
        "MAILLAGE_EDITIONS": str(demo_editions),
        "DJANGO_SETTINGS_MODULE": "maillage.config.settings",
    }
    command = Path(sys.executable).with_name("maillage")
    subprocess.run([command, "demo"], env=environment, check=True)
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE.format(editions=str(demo_editions), port=port)],
        env=environment,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, server)
        yield Demonstration(address, environment)
    finally:
        server.terminate()
        server.wait(timeout=20)


def open_main(page: Page) -> None:
    """The contract of the one who is signed in that is in force."""
    page.locator("tr", has=page.locator(".status-in_force")).get_by_role("link").first.click()


def test_from_a_flow_to_a_printed_cooperation(page, demonstration, shoot):
    page.goto(f"{demonstration.address}/connexion/")
    inspect(page, "demonstration-connexion", shoot)
    demonstration.sign_in(page, "lea.martin")
    open_main(page)
    page.wait_for_load_state()
    inspect(page, "demonstration-contrat", shoot)
    page.get_by_role("heading", name="Ce que le périmètre échange").click()
    page.get_by_role("link", name="Ses flux et ses partenaires").first.click()
    row = page.locator("tr[data-partner]", has_text="Métropole").first
    row.get_by_role("link").first.click()
    page.get_by_role("link", name="Répondre à cette interdépendance").click()
    inspect(page, "demonstration-repondre", shoot)
    width = page.viewport_size["width"]
    title = f"Cars partagés vers la métropole, {width}"
    page.get_by_label("Intitulé de la nouvelle opération").fill(title)
    owners = page.get_by_role("group", name="Maîtres d’ouvrage de la nouvelle opération")
    owners.get_by_role("checkbox", name=re.compile("PETR")).check()
    expect(owners.get_by_role("checkbox", name=re.compile("Métropole"))).to_be_checked()
    page.get_by_role("button", name="Garder ce chiffre dans l’opération").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.locator("#interdependances .tie")).to_contain_text("actifs occupés")
    lead = page.locator(".page-head .lead")
    expect(lead).to_contain_text("PETR")
    expect(lead).to_contain_text("Métropole")
    fund_it(page)
    judge_it(page)
    inspect(page, "demonstration-cooperation", shoot)
    print_it(page, title)


def fund_it(page: Page) -> None:
    page.get_by_role("link", name="Modifier la fiche").click()
    page.get_by_label("Coût en investissement").fill("400 k€")
    page.get_by_role("button", name="Enregistrer").click()
    for source, euros in (("own_funds", "120 000"), ("dsil", "280 000")):
        page.get_by_role("link", name="Ajouter une ligne").click()
        page.locator("#id_source").select_option(source)
        page.get_by_label("Montant demandé").fill(euros)
        page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator("#financement")).to_contain_text("280\u202f000")


def judge_it(page: Page) -> None:
    page.get_by_text("Ajouter un indicateur").click()
    page.get_by_label("Indicateur", exact=True).fill("Voyageurs par jour ouvré")
    page.locator("#id_question").select_option("results")
    page.get_by_role("button", name="Ajouter l’indicateur").click()
    expect(page.locator("#indicateurs")).to_contain_text("Voyageurs par jour ouvré")


def print_it(page: Page, title: str) -> None:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Note de coopération, deux pages").click()
    printed = PdfReader(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    text = " ".join(" ".join(sheet.extract_text().split()) for sheet in printed.pages)
    assert len(printed.pages) == 2
    for expected in (title, "actifs occupés", "280 000", "Voyageurs par jour ouvré", "fictives"):
        assert expected.replace(" ", "") in re.sub(r"\s", "", text), expected


def test_a_link_is_read_on_a_phone_until_it_expires(page, demonstration, shoot):
    demonstration.sign_in(page, "lea.martin")
    open_main(page)
    contract = page.url
    page.goto(f"{contract}acces/")
    page.get_by_role("link", name="Donner un lien de lecture").first.click()
    page.locator("[name=label]").fill("Maires du pays")
    page.locator("[name=days]").fill("30")
    page.get_by_role("button", name="Faire le lien").click()
    link = page.locator("code.command").inner_text()
    page.context.clear_cookies()
    page.set_viewport_size({"width": 360, "height": 720})
    page.goto(link)
    expect(page.locator(".contract-line .status")).to_have_text("En vigueur")
    expect(page.get_by_role("link", name=re.compile("Modifier|Ajouter|Y répondre"))).to_have_count(
        0
    )
    inspect(page, "lien-contrat", shoot)
    expect(page.get_by_role("heading", name="Ce qui peut venir ensuite")).to_be_visible()
    answers = page.locator("details.folded").filter(has_text="Voie verte entre les deux gares")
    expect(answers.get_by_role("link", name="Voie verte entre les deux gares")).to_be_hidden()
    answers.locator("summary").first.click()
    expect(answers.get_by_role("link", name="Voie verte entre les deux gares")).to_be_visible()
    page.goto(f"{contract}operations/")
    expect(page.get_by_text("Voie verte entre les deux gares").first).to_be_visible()
    expect(page.get_by_role("link", name="Nouvelle fiche projet")).to_have_count(0)
    inspect(page, "lien-operations", shoot)
    refused = page.request.get(f"{contract}operations/nouvelle/")
    assert "Nouvelle fiche" not in refused.text()
    assert refused.status == 403 or "/connexion/" in refused.url
    subprocess.run([sys.executable, "-c", EXPIRE], env=demonstration.environment, check=True)
    page.goto(f"{contract}operations/")
    expect(page.get_by_text("Voie verte entre les deux gares")).to_have_count(0)
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce lien ne sert plus")
    page.expected("Failed to load resource: the server responded with a status of 410 (Gone)")
    inspect(page, "lien-expire", shoot)


def test_a_sous_prefecture_sees_what_is_blocked_first(page, demonstration, shoot):
    demonstration.sign_in(page, "samira.cohen")
    blocked = page.locator(".contracts-table tbody tr")
    expect(blocked.first).to_contain_text("bloqu")
    assert blocked.count() >= 2
    inspect(page, "demonstration-sous-prefecture", shoot)
