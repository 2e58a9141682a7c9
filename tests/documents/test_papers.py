"""Papers of a contract: for Word, for LibreOffice, to print."""

import io
import zipfile
from decimal import Decimal

import pypdf
import pytest
from docx import Document
from lxml import etree
from tests.operations import world

from maillage.common.errors import InputError
from maillage.contracts.snapshot import build_snapshot
from maillage.documents.pages.maquette import maquette_content
from maillage.documents.papers.blocks import FORMS, read_paper
from maillage.documents.papers.contract import contract_paper
from maillage.documents.papers.open_text import odt, odt_template
from maillage.documents.papers.operation import operation_paper
from maillage.documents.papers.printed import paper_pdf, papers_pdf
from maillage.documents.papers.strategy import strategy_paper
from maillage.documents.papers.word import docx
from maillage.documents.standing import Standing
from maillage.operations.inscribed import inscribed
from maillage.operations.snapshot import snapshot

pytestmark = pytest.mark.django_db
STANDING = Standing("Pays d’Ancenis", "CRTE", "Fiche", "telle qu’elle est", "fiche", fictional=True)


@pytest.fixture
def contract():
    made = world.contract()
    node = world.orientation(made)
    made.state_of_play = "Un territoire de bocage.\nDes bourgs <reliés> & vivants."
    made.save()
    owners = [world.organisation("CC du Val"), world.organisation("CC des Monts")]
    voie = world.operation(made, "Voie verte & gares", owners, number="1.1")
    world.complete(voie, node)
    world.line(voie, "detr", 400)
    world.line(voie, "own_funds", 200)
    world.operation(made, "Halle", owners[:1], number="1.2", status="blocked",
                    blocked_reason="Le foncier manque.", investment_cost=Decimal(10))  # fmt: skip
    return made


@pytest.fixture
def papers(contract):
    """Name of each form -> content for it."""
    content = snapshot(contract)
    text = build_snapshot(contract, inscribed(contract))
    return {
        "operation": operation_paper(content["operations"][0], STANDING, {"44003": "Ancenis"}),
        "contract": contract_paper(text, None, (), fictional=True),
        "strategy": strategy_paper(text, "au 1er juin 2026", fictional=False),
    }


def words_of_docx(data):
    document = Document(io.BytesIO(data))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def words_of_odt(data):
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.namelist()[0] == "mimetype"
        tree = etree.fromstring(packed.read("content.xml"))
    return "\n".join(tree.itertext())


def words_of_pdf(data):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


@pytest.mark.parametrize("form", ["operation", "contract", "strategy"])
@pytest.mark.parametrize(
    ("write", "read"),
    [(docx, words_of_docx), (odt, words_of_odt), (paper_pdf, words_of_pdf)],
    ids=["docx", "odt", "pdf"],
)
def test_every_format_says_the_same(papers, form, write, read):
    text = read(write(form, papers[form]))
    assert "Voie verte & gares" in text
    assert "{" not in text
    assert "%}" not in text
    assert ("Données fictives" in text) is (form != "strategy")


def test_a_fiche_tells_its_plan_and_keeps_to_two_pages(papers):
    data = paper_pdf("operation", papers["operation"], most=2)
    reader = pypdf.PdfReader(io.BytesIO(data))
    text = words_of_pdf(data)
    assert len(reader.pages) <= 2
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    for said in ("Ancenis", "400", "Reste à trouver", "Anne Le Goff", "CC du Val et CC des Monts"):
        assert said in text


def test_a_fiche_dates_its_amounts_and_names_a_funder_once(contract):
    operation = contract.operations.get(title="Voie verte & gares")
    region = world.organisation("Région Bretagne", "region")
    world.line(operation, "region", 100, funder_id=region.pk)
    made = operation_paper(snapshot(contract)["operations"][0], STANDING, {})
    line = made["funding"][-2]
    assert line["source"] == "Région Bretagne"
    assert line["asked"].split("\n")[1] == "10/01/2026"


