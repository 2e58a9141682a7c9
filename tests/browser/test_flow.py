"""A family of flows: map, chart and table follow one another, and every choice is an address."""

import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect
from tests.browser.test_accessibility import inspect

pytestmark = pytest.mark.browser
FLOW = re.compile(r"/flux/domicile-travail/")


@pytest.fixture
def place(demo_edition):
    """Id and name of the third EPCI, an agglomeration with many partners."""
    mesh = demo_edition.geography.mesh("epci")
    return mesh.codes[2], mesh.names[2]


@pytest.fixture
def address(site, place):
    return f"{site}/territoires/{place[0]}/flux/domicile-travail/"


def chosen(page):
    """Codes of the partners that each of the three pictures sets apart."""
    return page.evaluate(
        """() => ['.flow-map', '.flow-chart', '.flow-table'].map(
          picture => [...new Set([...document.querySelectorAll(`${picture} .chosen`)]
            .map(part => part.dataset.partner))].join(' '))"""
    )


def test_from_the_search_to_a_partner_then_another_year(page, site, place, shoot):
    page.goto(site)
    page.get_by_label("Chercher un territoire").fill(place[0])
    page.get_by_role("option").first.click()
    page.locator("#domicile-travail a").first.click()
    expect(page).to_have_url(FLOW)

    line = page.locator(".flow-map a.line").nth(1)
    code = line.get_attribute("data-partner")
    line.dispatch_event("click")
    assert chosen(page) == [code, code, code]
    expect(page).to_have_url(re.compile(f"partenaire={code}"))
    row = page.locator(f"tr[data-partner='{code}']")
    expect(page.get_by_role("status")).to_have_text(row.get_attribute("data-said"))
    shoot(page, "flux-partenaire")

    filters = page.locator(".flow-filters")
    if page.viewport_size["width"] < 992:
        filters.locator("summary").click()
    page.get_by_label("Année").select_option("2016")
    expect(page.locator(".flow-lead")).to_contain_text("2016")
    expect(page).to_have_url(re.compile("annee=2016"))
    assert chosen(page) == [code, code, code]
    before = page.locator(".flow-table tbody tr").count()
    page.get_by_label("À partir de").fill("400")
    page.get_by_role("button", name="Appliquer").click()
    expect(page.locator(".flow-table tfoot")).to_contain_text("sous le seuil")
    assert page.locator(".flow-table tbody tr").count() < before
    page.go_back()
    expect(page.locator(".flow-table tbody tr")).to_have_count(before)
    expect(page.locator(".flow-lead")).to_contain_text("2016")


def test_pointing_at_one_shows_it_in_the_others(page, address):
    page.goto(address)
    bar = page.locator(".flow-chart a").nth(2)
    code = bar.get_attribute("data-partner")
    bar.locator("text").first.hover()
    for picture in (".flow-map", ".flow-chart", ".flow-table"):
        expect(page.locator(f"{picture} .shown").first).to_have_attribute("data-partner", code)
    page.get_by_role("heading", level=1).hover()
    expect(page.locator(".shown")).to_have_count(0)


def test_the_keyboard_is_enough(page, address):
    page.goto(address)
    link = page.locator(".flow-table tbody a").nth(1)
    link.focus()
    code = link.get_attribute("data-partner")
    expect(page.locator(".flow-map .line.shown")).to_have_attribute("data-partner", code)
    page.keyboard.press("Enter")
    expect(link).to_have_attribute("aria-current", "true")
    expect(link).to_be_focused()
    assert chosen(page) == [code, code, code]
    page.keyboard.press("Tab")
    expect(page.locator(".flow-table tbody a").nth(2)).to_be_focused()
    focusable = page.evaluate(
        "[...document.querySelectorAll('[aria-hidden] a')].filter(a => a.tabIndex >= 0).length"
    )
    assert focusable == 0
    page.get_by_role("link", name="Ne plus le distinguer").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chosen")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("partenaire"))


def test_everything_works_without_javascript(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}?seuil=100")
    link = page.locator(".flow-table tbody a").nth(1)
    code = link.get_attribute("data-partner")
    link.click()
    expect(page).to_have_url(re.compile(f"partenaire={code}"))
    expect(page.locator(f"tr.chosen[data-partner='{code}']")).to_be_visible()
    expect(page.locator(f".flow-map .line.chosen[data-partner='{code}']")).to_have_count(1)
    page.get_by_label("Sens").select_option("entrants")
    page.get_by_role("button", name="Appliquer").click()
    expect(page).to_have_url(re.compile(f"sens=entrants.*partenaire={code}"))
    context.close()


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("flux", ""),
        ("flux-commune", "?maille=commune&categorie=mode:6&sens=entrants"),
        ("flux-approfondir", "approfondir/"),
        ("flux-oursins", "approfondir/?forme=oursins"),
        ("flux-joignantes", "approfondir/?forme=joignantes"),
        ("flux-saphirs", "approfondir/?forme=saphirs"),
    ],
)
def test_pages_are_for_everyone(page, address, shoot, name, query):
    page.goto(address + query)
    inspect(page, name, shoot)


def test_on_a_phone_figures_then_partners_then_the_map(page, address):
    page.goto(address)
    tops = [
        page.locator(part).first.bounding_box()["y"]
        for part in (".flow-figures", ".flow-chart", ".flow-map", ".flow-table")
    ]
    if page.viewport_size["width"] < 992:
        assert tops == sorted(tops)
    else:
        assert tops[1] == tops[2]


@pytest.fixture
def another_site():
    """Serves one page as another origin would; returns what writes the page, and its address."""
    body = []

    class Served(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write("".join(body).encode())

        def log_message(self, *_):
            """Silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Served) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield body.append, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_pictures_are_framed_on_another_site(page, address, another_site, shoot):
    write, elsewhere = another_site
    page.goto(address)
    icon = '<!doctype html><html lang="fr"><title>x</title><link rel="icon" href="data:,">'
    write("".join([icon, *page.locator(".flow-share textarea").all_text_contents()]))
    page.goto(elsewhere)
    pictures = (".flow-map", ".flow-chart", ".flow-table")
    for rank, picture in enumerate(pictures):
        page.locator("iframe").nth(rank).scroll_into_view_if_needed()
        frame = page.frame_locator("iframe").nth(rank)
        expect(frame.locator(picture)).to_be_visible()
        expect(frame.get_by_text("données fictives")).to_be_visible()
    shoot(page, "integrer")
    frame.get_by_role("link", name="Voir la page complète").click()
    expect(page).to_have_url(FLOW)
