"""A real Chromium on the real server, on the demo country."""

import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

SCREENSHOTS = Path(__file__).parent.parent.parent / "screenshots"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"telephone": 360, "ordinateur": 1280}
SERVE = "from pathlib import Path; from maillage.config.serve import serve; "
SERVE += "serve(Path({editions!r}), '127.0.0.1', {port})"


@pytest.fixture(scope="session")
def site_var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the site keeps for itself: its base among others."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="session")
def site(demo_editions: Path, site_var: Path) -> Iterator[str]:
    """Address of the site, served as ``maillage serve`` does."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE.format(editions=str(demo_editions), port=port)],
        env=os.environ | {"MAILLAGE_VAR": str(site_var)},
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(address: str, server: subprocess.Popen[bytes], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        try:
            urlopen(f"{address}/mentions/", timeout=10).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the site did not start")


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(chromium), args=FLAGS)
        yield found
        found.close()


@pytest.fixture(params=WIDTHS, ids=list(WIDTHS))
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page at one width, that fails the test on anything the console complains of.

    ``page.expected`` names a complaint that the test provokes; it may still be on its way.
    """
    size = {"width": WIDTHS[request.param], "height": 800}
    context = browser.new_context(viewport=size, locale="fr-FR")
    opened = context.new_page()
    complaints: list[str] = []
    expected: list[str] = []
    opened.on(
        "console",
        lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None,
    )
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.expected = expected.append
    yield opened
    context.close()
    assert list((Counter(complaints) - Counter(expected)).elements()) == []


@pytest.fixture
def shoot(request: pytest.FixtureRequest):
    """Writes what the page shows to ./screenshots, under a name and the width."""

    def write(page: Page, name: str) -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        width = page.viewport_size["width"]
        page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)

    return write
