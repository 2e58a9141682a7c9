"""Axe finds nothing on any page, at both widths; nothing overflows nor moves."""

from importlib.resources import files

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

PAGES = {
    "accueil": "/",
    "recherche": "/recherche/?q=pays",
    "recherche-vide": "/recherche/?q=zzzzzzzz",
    "territoires": "/territoires/",
    "methode": "/methode/",
    "indicateur": "/methode/self_containment/",
    "sources": "/sources/",
    "source": "/sources/insee_population/",
    "compte-rendu": "/sources/compte-rendu/",
    "millesime": "/sources/millesime/",
    "exporter": "/telecharger/",
    "mentions": "/mentions/",
    "introuvable": "/nulle-part/",
}
#: Pages that refuse, by the message that the browser gives of them.
REFUSED = "Failed to load resource: the server responded with a status of {} ({})"
SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(e => { sum += e.value; }))
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 200);
})"""


def inspect(page, name, shoot):
    """Layout shift (before the screenshot makes its own), axe, overflow: for every page.

    A click returns as soon as the next page begins to come: what is read at once, here and
    in the tests, waits for the whole of it first.
    """
    page.wait_for_load_state()
    assert page.evaluate(SHIFT) < 0.01
    shoot(page, name)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", PAGES)
def test_page(page, site, shoot, name):
    page.goto(site + PAGES[name])
    if name == "introuvable":
        page.expected(REFUSED.format(404, "Not Found"))
    inspect(page, name, shoot)


def test_portrait_of_an_epci(page, site, shoot):
    page.goto(f"{site}/territoires/")
    page.get_by_role("table").first.get_by_role("link").first.click()
    page.wait_for_load_state()
    assert page.locator("section.flow").count() == 6
    inspect(page, "portrait-epci", shoot)


def test_portrait_of_a_commune(page, site, shoot):
    page.goto(f"{site}/territoires/")
    page.get_by_role("table").first.get_by_role("link").first.click()
    page.locator("summary").first.click()
    page.locator("details a").first.click()
    page.wait_for_load_state()
    assert page.get_by_text("Commune", exact=True).first.is_visible()
    inspect(page, "portrait-commune", shoot)


def test_a_region_and_a_perimeter_of_ones_own(page, site, demo_edition, shoot):
    """The largest page, and the one whose name and whose limits nobody published."""
    geography = demo_edition.geography
    page.goto(f"{site}/territoires/reg-{geography.mesh('region').codes[0]}/")
    inspect(page, "portrait-region", shoot)
    first, second = geography.mesh("epci").codes[:2]
    page.goto(f"{site}/territoires/{first}+{second}/")
    inspect(page, "portrait-libre", shoot)
    page.goto(f"{site}/territoires/{first}/flux/domicile-travail/approfondir/")
    inspect(page, "flux-approfondir", shoot)


def test_grants(page, site, demo_edition, shoot):
    page.goto(f"{site}/territoires/{demo_edition.geography.mesh('epci').codes[5]}/dotations/")
    assert page.get_by_text("données fictives").is_visible()
    inspect(page, "dotations", shoot)


def test_a_demand_that_cannot_be_met(page, site, demo_edition, shoot):
    page.goto(
        f"{site}/territoires/{demo_edition.geography.mesh('epci').codes[5]}/cooperer/?rayon=loin"
    )
    page.expected(REFUSED.format(400, "Bad Request"))
    assert page.get_by_role("heading", name="Cette demande ne peut pas aboutir").is_visible()
    inspect(page, "erreur-400", shoot)


def test_a_form_without_its_cookie(page, site, shoot):
    page.goto(f"{site}/connexion/")
    page.get_by_label("Adresse électronique").fill("lea@ici.example")
    page.get_by_label("Mot de passe").fill("quatre chevaux bleus")
    page.context.clear_cookies()
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_role("heading", name="Ce formulaire n’est plus valable").wait_for()
    page.expected(REFUSED.format(403, "Forbidden"))
    inspect(page, "erreur-403", shoot)


def test_too_many_demands(page, site, shoot):
    """Files of many territories are those of which fewest may be asked in a minute."""
    file = f"{site}/telecharger/fichier/?maille=inconnue"
    answers = (page.request.get(file) for _ in range(40))
    assert any(answer.status == 429 for answer in answers)
    page.goto(file)
    page.expected(REFUSED.format(429, "Too Many Requests"))
    assert page.get_by_role("heading", name="Trop de demandes à la fois").is_visible()
    inspect(page, "erreur-429", shoot)


def test_a_fault_of_ours(page, site, shoot):
    """Nothing breaks the site on purpose: its page is put in place of another."""
    template = files("maillage.web") / "templates" / "web" / "errors" / "500.html"
    body = template.read_text(encoding="utf-8")
    page.route(f"{site}/panne/", lambda route: route.fulfill(status=500, body=body))
    page.goto(f"{site}/panne/")
    page.expected(REFUSED.format(500, "Internal Server Error"))
    inspect(page, "erreur-500", shoot)


def test_the_sections_of_the_site_open_from_a_button_on_a_telephone(page, site):
    """Without a script: the panel takes the focus’s next place, Escape closes it."""
    page.goto(f"{site}/territoires/")
    sections = page.get_by_role("navigation", name="Navigation principale")
    opener = page.get_by_role("button", name="Menu")
    if page.viewport_size["width"] >= 992:
        assert sections.is_visible()
        assert not opener.is_visible()
        return
    assert not sections.is_visible()
    opener.focus()
    page.keyboard.press("Enter")
    assert sections.get_by_role("link", name="Territoires").get_attribute("aria-current") == "page"
    assert page.get_by_role("link", name="Se connecter").is_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.keyboard.press("Escape")
    assert not sections.is_visible()
    assert page.evaluate("document.activeElement.textContent") == "Menu"
