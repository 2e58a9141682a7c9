"""From a figure to its remark: keyboard, messages, thanks; axe on each page."""

import pytest
from tests.browser.test_accessibility import inspect

pytestmark = pytest.mark.browser


def test_a_remark_is_left_from_a_figure(page, site, shoot):
    page.goto(f"{site}/territoires/")
    page.get_by_role("table").first.get_by_role("link").first.click()
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
    assert page.get_by_text("Aucune remarque publiée pour l’instant.").is_visible()
    inspect(page, "remarques", shoot)


def test_moderation_leads_passers_by_to_the_door(page, site, shoot):
    page.goto(f"{site}/remarques/moderation/")
    assert "/connexion/" in page.url
