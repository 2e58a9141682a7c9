"""The life of a contract in a real browser: co-signed by three EPCI and the State, then amended."""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Page, expect
from tests.browser.office import LEADS, PASSWORD, SECRET
from tests.browser.test_accessibility import inspect

from maillage.territory.units import unit_index

pytestmark = pytest.mark.browser
TODAY = date.today().isoformat()
KEPT, GIVEN_UP = "Voie verte des Vallées", "Salle des fêtes du canton"


@pytest.fixture(scope="session")
def epcis(demo_edition) -> list[str]:
    """Four EPCI of the département that has the most."""
    geography = demo_edition.geography
    mesh, departement = geography.mesh("epci"), geography.mesh("departement")
    home = departement.unit_of(geography.n_communes)
    homes = [home[mesh.unit_members(unit)[0]] for unit in range(len(mesh.codes))]
    most = max(set(homes), key=homes.count)
    return [mesh.codes[unit] for unit, place in enumerate(homes) if place == most][:4]


@pytest.fixture(scope="session")
def office(site, site_var, demo_editions, epcis) -> str:
    """The site, with its people."""
    script = Path(__file__).parent / "office.py"
    command = [sys.executable, str(script), str(demo_editions), "+".join(epcis)]
    root = Path(__file__).parents[2]
    env = os.environ | {"MAILLAGE_VAR": str(site_var), "PYTHONPATH": str(root)}
    subprocess.run(command, check=True, env=env, cwd=root)
    return site


def sign_in(page: Page, office: str) -> None:
    """Password, then the code of the half-minute."""
    page.goto(f"{office}/connexion/")
    page.get_by_label("Adresse électronique").fill(LEADS[page.viewport_size["width"]])
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_label("Code").fill(pyotp.TOTP(SECRET).now())
    page.get_by_role("button", name="Continuer").click()


def fill(page: Page, button: str, **fields: str) -> None:
    """Fills a form by the names of its fields, then sends it."""
    for name, value in fields.items():
        field = page.locator(f"[name={name}]")
        kind = field.evaluate("e => e.tagName + ':' + e.type")
        if kind.startswith("SELECT"):
            field.select_option(label=value)
        elif kind.endswith("checkbox"):
            field.check()
        else:
            field.fill(value)
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def open_link(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_load_state()


def unfold(page: Page, title: str) -> None:
    """Opens a part of the page of a contract, where it is folded."""
    part = page.locator("details.fold").filter(
        has=page.get_by_role("heading", name=title, exact=True)
    )
    if part.get_attribute("open") is None:
        part.locator("> summary").click()


def sign_everything(page: Page, link: str) -> None:
    """Every signature that the page still asks for."""
    done = page.locator(".note-done")
    expect(done).to_be_visible()
    waiting = page.get_by_role("link", name=re.compile(f"^{link}", re.I))
    while waiting.count():
        waiting.first.click()
        fill(
            page, "Consigner", signatory="Mme Durand", signed_on=TODAY, ceremony="Salle du conseil"
        )
        expect(done).to_contain_text("est consignée")


def take(page: Page, step: str) -> None:
    open_link(page, step)
    page.get_by_role("button", name=step).click()
    expect(page.get_by_role("status").first).to_contain_text("L’étape est constatée")


def test_a_contract_is_co_signed_then_amended(page, office, epcis, demo_edition, shoot):
    names = [unit_index(demo_edition.geography).by_id[siren].name for siren in epcis]
    sign_in(page, office)
    expect(page).to_have_url(re.compile("/contrats/$"))
    inspect(page, "contrats", shoot)
    open_link(page, "Nouveau contrat")
    width = page.viewport_size["width"]
    fill(page, "Créer le contrat", name=f"Pays des Vallées {width}", territory="+".join(epcis[:3]))
    expect(page.get_by_role("group", name="Parties proposées")).to_contain_text(names[0])
    inspect(page, "contrat-parties-proposees", shoot)
    page.get_by_role("button", name="Créer le contrat").click()
    expect(page.locator("#parties")).to_be_visible()
    address = page.url
    inspect(page, "contrat-en-preparation", shoot)
    prepare(page, address, names)
    inspect(page, "contrat-en-elaboration", shoot)
    page.get_by_role("button", name="Arrêter le texte à signer").click()
    sign_everything(page, "Consigner la signature")
    take(page, "Constater la signature")
    take(page, "Constater l’entrée en vigueur")
    expect(page.locator(".contract-line .status")).to_have_text("En vigueur")
    inspect(page, "contrat-en-vigueur", shoot)
    amend(page, address, epcis, names[3], shoot)
    read_by_link(page, address, shoot)


def prepare(page: Page, address: str, names: list[str]) -> None:
    """Strategy, dates, method accord: up to the drafting; the parties came with the perimeter."""
    page.goto(address)
    open_link(page, "Ajouter un axe")
    fill(page, "Ajouter", title="Se déplacer sans voiture")
    page.get_by_role("link", name="Ajouter une orientation").first.click()
    fill(page, "Ajouter", title="Relier les gares aux bourgs")
    unfold(page, "Identité, dates et contacts")
    open_link(page, "Modifier l’identité et le projet de territoire")
    fill(
        page, "Enregistrer", lead=names[0], starts_on="2026-01-01", ends_on="2031-12-31",
        state_of_play="Deux actifs sur trois travaillent hors de leur commune.",
    )  # fmt: skip
    sign_everything(page, "Consigner la signature de l’accord de méthode")
    take(page, "Constater l’accord de méthode")
    take(page, "Ouvrir l’élaboration")
    for title in (KEPT, GIVEN_UP):
        page.goto(f"{address}operations/nouvelle/")
        page.get_by_label("Intitulé").fill(title)
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_role("heading", name=title)).to_be_visible()
    page.goto(address)


