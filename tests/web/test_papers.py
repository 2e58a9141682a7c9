"""Documents of a contract, as people download them: who gets which, and what stays closed."""

import io
from decimal import Decimal

import openpyxl
import pypdf
import pytest
from tests.operations import world
from tests.web.test_operations import signed_in

from maillage.operations.actions.maquettes import freeze_maquette

pytestmark = pytest.mark.django_db
SECRET = "123456"


def own_body():
    return world.organisation("CC du Val")


@pytest.fixture
def contract(site, settings, tmp_path):
    settings.SECOND_FACTOR = False
    settings.MEDIA_ROOT = tmp_path
    made = world.contract(published=True)
    voie = world.operation(
        made, "Voie verte", [world.organisation("CC du Val")], number="1.1",
        investment_cost=Decimal(400_000),
    )  # fmt: skip
    world.line(voie, "detr", 100_000)
    world.line(voie, "dsil", SECRET, kind="simulation")
    world.line(voie, "region", SECRET, kind="draft")
    freeze_maquette(
        contract=made, year=2026, decided_on=world.TODAY, instance="Comité de pilotage",
        reference="CR n° 4", by=world.viewer("project_lead", made), at=world.AT,
    )  # fmt: skip
    return made


def base(contract):
    return f"/contrats/{contract.slug}"


def bare(answer):
    return b"".join(answer) if answer.streaming else answer.content


SHEETS = ("maquette/maquette.{}", "maquette/2026/1/maquette.{}", "operations/portefeuille.{}")


@pytest.mark.parametrize("path", [*SHEETS, "operations/modele.{}"])
def test_the_public_downloads_nothing_of_a_portfolio(site, contract, path):
    assert site.get(f"{base(contract)}/{path.format('xlsx')}").status_code in {302, 403}


@pytest.mark.parametrize("path", SHEETS)
@pytest.mark.parametrize("role", ["region", "prefecture", "project_lead", "anct"])
def test_neither_drafts_nor_simulations_are_in_a_workbook(contract, path, role):
    world.party(contract, own_body())
    answer = signed_in(role, contract, own_body()).get(f"{base(contract)}/{path.format('xlsx')}")
    if role == "anct" and "2026/1" in path:
        assert answer.status_code == 403
        return
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(bare(answer)), data_only=True)
    cells = [c.value for sheet in book for row in sheet.rows for c in row if c.value is not None]
    assert "Voie verte" in cells
    assert int(SECRET) not in cells
    assert (100_000 in cells) is (role != "anct")


def test_formats_that_do_not_exist_are_not_found(contract):
    lead = signed_in("project_lead", contract, own_body())
    assert lead.get(f"{base(contract)}/maquette/maquette.csv").status_code == 404
    assert lead.get(f"{base(contract)}/operations/portefeuille.exe").status_code == 404


def test_pages_offer_their_files(contract):
    lead = signed_in("project_lead", contract, own_body())
    for page, path in (
        ("maquette/", "maquette/maquette.ods"),
        ("operations/", "operations/portefeuille.csv"),
        ("operations/importer/", "operations/modele.xlsx"),
        ("maquette/2026/1/", "maquette/2026/1/maquette.xlsx"),
    ):
        assert f"{base(contract)}/{path}" in lead.get(f"{base(contract)}/{page}").content.decode()


PAPERS = (
    *("operations/annexes.zip", "operations/copil.pptx", "operations/copil.odp"),
    *("operations/copil.pdf", "operations/retour-etat.json", "operations/retour-etat.csv"),
    *("maquette/maquette.pdf", "maquette/2026/1/annexes.zip", "maquette/2026/1/maquette.pdf"),
    *("contrat.pdf", "contrat.docx", "contrat.odt", "strategie.pdf", "strategie.docx"),
    *("operations/{id}/fiche.pdf", "operations/{id}/fiche.docx", "operations/{id}/fiche.odt"),
)


def address(contract, path):
    return f"{base(contract)}/{path.format(id=contract.operations.get().pk)}"


@pytest.mark.parametrize("path", PAPERS)
def test_the_public_gets_no_paper(site, contract, path):
    assert site.get(address(contract, path)).status_code in {302, 403}


@pytest.mark.parametrize("path", PAPERS)
def test_a_chef_de_projet_gets_every_paper(contract, path):
    answer = signed_in("project_lead", contract, own_body()).get(address(contract, path))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    starts = {"pdf": b"%PDF", "json": b"[", "csv": b"externalId"}
    assert bare(answer).startswith(starts.get(path.rpartition(".")[2], b"PK"))


@pytest.mark.parametrize("role", ["region", "prefecture", "project_lead"])
def test_no_paper_tells_a_draft_nor_a_simulation(contract, role):
    """As people read it: « 123 456 »."""
    who = signed_in(role, contract, own_body())
    for path in ("operations/copil.pdf", "operations/{id}/fiche.pdf", "maquette/maquette.pdf"):
        reader = pypdf.PdfReader(io.BytesIO(bare(who.get(address(contract, path)))))
        text = "".join("".join(page.extract_text().split()) for page in reader.pages)
        assert SECRET not in text
        assert "123" not in text
    assert SECRET not in bare(who.get(address(contract, "operations/retour-etat.json"))).decode()


def test_whoever_sees_no_line_reads_no_amount_of_it(contract):
    """ANCT: neither in the fiche nor in the maquette; no sum either."""
    who = signed_in("anct", contract, own_body())
    for path in ("operations/{id}/fiche.pdf", "maquette/maquette.pdf", "operations/copil.pdf"):
        reader = pypdf.PdfReader(io.BytesIO(bare(who.get(address(contract, path)))))
        text = "".join("".join(page.extract_text().split()) for page in reader.pages)
        assert "100000" not in text.replace("\u202f", "")
        assert "300000" not in text.replace("\u202f", "")


@pytest.mark.parametrize(
    "path", ["contrat.exe", "operations/copil.exe", "operations/{id}/fiche.exe"]
)
def test_papers_in_no_known_format_are_not_found(contract, path):
    who = signed_in("project_lead", contract, own_body())
    assert who.get(address(contract, path)).status_code == 404
