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


FOCUS = """() => {
  const here = document.activeElement, box = here.getBoundingClientRect();
  const shown = getComputedStyle(here), mark = here.querySelector("circle");
  const seen = shown.outlineStyle !== "none" || shown.boxShadow !== "none" || !!mark;
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  window.walked = (window.walked ?? new Set());
  const again = window.walked.has(here) && here !== document.body;
  window.walked.add(here);
  return [here === document.body || (seen && inside), again, here.outerHTML.slice(0, 160)];
}"""


def walk_to(page, target, most=250):
    """Tab after Tab until a target has the focus: each stop is seen, none comes twice."""
    page.evaluate("window.walked = new Set()")
    for _ in range(most):
        page.keyboard.press("Tab")
        fine, again, what = page.evaluate(FOCUS)
        assert fine, f"not seen: {what}"
        assert not again, f"trapped: {what}"
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("the target was never reached")


def test_the_whole_journey_is_walked_by_keyboard(page, site, demo_edition):
    """Search, portrait, flows, a partner, both territories, a file of them."""
    name = demo_edition.geography.mesh("epci").names[5]
    page.goto(site)
    field = page.get_by_role("combobox", name="Chercher un territoire")
    walk_to(page, field)
    page.keyboard.type(name)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(PORTRAIT)
    walk_to(page, page.get_by_role("link", name="Flux", exact=True).first)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/flux/"))
    walk_to(page, page.locator(".flow-table tbody a").first)
    page.keyboard.press("Enter")
    both = page.get_by_role("link", name="Tout ce qui les lie")
    expect(both).to_be_visible()
    both.focus()  # above the table: a reader goes back to it
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/cooperer/"))
    walk_to(page, page.locator("summary", has_text="Télécharger"))
    page.keyboard.press("Enter")
    walk_to(page, page.get_by_role("link", name="Classeur XLSX").first)
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename.endswith(".xlsx")


def test_the_builder_is_walked_by_keyboard(page, site):
    """Nothing on the page keeps the focus, its map least of all."""
    page.goto(f"{site}/perimetre/")
    page.wait_for_load_state("networkidle")
    walk_to(page, page.get_by_role("application"))
    walk_to(page, page.get_by_role("button", name="Lire la liste"))
    walk_to(page, page.locator("footer a").last)


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