def give_up(page: Page, address: str, shoot) -> None:
    """The portfolio lives on: an operation is abandoned, and the signed text says so."""
    page.goto(f"{address}operations/")
    open_link(page, GIVEN_UP)
    open_link(page, "Modifier la fiche")
    fill(page, "Enregistrer", status="Abandonnée", dropped_reason="Le propriétaire ne vend plus.")
    page.goto(f"{address}ecarts/")
    expect(page.locator(".diff-removed")).to_contain_text(GIVEN_UP)
    inspect(page, "ecarts", shoot)
    page.goto(address)


def amend(page: Page, address: str, epcis: list[str], newcomer: str, shoot) -> None:
    """An EPCI more and an operation less, by an avenant that becomes version 2; version 1 still
    reads as signed."""
    give_up(page, address, shoot)
    unfold(page, "Versions et avenants")
    open_link(page, "Ouvrir un avenant")
    fill(page, "Ouvrir", title=f"Accueil de {newcomer}")
    unfold(page, "Périmètre")
    open_link(page, "Proposer un autre périmètre dans l’avenant")
    fill(page, "Enregistrer", territory="+".join(epcis))
    unfold(page, "Parties et signatures")
    open_link(page, "Ajouter une partie")
    fill(page, "Enregistrer", organisation=newcomer, capacity="EPCI signataire")
    unfold(page, "Décisions")
    open_link(page, "Consigner une décision")
    fill(page, "Enregistrer", reference="Compte rendu du copil n° 4", decided_on=TODAY)
    page.goto(f"{address}avenants/1/")
    expect(page.locator(".diff-added").first).to_contain_text(newcomer)
    expect(page.locator(".diff-removed")).to_contain_text(GIVEN_UP)
    inspect(page, "avenant", shoot)
    page.get_by_role("button", name="Arrêter le texte de l’avenant").click()
    page.wait_for_load_state()
    while (waiting := page.get_by_role("link", name=re.compile("^consigner la signature"))).count():
        waiting.first.click()
        fill(page, "Consigner", signatory="M. Petit", signed_on=TODAY)
        page.goto(f"{address}avenants/1/")
    page.get_by_role("button", name="Constater l’entrée en vigueur").click()
    page.wait_for_load_state()
    unfold(page, "Versions et avenants")
    open_link(page, "Version 2")
    main = page.locator("main")
    expect(main).to_contain_text(newcomer)
    expect(main).to_contain_text(KEPT)
    expect(main).not_to_contain_text(GIVEN_UP)
    page.goto(address)
    unfold(page, "Versions et avenants")
    open_link(page, "Version 1")
    expect(main).not_to_contain_text(newcomer)
    expect(main).to_contain_text(KEPT)
    expect(main).to_contain_text(GIVEN_UP)
    expect(page.get_by_text("vérifiée à l’instant")).to_be_visible()
    inspect(page, "version-signee", shoot)
    page.goto(f"{address}journal/")
    expect(page.get_by_text("Avenant entré en vigueur")).to_be_visible()
    inspect(page, "journal", shoot)


def read_by_link(page: Page, address: str, shoot) -> None:
    """Somebody without an account, on the telephone too."""
    page.goto(f"{address}acces/")
    inspect(page, "acces", shoot)
    open_link(page, "Donner un lien de lecture")
    fill(page, "Faire le lien", label="Maires du pays", days="30")
    link = page.locator("code.command").inner_text()
    page.context.clear_cookies()
    page.goto(link)
    expect(page.locator(".contract-line .status")).to_have_text("En vigueur")
    expect(page.get_by_role("link", name=re.compile("Modifier"))).to_have_count(0)
    inspect(page, "contrat-par-lien", shoot)


def test_doors(page, office, shoot):
    for name, path in {"connexion": "connexion/", "oubli": "mot-de-passe/"}.items():
        page.goto(f"{office}/{path}")
        inspect(page, name, shoot)