def test_a_fiche_takes_one_page_when_a_slight_shrinking_is_enough(papers):
    long = {**papers["operation"], "description": "Une ligne de plus.\n" * 24}
    for best, pages in ((0, 2), (1, 1)):
        data = paper_pdf("operation", long, most=2, best=best)
        assert len(pypdf.PdfReader(io.BytesIO(data)).pages) == pages


def test_an_unsigned_party_has_room_to_sign(papers):
    blocks = read_paper("contract").blocks
    assert any(getattr(block, "room", 0) > 1 for block in blocks)


def test_several_fiches_make_one_document(contract):
    content = snapshot(contract)
    contexts = [operation_paper(item, STANDING, {}) for item in content["operations"]]
    data = papers_pdf("operation", "Fiches", "Fiches", contexts)
    assert "Le foncier manque" in words_of_pdf(data)
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) >= 2


def test_a_viewer_who_sees_a_part_reads_no_balance(contract):
    partial = Standing("Pays", "CRTE", "Fiche", "", "f", whole=False)
    made = operation_paper(snapshot(contract)["operations"][0], partial, {})
    assert made["balance"] == ""
    assert all(line["source"] != "Total" for line in made["funding"])


def test_the_contract_has_its_fourteen_articles(papers):
    text = words_of_docx(docx("contract", papers["contract"]))
    assert [f"Article {n} –" in text for n in range(1, 15)] == [True] * 14
    assert "Des bourgs <reliés> & vivants." in text
    assert "Projet de texte" in text


def test_only_several_maitres_d_ouvrage_make_a_cooperation(contract):
    alone = world.organisation("Les Ateliers, association", "association")
    world.operation(contract, "Atelier vélo", [alone], number="1.3")
    made = contract_paper(build_snapshot(contract, inscribed(contract)), None, (), fictional=False)
    assert [row["title"] for row in made["shared"]] == ["Voie verte & gares"]
    assert made["operations"][-1]["owner"] == "Les Ateliers, association"


def test_templates_kept_are_those_of_the_blocks():
    for path in FORMS.glob("*.yaml"):
        kept = (FORMS / f"{path.stem}.odt").read_bytes()
        assert kept == odt_template(read_paper(path.stem)), "run maillage.documents.papers.make"
        template = "".join(words_of_docx((FORMS / f"{path.stem}.docx").read_bytes()).split())
        assert "".join(read_paper(path.stem).blocks[1].text.split()) in template


def test_a_site_replaces_a_template(papers, tmp_path):
    document = Document()
    document.add_paragraph("Papier de la maison : {{ title }}")
    document.save(tmp_path / "operation.docx")
    text = words_of_docx(docx("operation", papers["operation"], tmp_path))
    assert text.strip() == "Papier de la maison : Voie verte & gares"
    document.add_paragraph("{{ unknown_word }}")
    document.save(tmp_path / "operation.docx")
    with pytest.raises(InputError, match="modèle"):
        docx("operation", papers["operation"], tmp_path)


def test_a_template_cannot_reach_the_machine(papers, tmp_path):
    document = Document()
    document.add_paragraph("{{ ''.__class__.__mro__[1].__subclasses__() }}")
    document.save(tmp_path / "operation.docx")
    with pytest.raises(InputError):
        docx("operation", papers["operation"], tmp_path)


def test_a_printed_maquette_sums_by_orientation(contract):
    made = maquette_content(snapshot(contract), STANDING)
    assert [group["title"] for group in made["groups"]] == [
        "1.1 Se déplacer autrement", "Sans orientation",
    ]  # fmt: skip
    first = made["groups"][0]
    assert first["total"][0] == first["rows"][0]["amounts"][0] == "1\u202f000"
    assert made["groups"][1]["total"][1] == "–"
    partial = Standing("Pays", "CRTE", "Maquette", "", "m", whole=False)
    assert maquette_content(snapshot(contract), partial)["groups"][0]["total"] == []
