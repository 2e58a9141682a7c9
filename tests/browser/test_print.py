"""On paper: no navigation, no table cut by its edge, and the sources under the figures."""

import io

import pytest
from pypdf import PdfReader

pytestmark = pytest.mark.browser

A4 = 680  # between its margins, in CSS pixels
CUT = """() => [...document.querySelectorAll("main table")]
  .filter(table => getComputedStyle(table).display !== "none" && table.offsetParent)
  .filter(table => table.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(table => table.className)"""


@pytest.mark.parametrize(
    "view",
    [
        "",
        "flux/domicile-travail/",
        "cooperer/",
        "cooperer/{other}/",
        "bilans/energie/",
        "dotations/",
    ],
)
def test_a_page_on_paper(browser, site, demo_edition, view):
    here, other = demo_edition.geography.mesh("epci").codes[5:7]
    page = browser.new_context(viewport={"width": A4, "height": 900}, locale="fr-FR").new_page()
    page.goto(f"{site}/territoires/{here}/{view.format(other=other)}")
    page.emulate_media(media="print")
    assert page.evaluate(CUT) == []
    for noise in ("nav", ".downloads", ".remark-link", "main .btn", "main form"):
        shown = page.locator(noise)
        assert not any(shown.nth(n).is_visible() for n in range(shown.count())), noise
    sources = page.locator(".source-line, #sources")
    assert sources.first.is_visible()
    page.context.close()


def test_a_portrait_holds_on_four_pages(browser, site, demo_edition):
    page = browser.new_context(locale="fr-FR").new_page()
    page.goto(f"{site}/territoires/{demo_edition.geography.mesh('epci').codes[5]}/")
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    text = " ".join(" ".join(sheet.extract_text().split()) for sheet in printed.pages)
    assert len(printed.pages) <= 4
    for said in ("Identité", "Masse salariale", "Repères", "Ce que disent les chiffres"):
        assert said in text
    assert text.count("Source") >= 6
    page.context.close()
