"""From a portrait to those like it: keep, refuse, add, change family and year."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from .test_accessibility import inspect

pytestmark = pytest.mark.browser


@pytest.fixture
def code(demo_edition):
    """An intercommunalité of middling size."""
    return demo_edition.geography.mesh("epci").codes[2]


def names(page):
    """Once the whole page is there: a click returns when it begins to come."""
    page.wait_for_load_state()
    return page.locator(".side-text > a").all_text_contents()


def test_a_list_of_peers_is_edited_and_its_address_keeps_it(page, site, shoot, code):
    page.goto(f"{site}/territoires/{code}/")
    page.get_by_role("link", name="Comparer à des territoires semblables").click()
    first = names(page)
    assert len(first) == 6
    page.locator(".side").nth(2).get_by_role("link", name="Garder").click()
    assert names(page)[:2] == [first[0], first[2]]
    page.locator(".side").nth(3).get_by_role("link", name="Écarter").click()
    kept = names(page)
    assert len(kept) == 6
    assert first[3] not in kept[3:] or first[3] != kept[3]
    page.reload()
    assert names(page) == kept
    page.get_by_role("link", name="Ne garder que mes territoires").click()
    assert names(page) == [first[0], first[2]]
    shoot(page, "comparer-deux")


def test_a_territory_is_added_as_one_types(page, site, demo_edition, code):
    page.goto(f"{site}/comparer/?t={code}&proposer=0")
    other = demo_edition.geography.mesh("epci").names[0]
    page.get_by_role("combobox", name="Ajouter un territoire").press_sequentially(other)
    page.get_by_role("option").filter(has_text=other).first.click()
    expect(page).to_have_url(re.compile(rf"t={code}&t="))
    assert len(names(page)) == 2


def test_families_and_years_follow_the_address(page, site, code):
    page.goto(f"{site}/comparer/?t={code}")
    page.get_by_role("link", name="2016", exact=True).click()
    expect(page.get_by_role("heading", name="Navettes domicile-travail, 2016")).to_be_visible()
    page.get_by_role("link", name="Fragilités").click()
    expect(page).to_have_url(re.compile("famille=fragilites"))
    expect(page.get_by_role("row", name=re.compile("Logements vacants"))).to_be_visible()


@pytest.mark.parametrize("family", ["domicile-travail", "fragilites"])
def test_every_family_is_accessible(page, site, shoot, code, family):
    page.goto(f"{site}/comparer/?t={code}&famille={family}")
    inspect(page, f"comparer-{family}", shoot)
    for summary in page.locator("main summary").all():
        summary.click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_drawing_has_its_table_twin(page, site, code):
    """Every mark of a drawing is a value of the table, and a sentence."""
    page.goto(f"{site}/comparer/?t={code}")
    plot = page.locator(".strip-plot").first
    title = plot.locator("figcaption").text_content()
    row = page.locator(".compare-table tbody tr").first
    assert row.get_by_role("link").first.text_content() in title
    assert plot.locator(".mark").count() == len(names(page))
    assert plot.locator("li").count() == len(names(page))


def test_a_perimeter_of_ones_own_compares_too(page, site, shoot, demo_edition, code):
    other = demo_edition.geography.mesh("epci").codes[3]
    page.goto(f"{site}/comparer/?t={code}%2B{other}")
    assert len(names(page)) == 6
    expect(page.locator("main")).to_contain_text("périmètres de même taille")
    inspect(page, "comparer-libre", shoot)


def test_the_empty_page_is_accessible(page, site, shoot):
    page.goto(f"{site}/comparer/")
    inspect(page, "comparer", shoot)
