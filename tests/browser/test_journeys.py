"""What people do: search as they type, by keyboard alone, without JavaScript, on the map."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PORTRAIT = re.compile(r"/territoires/[^/]+/$")


@pytest.fixture
def somewhere(demo_edition):
    """Name of the most populated commune, and how it may be misspelt."""
    geography = demo_edition.geography
    name = geography.names[int(geography.population.argmax())]
    return name, name[:2] + name[3:] if len(name) > 5 else name


def test_suggestions_come_while_typing(page, site, shoot, somewhere):
    page.goto(site)
    name, misspelt = somewhere
    field = page.get_by_role("combobox", name="Chercher un territoire")
    field.press_sequentially(misspelt)
    options = page.get_by_role("option")
    expect(options.filter(has_text=name).first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    shoot(page, "suggestions")
    options.filter(has_text=name).first.click()
    expect(page).to_have_url(PORTRAIT)


def test_the_keyboard_is_enough(page, site, somewhere):
    """Skip link, field, arrows, enter; then escape closes the list."""
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    field = page.get_by_role("combobox", name="Chercher un territoire")
    expect(field).to_be_focused()
    page.keyboard.type(somewhere[0])
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "q-suggestions-0")
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    page.keyboard.press("End")
    page.keyboard.type(" ")
    page.keyboard.press("Backspace")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(PORTRAIT)


def test_focus_is_seen_on_every_link(page, site):
    page.goto(f"{site}/methode/")
    for _ in range(6):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"


def test_the_form_works_without_javascript(browser, site, somewhere):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.get_by_label("Chercher un territoire").fill(somewhere[1])
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name=somewhere[0]).first.click()
    expect(page).to_have_url(PORTRAIT)
    context.close()


def test_the_map_leads_to_portraits(page, site):
    page.goto(site)
    places = page.locator(".map a")
    middle = places.nth(places.count() // 2)
    name = middle.locator("title").text_content()
    middle.dispatch_event("click")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_nothing_comes_from_elsewhere(page, site):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site)
    page.wait_for_load_state("networkidle")
    assert asked
    assert [url for url in asked if not url.startswith(site)] == []


def test_a_page_is_light(browser, site):
    """Text pages: under 60 KB of everything, compressed."""
    context = browser.new_context()
    page = context.new_page()
    sizes = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto(f"{site}/mentions/")
    page.wait_for_load_state("networkidle")
    assert 0 < sum(sizes) < 60_000
    context.close()


def test_a_portrait_prints(browser, site, tmp_path):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/territoires/")
    page.get_by_role("table").first.get_by_role("link").first.click()
    page.pdf(path=tmp_path / "portrait.pdf", prefer_css_page_size=True)
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Navigation principale")).to_be_hidden()
    assert (tmp_path / "portrait.pdf").stat().st_size > 10_000
    context.close()
