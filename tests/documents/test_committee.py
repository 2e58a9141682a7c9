"""The copil pack: the same slides in three formats, programmed money only, nothing out of place."""

import io
import json
import zipfile
from datetime import timedelta
from decimal import Decimal

import pypdf
import pytest
from lxml import etree
from pptx import Presentation
from tests.operations import world

from maillage.contracts.snapshot import build_snapshot
from maillage.documents.annexes import README, Annexed, annexes_zip
from maillage.documents.committee.impress import odp_pack
from maillage.documents.committee.pack import committee_pack
from maillage.documents.committee.powerpoint import pptx_pack
from maillage.documents.committee.printed import pdf_pack
from maillage.documents.committee.slides import pages, short
from maillage.documents.papers.strategy import strategy_paper
from maillage.documents.standing import Standing
from maillage.documents.state_return import FIELDS, return_csv, return_json, returned
from maillage.operations.actions.funding import edit_line
from maillage.operations.actions.maquettes import freeze_maquette
from maillage.operations.committee import meeting
from maillage.operations.inscribed import inscribed, inscription_years
from maillage.operations.maquette.taxes import left_out_words
from maillage.operations.models import Operation
from maillage.operations.portfolio import review
from maillage.operations.snapshot import snapshot
from maillage.operations.vocabulary import from_shared

pytestmark = pytest.mark.django_db
STANDING = Standing("Pays d’Ancenis", "CRTE", "Copil", "telle qu’elle est", "copil", fictional=True)
SECRET = Decimal(123_456)


@pytest.fixture
def contract():
    made = world.contract(code="crte-52-44-1")
    node = world.orientation(made)
    owner = world.organisation("CC du Val")
    for rank in range(1, 10):
        status = ("on_track", "blocked", "finished")[rank % 3]
        one = world.operation(
            made, f"Opération {rank}", [owner], number=f"1.{rank}", orientation_id=node.pk,
            status=status, phase="operation", referent="Anne Le Goff",
            blocked_reason="Le foncier manque." if status == "blocked" else "",
            next_step="Choisir le maître d’œuvre", next_step_on=world.TODAY + timedelta(rank),
            investment_cost=Decimal(200_000 * rank), description="Confié à Anne Le Goff.",
        )  # fmt: skip
        world.line(one, "detr", 50_000 * rank, level="state" if rank == 1 else "parties")
    world.line(one, "dsil", SECRET, kind="simulation")
    world.line(one, "region", SECRET, kind="draft")
    world.operation(made, "Hors contrat", outside=True)
    lead = world.viewer("project_lead", made)
    freeze_maquette(
        contract=made, year=2026, decided_on=world.TODAY, instance="Copil", reference="CR n° 4",
        by=lead, at=world.AT,
    )  # fmt: skip
    line = one.lines.get(source="detr")
    edit_line(line=line, revision=line.revision, fields={"asked": Decimal(460_000)}, by=lead,
              at=world.AT)  # fmt: skip
    return made


def told(contract, role="project_lead"):
    rows = review(world.viewer(role, contract), contract, world.TODAY)
    return meeting(rows, snapshot(contract), contract.maquettes.first(), world.TODAY)


def words_of_pptx(data):
    for slide in Presentation(io.BytesIO(data)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield shape.text_frame.text
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)


def words_of_odp(data):
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.read("mimetype") == b"application/vnd.oasis.opendocument.presentation"
        return " ".join(etree.fromstring(packed.read("content.xml")).itertext())


def test_the_pack_tells_progress_money_decisions_and_changes(contract):
    pack = committee_pack(told(contract), STANDING)
    titles = [slide.title for slide in pack.slides]
    assert 8 <= len(titles) + 1 <= 12
    for title in ("Où en est le contrat", "Ce qui est bloqué ou en pause", "L’argent",
                  "Ce qui reste à trouver", "Décisions à prendre"):  # fmt: skip
        assert title in titles
    changed = next(slide for slide in pack.slides if slide.title.startswith("Depuis"))
    assert [figure.value for figure in changed.figures][:3] == [
        "2,25\xa0M€",
        "2,26\xa0M€",
        "+10\xa0k€",
    ]
    progress = pack.slides[0]
    assert {f.label: f.value for f in progress.figures}["Bloquées ou en pause"] == "3"
    assert sum(sum(s.values) for s in progress.parts[0].series) == 10


