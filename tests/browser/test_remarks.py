"""From a figure to its remark: keyboard, messages, thanks; axe on each page."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import expect
from tests.browser.test_accessibility import inspect

pytestmark = pytest.mark.browser
PASSWORD = "quatre chevaux bleus"


@pytest.fixture
def operator(site_var, page) -> str:
    """Address of whoever runs the site, whose account the command line has just opened."""
    email = f"exploitant-{page.viewport_size['width']}@exemple.fr"
    told = ["--email", email, "--name", "Nour Petit", "--password", PASSWORD]
    command = [str(Path(sys.executable).with_name("maillage")), "operator", *told]
    subprocess.run(command, check=True, env=os.environ | {"MAILLAGE_VAR": str(site_var)})
    return email


def sign_in(page, site, email):
    """Password first, then the telephone is taught the key that the page shows."""
    page.goto(f"{site}/connexion/?next=/remarques/moderation/")
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.goto(f"{site}/compte/second-facteur/")
    secret = page.locator("p code").inner_text()
    page.get_by_label("Code").fill(pyotp.TOTP(secret.replace(" ", "")).now())
    page.get_by_role("button", name="Activer").click()
    page.wait_for_load_state()


def test_a_remark_is_left_from_a_figure(page, site, shoot):
    page.goto(f"{site}/territoires/")
    page.get_by_role("table").first.get_by_role("link").first.click()
    page.wait_for_load_state()
    name = page.get_by_role("heading", level=1).inner_text()
    link = page.locator("section.flow .remark-link").first
    link.focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Signaler ou commenter").wait_for()
    assert name in page.locator(".remark-figure").inner_text()
    assert "stables" in page.locator(".remark-figure").inner_text()
    assert page.get_by_label("Ne remplissez pas ce champ").is_visible() is False or (
        page.get_by_label("Ne remplissez pas ce champ").bounding_box()["x"] < 0
    )
    inspect(page, "remarque-nouvelle", shoot)
    page.get_by_label("Votre remarque").fill("Ce chiffre compte aussi les télétravailleurs.")
    page.get_by_label("Adresse électronique").fill("lea@ici.example")
    page.get_by_role("button", name="Envoyer la remarque").click()
    page.get_by_role("heading", name="Merci").wait_for()
    inspect(page, "remarque-merci", shoot)
    page.get_by_role("link", name="Lire les remarques publiées").click()
    page.get_by_role("heading", name="Remarques").wait_for()
    inspect(page, "remarques", shoot)


def test_moderation_leads_passers_by_to_the_door(page, site, shoot):
    page.goto(f"{site}/remarques/moderation/")
    assert "/connexion/" in page.url


def test_a_remark_is_published_by_whoever_runs_the_site(page, site, operator, shoot):
    """Left from a flow page with its filters, answered, then read by all, its author unknown."""
    width = page.viewport_size["width"]
    page.goto(f"{site}/territoires/")
    page.get_by_role("table").first.get_by_role("link").first.click()
    page.goto(f"{page.url}flux/domicile-travail/?maille=departement")
    page.locator("main .remark-link").first.click()
    page.get_by_role("heading", name="Signaler ou commenter").wait_for()
    figure = page.locator(".remark-figure").inner_text()
    assert "maille=departement" in figure
    assert "stables" in figure
    page.get_by_label("Votre remarque").fill(f"Le pont a rouvert à {width} mètres d’ici.")
    page.get_by_label("Adresse électronique").fill("lea@ici.example")
    page.get_by_role("button", name="Envoyer la remarque").click()
    page.get_by_role("heading", name="Merci").wait_for()

    sign_in(page, site, operator)
    page.goto(f"{site}/remarques/moderation/")
    card = page.locator(".remarks > li", has_text=f"à {width} mètres")
    assert "lea@ici.example" in card.inner_text()
    inspect(page, "remarques-moderation", shoot)
    card.get_by_label("Réponse, facultative").fill("En effet : le chiffre date d’avant.")
    card.get_by_role("button", name="Publier").press("Enter")
    page.wait_for_load_state()
    assert page.locator(".remarks > li", has_text=f"à {width} mètres").count() == 0

    page.context.clear_cookies()
    page.goto(f"{site}/remarques/")
    shown = page.locator(".remarks > li", has_text=f"à {width} mètres")
    assert "En effet : le chiffre date d’avant." in shown.inner_text()
    assert "lea@ici.example" not in page.content()
    inspect(page, "remarques-publiees", shoot)
    shown.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"/flux/domicile-travail/\?maille=departement$"))
