"""Day one in a real browser: from an office’s untidy workbook to annexes and the copil pack."""

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pyotp
import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pptx import Presentation
from tests.browser.office import CLERK, PASSWORD, SECRET
from tests.browser.test_accessibility import inspect
from tests.browser.test_contracts import epcis, fill, office, open_link  # noqa: F401

from maillage.common.french import typeset
from maillage.synth.files.office_workbook import ERRORS, OPERATIONS, office_workbook
from maillage.territory.units import unit_index

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("page", ["ordinateur"], indirect=True)
def test_day_one(page, office, epcis, demo_edition, shoot, tmp_path):  # noqa: F811
    names = [unit_index(demo_edition.geography).by_id[siren].name for siren in epcis[:3]]
    sign_in(page, office)
    address = new_contract(page, epcis[:3], names)
    file = tmp_path / "maquette CRTE v12 (2).xlsx"
    file.write_bytes(office_workbook(names))
    bring_in(page, address, file, shoot)
    correct_one(page)
    enter(page)
    see_what_it_says(page, address, shoot)
    print_everything(page, address, tmp_path)


def sign_in(page: Page, office: str) -> None:  # noqa: F811
    page.goto(f"{office}/connexion/")
    page.get_by_label("Adresse électronique").fill(CLERK)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_label("Code").fill(pyotp.TOTP(SECRET).now())
    page.get_by_role("button", name="Continuer").click()


def new_contract(page: Page, sirens: list[str], names: list[str]) -> str:
    """A contract and its three EPCI; its address."""
    open_link(page, "Nouveau contrat")
    fill(page, "Créer le contrat", name="Pays du premier jour", territory="+".join(sirens))
    page.get_by_role("button", name="Créer le contrat").click()
    for name in names:
        expect(page.locator(".party-name", has_text=typeset(name))).to_be_visible()
    return page.url


def bring_in(page: Page, address: str, file: Path, shoot) -> None:
    """The file as it is; what its columns hold is confirmed, not typed."""
    page.goto(f"{address}operations/importer/")
    inspect(page, "importer", shoot)
    page.get_by_label("Tableau").set_input_files(file)
    page.get_by_role("button", name="Lire ce tableau").click()
    expect(page.locator("fieldset.intake-sheet")).to_have_count(4)
    inspect(page, "colonnes", shoot)
    page.get_by_role("radio", name=re.compile("^Demandé")).check()
    page.get_by_role("radio", name="L’investissement").check()
    page.get_by_role("button", name="Lire les lignes").click()
    counts = page.locator(".intake-counts b")
    expect(counts.nth(0)).to_have_text(str(OPERATIONS - len(ERRORS)))
    expect(counts.nth(1)).to_have_text(str(len(ERRORS)))
    expect(page.locator(".note")).to_contain_text("demandés")


def correct_one(page: Page) -> None:
    """The day that does not exist is written again; the six others wait."""
    row = page.locator("article.intake-row").filter(has_text="ce jour n’existe pas")
    row.get_by_label("Début").fill("01/02/2026")
    row.get_by_role("button", name="Corriger").click()
    expect(page.locator(".intake-counts b").nth(1)).to_have_text(str(len(ERRORS) - 1))


def enter(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Faire entrer")).click()
    expect(page.get_by_role("status").first).to_contain_text("54 opérations créées")


def see_what_it_says(page: Page, address: str, shoot) -> None:
    """Balance and findings are there at once."""
    page.goto(f"{address}operations/")
    expect(page.locator(".review-table tbody tr")).to_have_count(54)
    inspect(page, "premier-jour", shoot)
    page.goto(f"{address}maquette/")
    expect(page.locator("table.maquette-table tfoot")).to_contain_text("Total")
    expect(page.locator("table.maquette-table tbody")).to_contain_text("DETR")


def print_everything(page: Page, address: str, folder: Path) -> None:
    """Every file opens, and says what the pages say."""
    page.goto(f"{address}operations/")
    page.locator("details.downloads summary").click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    with zipfile.ZipFile(io.BytesIO(download(page, "Toutes les annexes"))) as annexes:
        assert sum(name.endswith(".docx") for name in annexes.namelist()) == 54 + 1
        papers = pypdf.PdfReader(io.BytesIO(annexes.read("fiches/fiches.pdf")))
        assert len(papers.pages) >= 54
        book = openpyxl.load_workbook(io.BytesIO(annexes.read("maquette/maquette.xlsx")))
        sums = [c.value for c in book["Maquette"][6 + 54] if isinstance(c.value, str)]
        assert any(value.startswith("=SUBTOTAL(9,") for value in sums)
        assert pypdf.PdfReader(io.BytesIO(annexes.read("maquette/maquette.pdf"))).pages
    slides = Presentation(io.BytesIO(download(page, "Diapositives PPTX"))).slides
    assert 8 <= len(slides) <= 12
    titles = [slide.shapes.title.text for slide in slides]
    assert {"Où en est le contrat", "L’argent", "Décisions à prendre"} <= set(titles)
    assert any(shape.has_chart for slide in slides for shape in slide.shapes)
    assert len(pypdf.PdfReader(io.BytesIO(download(page, "PDF"))).pages) == len(slides)


def download(page: Page, label: str) -> bytes:
    link = page.locator(".downloads-list").get_by_role("link", name=label, exact=True)
    with page.expect_download() as waiting:
        link.first.click()
    return Path(waiting.value.path()).read_bytes()