def test_every_format_has_the_same_slides_and_words(contract):
    pack = committee_pack(told(contract), STANDING)
    data = pptx_pack(pack)
    assert len(Presentation(io.BytesIO(data)).slides) == len(pack.slides) + 1
    printed = pypdf.PdfReader(io.BytesIO(pdf_pack(pack)))
    assert len(printed.pages) == len(pack.slides) + 1
    texts = (
        " ".join(words_of_pptx(data)),
        words_of_odp(odp_pack(pack)),
        " ".join(page.extract_text() for page in printed.pages),
    )
    for text in texts:
        plain = " ".join(text.replace("\xa0", " ").split())
        for said in ("Données fictives", "Le foncier manque.", "Décisions à prendre"):
            assert said in plain


def test_impress_opens_the_pack(contract, tmp_path, libreoffice):
    file = tmp_path / "copil.odp"
    file.write_bytes(odp_pack(committee_pack(told(contract), STANDING)))
    opened = pypdf.PdfReader(libreoffice(file, "pdf"))
    assert len(opened.pages) == len(committee_pack(told(contract), STANDING).slides) + 1


@pytest.mark.parametrize("role", ["project_lead", "region", "prefecture"])
def test_neither_drafts_nor_simulations_are_told(contract, role):
    found = told(contract, role)
    assert all(line.kind == "programme" for row in found.rows for line in row.lines)
    text = " ".join(words_of_pptx(pptx_pack(committee_pack(found, STANDING))))
    assert "123" not in text


def test_the_slides_of_money_say_which_plans_mix_both_tax_bases(contract):
    world.line(contract.operations.get(title="Opération 1"), "region", 10, tax="ttc")
    slides = {slide.title: slide for slide in committee_pack(told(contract), STANDING).slides}
    assert slides["L’argent"].note == left_out_words(1)
    assert left_out_words(1) in slides["Sources et méthode"].lines
    changed = next(slide for title, slide in slides.items() if title.startswith("Depuis"))
    assert changed.note.replace("\xa0", " ").endswith("1 ligne toutes taxes comprises.")


def test_whoever_sees_a_part_gets_no_sum(contract):
    pack = committee_pack(told(contract, "anct"), STANDING)
    assert not {"L’argent", "Ce qui reste à trouver"} & {slide.title for slide in pack.slides}


def test_annexes_hold_every_fiche_and_say_their_date(contract):
    text = build_snapshot(contract, inscribed(contract))
    strategy = strategy_paper(text, "au 1er juin 2026", fictional=True)
    data = annexes_zip(Annexed(snapshot(contract), strategy, STANDING, {}))
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        assert made.testzip() is None
        names = made.namelist()
        readme = made.read(README).decode("utf-8-sig")
        papers = pypdf.PdfReader(io.BytesIO(made.read("fiches/fiches.pdf")))
    assert sum(name.startswith("fiches/") and name.endswith(".docx") for name in names) == 10
    assert len(papers.pages) >= 10
    assert {"maquette/maquette.ods", "strategie/strategie.pdf", "indicateurs/indicateurs.xlsx"} < {
        *names
    }
    assert STANDING.moment in readme


def test_the_state_gets_its_words_and_no_name(contract):
    rows = review(world.viewer("project_lead", contract), contract, world.TODAY)
    records = returned(contract, rows, inscription_years(contract))
    assert len(records) == 9
    text = return_json(records).decode()
    assert "Le Goff" not in text
    assert "Le Goff" not in return_csv(records).decode()
    assert return_csv(records).decode().splitlines()[0] == ",".join(FIELDS)
    first = json.loads(text)[0]
    assert first["crteId"] == "crte-52-44-1"
    assert first["crteAnneeInscription"] == 2026
    assert first["crteOrientationStrategique"] == "Se déplacer autrement"
    assert first["financements"] == [
        {"dispositif": "DETR", "montantDemande": 50_000.0, "montantAccorde": None,
         "montantVerse": 0.0}
    ]  # fmt: skip
    assert all(record["financements"] == [] for record in records[1:])
    for record in records:
        one = Operation.objects.get(key=record["externalId"])
        assert from_shared("phase", record["phase"]) == one.phase
        assert from_shared("status", record["phaseStatut"]) == one.status


def test_long_texts_are_cut_at_a_word():
    assert short("un deux trois", 9) == "un deux…"
    assert pages([("a",)] * 5, 2, 2) == [[("a",), ("a",)], [("a",), ("a",)]]
