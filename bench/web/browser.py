"""What a real browser does with the pages: the first map, the scripts, and life without them.

Chromium draws in software, as a machine without a graphics card does.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

from bench.web.servers import Served

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
VIEW = {"width": 1280, "height": 800}
#: Marks the moment when what the page holds has been drawn: the second frame after it was read.
#: Awaited as a promise: the policy of the site forbids what would ask again by evaluating a text.
DRAWN = """
window.drawn = new Promise((told) => addEventListener("DOMContentLoaded", () =>
  requestAnimationFrame(() => requestAnimationFrame(() => told(performance.mark("drawn"))))));
"""
#: Milliseconds from the last byte of what the map draws to its drawing.
SVG_DRAWN = """async () => (await window.drawn).startTime
  - performance.getEntriesByType("navigation")[0].responseEnd"""
CANVAS_DRAWN = """() => {
  const found = performance.getEntriesByType("resource").filter((one) => /maille=/.test(one.name));
  const drawn = performance.getEntriesByName("carte")[0];
  return drawn.startTime + drawn.duration - found[0].responseEnd;
}"""
SCRIPTS = """() => performance.getEntriesByType("resource")
  .filter((one) => one.initiatorType === "script" || /\\.js$/.test(new URL(one.name).pathname))
  .reduce((sum, one) => sum + one.encodedBodySize, 0)"""


@dataclass(frozen=True)
class Map:
    """``milliseconds`` from its data to its drawing; ``scripts``, compressed bytes of scripts."""

    address: str
    milliseconds: float
    scripts: int


@dataclass(frozen=True)
class Text:
    """Characters that a page shows with scripts and without."""

    address: str
    scripted: int
    plain: int

    @property
    def share(self) -> float:
        return self.plain / self.scripted


@contextmanager
def chromium() -> Iterator[Browser]:
    """RuntimeError where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise RuntimeError("navigateur absent : installez le paquet chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def maps(browser: Browser, site: Served, pages: Sequence[str], builder: str) -> list[Map]:
    """Pages whose map comes written in SVG, then the one whose map is drawn by a script."""
    found = []
    for address in (*pages, builder):
        page = _opened(browser, site, address)
        if address == builder:
            page.wait_for_selector("[data-ready]", state="attached")
        drawn = page.evaluate(CANVAS_DRAWN if address == builder else SVG_DRAWN)
        found.append(Map(address, drawn, page.evaluate(SCRIPTS)))
        page.context.close()
    return found


def texts(browser: Browser, site: Served, pages: Sequence[str]) -> list[Text]:
    found = []
    for address in pages:
        counts = []
        for scripted in (True, False):
            page = _opened(browser, site, address, scripted=scripted)
            counts.append(len(page.inner_text("main")))
            page.context.close()
        found.append(Text(address, *counts))
    return found


def _opened(browser: Browser, site: Served, address: str, *, scripted: bool = True) -> Page:
    """In a context of its own: nothing is kept from another page."""
    context = browser.new_context(viewport=VIEW, locale="fr-FR", java_script_enabled=scripted)
    page = context.new_page()
    page.add_init_script(DRAWN)
    page.goto(f"{site.address}{address}", wait_until="load")
    return page
