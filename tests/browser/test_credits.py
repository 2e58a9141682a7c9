"""How credits are split, in a browser: one’s own weights, the map of gaps, who has nothing."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.test_accessibility import inspect

pytestmark = pytest.mark.browser


def test_ones_own_criteria_change_the_gap_and_stay_in_the_address(page, site, shoot, demo_edition):
    epci = demo_edition.geography.mesh("epci").codes[2]
    page.goto(f"{site}/territoires/{epci}/dotations/")
    page.get_by_role("link", name="Répartition des crédits").click()
    expect(page).to_have_url(re.compile(rf"territoire={epci}"))
    expect(page.get_by_text("Il porte le numéro")).to_be_visible()
    page.get_by_text("Critères de la simulation").click()
    page.get_by_label("Population", exact=True).fill("25")
    page.get_by_label("Habitants de communes rurales").fill("75")
    page.get_by_label("Logements vacants, au recensement").fill("0")
    page.get_by_role("button", name="Afficher").click()
    expect(page).to_have_url(re.compile(r"population=25&.*ruralite=75"))
    expect(page.get_by_text("indice = 25 % × 1 + 75 %")).to_be_visible()
    page.get_by_role("link", name="Écart par habitant").click()
    expect(page).to_have_url(re.compile(r"carte=ecart"))
    inspect(page, "credits-ecart", shoot)


def test_who_received_nothing_is_on_the_page_and_on_the_map(page, site, shoot):
    page.goto(f"{site}/repartition-des-credits/?maille=epci&annee=2021&dotation=DSIL")
    expect(page.get_by_text("Les territoires qui n’ont rien reçu")).to_be_visible()
    expect(page.locator(".credits-keys")).to_contain_text("rien reçu")
    inspect(page, "credits", shoot)
