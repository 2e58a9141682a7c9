"""The portfolio in a real browser: the gate, a maquette arrêtée, a grant that lapses, privacy."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.browser.conftest import SERVE, _wait
from tests.browser.test_accessibility import inspect
from tests.operations.showcase import PASSWORD

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Workshop:
    """A served site with a contract full of operations."""

    address: str
    slug: str
    operations: dict[str, int]
    environment: dict[str, str]
    sessions: dict[str, Any]

    def page(self, part: str = "") -> str:
        return f"{self.address}/contrats/{self.slug}/{part}"

    def operation(self, title: str, part: str = "") -> str:
        return self.page(f"operations/{self.operations[title]}/{part}")

    def sign_in(self, page: Page, role: str) -> None:
        """Through the door the first time, then with the session that it opened."""
        page.context.clear_cookies()
        if role in self.sessions:
            page.context.add_cookies(self.sessions[role])
            return
        page.goto(f"{self.address}/connexion/")
        page.get_by_label("Adresse électronique").fill(f"{role}@example.org")
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page).not_to_have_url(re.compile("/connexion/"))
        self.sessions[role] = page.context.cookies()


@pytest.fixture(scope="module")
def workshop(demo_editions, tmp_path_factory) -> Iterator[Workshop]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "MAILLAGE_VAR": str(tmp_path_factory.mktemp("workshop")),
        "MAILLAGE_SECOND_FACTOR": "0",
        "MAILLAGE_EDITIONS": str(demo_editions),
        "DJANGO_SETTINGS_MODULE": "maillage.config.settings",
    }
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE.format(editions=str(demo_editions), port=port)],
        env=environment,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, server)
        filled = subprocess.run(
            [sys.executable, "-m", "tests.operations.showcase"],
            cwd=ROOT,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        made = json.loads(filled.stdout)
        yield Workshop(address, made["slug"], made["operations"], environment, {})
    finally:
        server.terminate()
        server.wait(timeout=20)


PAGES = {
    "contrat": "",
    "journal": "journal/",
    "revue": "operations/",
    "par-phase": "operations/tableau/",
    "carte": "operations/carte/",
    "calendrier": "operations/calendrier/",
    "nouvelle": "operations/nouvelle/",
    "propositions": "operations/propositions/",
    "maquette": "maquette/",
}


def test_every_page_is_sound(page, workshop, shoot):
    workshop.sign_in(page, "project_lead")
    for name, part in PAGES.items():
        page.goto(workshop.page(part))
        inspect(page, f"operations-{name}", shoot)
    page.goto(workshop.operation("Covoiturage domicile-travail avec l’agglomération"))
    expect(page.get_by_text("Un actif sur quatre")).to_be_visible()
    inspect(page, "operations-operation", shoot)
    for fold in page.locator("main details > summary").all():
        fold.click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.goto(f"{workshop.address}/a-faire/")
    inspect(page, "operations-a-faire", shoot)
    page.goto(f"{workshop.address}/financements/")
    inspect(page, "operations-sources", shoot)
    workshop.sign_in(page, "funder")
    page.goto(f"{workshop.address}/financeur/")
    inspect(page, "operations-financeur", shoot)
    page.get_by_text("Répondre").click()
    assert Axe().run(page).violations_count == 0


def test_a_fiche_projet_is_told_everything_that_is_missing_at_once(page, workshop, shoot):
    workshop.sign_in(page, "project_lead")
    page.goto(workshop.page("operations/nouvelle/"))
    page.get_by_label("Intitulé").fill("Passerelle sur la rivière")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name="Passerelle sur la rivière")).to_be_visible()
    ready = page.get_by_role("button", name="En faire une fiche action")
    ready.click()
    expect(page.locator("ol.missing li")).to_have_count(11)
    page.expected("Failed to load resource: the server responded with a status of 409 (Conflict)")
    inspect(page, "operations-pas-prete", shoot)
    page.get_by_role("link", name="Compléter la fiche").click()
    page.get_by_label("Description").fill("Une passerelle pour les piétons et les cyclistes.")
    page.get_by_label("Contribution à la transition écologique").fill("Moins de voitures.")
    page.get_by_role("checkbox", name="CC voisine des Monts").check()
    page.get_by_label("Référent", exact=False).first.fill("Anne Le Goff")
    page.get_by_label("Orientation de la stratégie").select_option(index=1)
    page.get_by_label("Communes").fill("01001")
    page.get_by_label("Début").fill("2027-01-04")
    page.locator("#id_ends_on").fill("2028-01-04")
    page.get_by_label("Coût en investissement").fill("100 k€")
    page.locator("#id_cotech_opinion").select_option("favourable")
    page.get_by_label("Date de l’avis").fill("2026-10-01")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".checklist .is-missing")).to_have_count(2)
    for question in ("pace", "results", "impact"):
        page.get_by_text("Ajouter un indicateur").click()
        page.get_by_label("Indicateur", exact=True).fill("Passages par jour")
        page.locator("#id_question").select_option(question)
        page.get_by_role("button", name="Ajouter l’indicateur").click()
    page.get_by_role("link", name="Ajouter une ligne").click()
    page.locator("#id_source").select_option("own_funds")
    page.get_by_label("Montant demandé").fill("100 000")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator(".checklist .is-missing")).to_have_count(0)
    page.get_by_label("Référence du compte rendu").fill("Compte rendu du copil n° 5")
    ready.click()
    expect(page.get_by_text("Fiche action depuis le")).to_be_visible()


def test_a_maquette_arretee_stays_and_the_comparison_shows_what_changed(page, workshop, shoot):
    workshop.sign_in(page, "project_lead")
    year = "2031" if page.viewport_size["width"] > 500 else "2032"
    page.goto(workshop.page("maquette/arreter/"))
    page.get_by_label("Année").fill(year)
    page.get_by_label("Référence du compte rendu").fill("Compte rendu du copil n° 4")
    page.get_by_role("button", name="Arrêter la maquette").click()
    expect(
        page.get_by_role("heading", name=re.compile(f"Maquette {year}, arrêtée"))
    ).to_be_visible()
    before = page.locator(".maquette-table tfoot").inner_text()
    page.goto(workshop.operation("Voie verte entre les deux gares"))
    page.get_by_role("link", name="Agence de l’eau").click()
    page.wait_for_load_state()
    asked = page.get_by_label("Montant demandé")
    more = int(asked.input_value().replace("\u202f", "")) + 2_000
    asked.fill(str(more))
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.goto(workshop.page(f"maquette/{year}/1/"))
    assert page.locator(".maquette-table tfoot").inner_text() == before
    inspect(page, "operations-maquette-arretee", shoot)
    page.goto(workshop.page(f"maquette/comparer/?avant={year}-1&apres=actuelle"))
    expect(page.locator(".comparison-table tbody tr")).to_have_count(1)
    expect(page.locator(".comparison-table")).to_contain_text("+2\u202f000")
    inspect(page, "operations-comparaison", shoot)


def test_a_grant_sixty_days_from_lapsing_alerts_with_its_remedy(page, workshop, shoot):
    workshop.sign_in(page, "project_lead")
    page.goto(f"{workshop.address}/a-faire/")
    due = page.locator(".due.is-lapse")
    expect(due).to_contain_text("60\u00a0jours")
    expect(due).to_contain_text("86\u202f000\u00a0€ à perdre")
    expect(due).to_contain_text("prorogation de deux ans")
    due.get_by_role("link").click()
    expect(page.locator("#financement .finding").filter(has_text="Caducité")).to_be_visible()
    letters = subprocess.run(
        [Path(sys.executable).with_name("maillage"), "rappels", "--preview"],
        env=workshop.environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "À : project_lead@example.org" in letters
    assert "caduque dans 60" in letters.replace("\u00a0", " ")


def test_simulations_and_drafts_stay_with_their_side(page, workshop, shoot):
    title = "Réseau de chaleur bois"
    for role, button, euros in (
        ("project_lead", "Préparer une demande", "41 414"),
        ("prefecture", "Simuler un financement", "52 525"),
    ):
        workshop.sign_in(page, role)
        page.goto(workshop.operation(title))
        page.get_by_role("link", name=button).click()
        page.locator("#id_source").select_option("fonds_vert")
        page.get_by_label("Montant demandé").fill(euros)
        page.get_by_role("button", name="Enregistrer", exact=True).click()
    draft, simulation = "41\u202f414", "52\u202f525"
    for role, sees, ignores in (
        ("project_lead", draft, simulation),
        ("prefecture", simulation, draft),
        ("region", None, (draft, simulation)),
    ):
        workshop.sign_in(page, role)
        page.goto(workshop.operation(title))
        plan = page.locator("#financement")
        if sees:
            expect(plan).to_contain_text(sees)
            inspect(page, f"operations-{role}", shoot)
        for hidden in (ignores,) if isinstance(ignores, str) else ignores:
            assert hidden not in page.content()
            page.goto(workshop.page("maquette/"))
            assert hidden not in page.content()
            page.goto(workshop.operation(title))
