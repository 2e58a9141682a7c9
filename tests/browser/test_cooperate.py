"""From a portrait to a dossier: with whom to cooperate, one pair, its documents, the balances."""

import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from .test_accessibility import inspect

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def here(demo_edition) -> str:
    """The EPCI of median population: its neighbours are of all sizes."""
    geography = demo_edition.geography
    mesh = geography.mesh("epci")
    people = [geography.population[mesh.unit_members(u)].sum() for u in range(len(mesh.codes))]
    return mesh.codes[sorted(range(len(people)), key=people.__getitem__)[len(people) // 2]]


def test_from_a_portrait_to_the_dossier_of_a_pair(page, site, here, shoot, tmp_path):
    page.goto(f"{site}/territoires/{here}/")
    page.get_by_role("navigation", name="Pages de ce territoire").get_by_role(
        "link", name="Coopérer"
    ).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Avec qui coopérer\u202f?")
    inspect(page, "cooperer", shoot)
    page.locator("a.dot").last.click()
    expect(page).to_have_url(re.compile(r"#voisin-\w+$"))
    expect(page.locator("tr:target")).to_be_visible()
    page.locator("tr:target").get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(rf"/territoires/{here}/cooperer/\w+/$"))
    inspect(page, "paire", shoot)
    for summary in page.locator(".theme-detail summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    with page.expect_download() as found:
        page.get_by_role("link", name="Dossier de deux pages").click()
    found.value.save_as(tmp_path / "dossier.pdf")
    assert found.value.suggested_filename.startswith("dossier-")
    assert len(PdfReader(tmp_path / "dossier.pdf").pages) == 2


def test_choices_are_kept_in_the_address_without_javascript(browser, site, here):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/territoires/{here}/cooperer/")
    page.get_by_label("Voisins à moins de").select_option("50")
    page.get_by_label("Énergie").check()
    page.get_by_role("button", name="Afficher").click()
    expect(page).to_have_url(re.compile(r"rayon=50&theme=energie"))
    expect(page.get_by_label("Énergie")).to_be_checked()
    expect(page.get_by_text("Thèmes comptés : énergie")).to_be_visible()
    context.close()


def test_the_chart_is_walked_by_keyboard(page, site, here):
    """Dots take the focus one after the other; enter leads to the row."""
    page.goto(f"{site}/territoires/{here}/cooperer/")
    dots = page.locator("a.dot")
    dots.first.focus()
    page.keyboard.press("Tab")
    expect(dots.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("tr:target")).to_be_visible()


def test_balances_and_what_joining_would_cover(page, site, here, shoot):
    page.goto(f"{site}/territoires/{here}/bilans/")
    inspect(page, "bilans", shoot)
    page.get_by_role("link", name="Énergie", exact=True).click()
    expect(page.get_by_role("heading", name="Besoin couvert en s’associant")).to_be_visible()
    inspect(page, "bilan-energie", shoot)
    page.locator(".joining a").first.click()
    expect(page.get_by_role("heading", name="Ce qu’ils couvriraient ensemble")).to_be_visible()
