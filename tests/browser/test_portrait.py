"""A president on a phone, an elected official who shares, somebody who quotes."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from .test_accessibility import inspect

pytestmark = pytest.mark.browser
FIRST_SCREEN = 800
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"


@pytest.fixture
def epci(demo_edition):
    """The most populated, and the one whose name is the longest."""
    mesh = demo_edition.geography.mesh("epci")
    people = [demo_edition.geography.population[mesh.unit_members(u)].sum() for u in range(30)]
    largest = max(range(30), key=lambda unit: people[unit])
    longest = max(range(30), key=lambda unit: len(mesh.names[unit]))
    return mesh.codes[largest], mesh.codes[longest]


def bottom(locator):
    box = locator.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def test_a_phone_shows_the_essential_on_its_first_screen(page, site, shoot, epci):
    for code in epci:
        page.goto(f"{site}/territoires/{code}/")
        glance = page.locator(".glance")
        figures = glance.locator("dl dd .figure")
        partners = glance.locator(".glance-partners li")
        expect(figures).to_have_count(3)
        expect(partners).to_have_count(3)
        sentence = glance.locator(".glance-lead")
        expect(sentence).to_contain_text("des actifs occupés résidents travaillent")
        share = page.get_by_role("button", name="Partager")
        for seen in (sentence, share, *figures.all(), *partners.all()):
            assert bottom(seen) <= FIRST_SCREEN
        shoot(page, f"portrait-{code}")


def test_the_page_is_accessible_once_all_is_open(page, site, shoot, epci):
    page.goto(f"{site}/territoires/{epci[0]}/")
    inspect(page, "portrait", shoot)
    page.locator(".story details summary").first.click()
    expect(page.get_by_role("button", name="Copier").first).to_be_visible()
    page.locator("summary", has_text="commune").first.click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate(OVERFLOW) <= 0


def test_a_sentence_is_quoted_and_its_anchor_leads_back(page, site, epci):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site}/territoires/{epci[0]}/")
    told = page.locator(".story > li").first
    told.get_by_text("Citer").click()
    told.get_by_role("button", name="Copier").click()
    expect(told.get_by_role("status")).to_have_text("Copié.")
    copied = page.evaluate("navigator.clipboard.readText()")
    address = re.search(r"http\S+#\S+", copied).group()
    assert told.locator("p").first.text_content() in copied
    page.goto(address)
    expect(page.locator(":target")).to_be_in_viewport()
    page.locator(":target").get_by_role("link", name="Les chiffres").click()
    expect(page.locator(":target h3")).to_be_visible()


def test_sharing_copies_the_address_where_nothing_else_is_proposed(page, site, epci):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("delete Navigator.prototype.share")
    page.goto(f"{site}/territoires/{epci[0]}/")
    page.get_by_role("button", name="Partager").focus()
    page.keyboard.press("Space")
    expect(page.locator(".share [role=status]")).to_have_text("Adresse copiée.")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_sharing_hands_the_page_to_the_device(page, site, epci):
    page.add_init_script(
        "Navigator.prototype.share = page => { window.shared = page; return Promise.resolve(); }"
    )
    page.goto(f"{site}/territoires/{epci[0]}/")
    page.get_by_role("button", name="Partager").click()
    assert page.evaluate("window.shared.url") == page.url


def test_without_javascript_the_address_is_there_to_read(browser, site, epci):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/territoires/{epci[0]}/")
    expect(page.get_by_text("Adresse de cette page")).to_be_visible()
    page.get_by_role("link", name="Comparer à des territoires semblables").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Comparer")
    context.close()
