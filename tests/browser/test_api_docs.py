"""The pages that describe the API and the layers: read, opened, and clean to axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser.test_accessibility import inspect

pytestmark = pytest.mark.browser


def test_the_page_of_the_api(page, site, shoot):
    page.goto(site)
    page.get_by_role("link", name="API et couches").click()
    page.get_by_role("heading", name="API", exact=True).wait_for()
    inspect(page, "api", shoot)
    balance = page.locator("#balance")
    assert balance.get_by_text("requis").count() == 2
    balance.get_by_role("link", name="BalancePage", exact=True).click()
    shape = page.locator("#schema-BalancePage")
    if shape.get_attribute("open") is None:
        shape.locator("summary").click()
    assert shape.get_by_text("Sortants", exact=True).is_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_an_example_answers(page, site):
    page.goto(f"{site}/api/")
    address = page.locator("#balance a[href^='/api/v1/']").get_attribute("href")
    told = page.request.get(site + address)
    assert told.ok
    assert told.json()["unit"]["label"]


def test_the_page_of_the_layers(page, site, shoot):
    page.goto(f"{site}/api/")
    page.get_by_role("link", name="OGC API – Features").first.click()
    page.get_by_role("heading", name="Couches pour logiciels de cartes").wait_for()
    inspect(page, "couches", shoot)
