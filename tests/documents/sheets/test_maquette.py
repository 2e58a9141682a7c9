"""The maquette as a workbook: opened by LibreOffice, its formulas find what we know."""

import io
from decimal import Decimal

import openpyxl
import pypdf
import pytest
from tests.operations import world

from maillage.documents.formats import ODS
from maillage.documents.pages.maquette import maquette_pdf
from maillage.documents.papers.operation import operation_paper
from maillage.documents.sheets.formats import LIVE_XLSX, written_book
from maillage.documents.sheets.formulas import open_formula
from maillage.documents.sheets.maquette import maquette_book
from maillage.documents.standing import Standing
from maillage.operations.actions.funding import spread
from maillage.operations.maquette.taxes import NO_TOTAL, maquette_words
from maillage.operations.snapshot import snapshot

STANDING = Standing("Pays d’Ancenis", "CRTE", "Maquette", "telle qu’elle est", "maquette")


@pytest.fixture
def content(db):
    made = world.contract()
    node = world.orientation(made, title="Vélo (et marche) : 1. tout")
    owner = world.organisation("CC du Val")
    first = world.operation(
        made, "Voie verte", [owner], number="1.10", orientation_id=node.pk,
        investment_cost=Decimal(400_000), running_cost=Decimal("1000.50"),
    )  # fmt: skip
    line = world.line(first, "detr", 100_000)
    spread(
        line=line,
        revision=line.revision,
        years={2026: (Decimal(60_000), Decimal(0))},
        by=None,
        at=world.AT,
    )
    world.line(first, "own_funds", 80_000)
    second = world.operation(made, "Halle", [owner], number="1.1", investment_cost=Decimal(50_000))
    world.line(second, "detr", 20_000)
    world.operation(made, "Idée sans coût", number="1.2")
    return snapshot(made)


def values(path):
    book = openpyxl.load_workbook(path, data_only=True)
    return {sheet.title: [[c.value for c in row] for row in sheet.rows] for sheet in book}


@pytest.mark.parametrize("format", [LIVE_XLSX, ODS])
def test_formulas_recomputed_by_libreoffice_find_the_same(content, tmp_path, libreoffice, format):
    file = tmp_path / f"maquette{format.suffix}"
    file.write_bytes(written_book(maquette_book(content, STANDING), format))
    opened = values(libreoffice(file, "xlsx"))
    rows = {row[2]: row for row in opened["Maquette"]}
    heads = opened["Maquette"][4]
    total = dict(zip(heads, rows["Total"], strict=True))
    assert total["Coût total"] == pytest.approx(451_000.5)
    assert total["DETR"] == 120_000
    assert total["Total des financements"] == 200_000
    assert total["Reste à trouver"] == pytest.approx(251_000.5)
    assert total["Part financée"] == pytest.approx(200_000 / 451_000.5)
    halle = dict(zip(heads, rows["Halle"], strict=True))
    assert (halle["DETR"], halle["Part financée"]) == (20_000, pytest.approx(0.4))
    assert dict(zip(heads, rows["Idée sans coût"], strict=True))["Coût total"] is None
    sources = {row[0]: row for row in opened["Par source"]}
    assert sources["DETR"][1] == 120_000
    assert sources["DETR"][4:6] == [60_000, 60_000]
    by_node = {row[0]: row for row in opened["Par orientation"]}
    assert by_node["1.1 Vélo (et marche) : 1. tout"][1] == 180_000
    assert by_node["Sans orientation"][1] == 20_000


def test_a_changed_line_moves_the_sums(content, tmp_path, libreoffice):
    file = tmp_path / "change.xlsx"
    file.write_bytes(written_book(maquette_book(content, STANDING), LIVE_XLSX))
    book = openpyxl.load_workbook(file)
    cell = next(r for r in book["Lignes"].iter_rows(min_row=6) if r[6].value == "DETR")[14]
    cell.value += 5
    book.save(file)
    rows = {row[2]: row for row in values(libreoffice(file, "xlsx"))["Maquette"]}
    assert 120_005 in rows["Total"]


def test_a_viewer_who_sees_a_part_gets_no_sum(content):
    partial = Standing("Pays d’Ancenis", "CRTE", "Maquette", "", "m", whole=False)
    book = maquette_book(content, partial)
    assert [sheet.name for sheet in book.sheets] == ["Maquette", "Lignes", "Légende et sources"]
    assert book.sheets[0].total is None
    assert all(column.label != "Reste à trouver" for column in book.sheets[0].columns)


@pytest.mark.parametrize(
    ("excel", "opened"),
    [
        ("SUM(A1:B2)", "of:=SUM([.A1:.B2])"),
        ("SUMIFS(Lignes!$C$3:$C$9,Lignes!$A$3:$A$9,$A4)",
         "of:=SUMIFS([$Lignes.$C$3:.$C$9];[$Lignes.$A$3:.$A$9];[.$A4])"),
        ('IF(A1="A1,B2","",A1/B2)', 'of:=IF([.A1]="A1,B2";"";[.A1]/[.B2])'),
        ("SUBTOTAL(9,C5:C7)", "of:=SUBTOTAL(9;[.C5:.C7])"),
    ],
)  # fmt: skip
def test_formulas_of_opendocument(excel, opened):
    assert open_formula(excel) == opened


def test_what_is_out_of_the_contract_has_its_own_sheet_and_part_of_the_print(content):
    first = content["operations"][0]
    held = {**content, "operations": [first, {**first, "title": "Gare", "outside": True}]}
    standing = Standing("Pays d’Ancenis", "CRTE", "Maquette", "", "m")
    book = maquette_book(held, standing)
    (apart,) = [sheet for sheet in book.sheets if sheet.name == "Hors contrat"]
    assert {row[1] for row in apart.rows} == {"Gare"}
    assert all("Gare" not in row for sheet in book.sheets[:2] for row in sheet.rows)
    pages = pypdf.PdfReader(io.BytesIO(maquette_pdf(held, standing))).pages
    told = " ".join(page.extract_text() for page in pages)
    assert "Hors contrat, à part" in told
    assert "Engagements (AE) par année" in told


def test_each_line_says_its_rates_and_what_each_year_commits_and_pays(content):
    (lines,) = [s for s in maquette_book(content, STANDING).sheets if s.name == "Lignes"]
    groups = {column.group for column in lines.columns}
    assert {"Engagements (AE)", "Paiements prévus (CP)", "Taux"} <= groups
    assert all(len(row) == len(lines.columns) for row in lines.rows)
    heads = [column.label for column in lines.columns]
    row = next(row for row in lines.rows if row[6] == "DETR")
    brought, cost = (row[heads.index(head)] for head in ("Retenu", "Coût de la section"))
    assert cost == 50_000
    assert row[heads.index("Du coût")].value == brought / cost


@pytest.fixture
def mixed(db):
    """A plan of both bases, one after tax, one before."""
    made = world.contract()
    for title, tax in (("Halle", "ht"), ("Piscine", "ttc"), ("Gare", "ht")):
        one = world.operation(made, title, [], tax=tax, investment_cost=Decimal(1000))
        world.line(one, "detr", 400)
        if title == "Halle":
            world.line(one, "region", 300, tax="ttc")
    return snapshot(made)


@pytest.mark.parametrize("format", [LIVE_XLSX, ODS])
def test_a_plan_of_both_tax_bases_has_no_balance_and_every_sum_says_so(
    mixed, tmp_path, libreoffice, format
):
    file = tmp_path / f"maquette{format.suffix}"
    file.write_bytes(written_book(maquette_book(mixed, STANDING), format))
    opened = values(libreoffice(file, "xlsx"))
    heads = opened["Maquette"][4]
    rows = {row[2]: dict(zip(heads, row, strict=True)) for row in opened["Maquette"]}
    halle, gare, total = rows["Halle"], rows["Gare"], rows["Total"]
    assert halle["Taxes"] == "HT et TTC"
    assert (halle["Total des financements"], halle["Reste à trouver"]) == (None, None)
    assert halle["Part financée"] is None
    assert (gare["Taxes"], gare["Reste à trouver"]) == ("HT", 600)
    assert (total["Total des financements"], total["Reste à trouver"]) == (1500, 1200)
    assert total["Part financée"] is None
    for name in ("Maquette", "Par source", "Par orientation", "Légende et sources"):
        told = " ".join(str(cell) for row in opened[name] for cell in row if cell)
        for words in maquette_words(mixed):
            assert words in told
    assert {row[16] for row in opened["Lignes"][5:9]} == {"HT", "TTC"}


def test_the_print_says_which_amounts_are_after_tax(mixed):
    told = " ".join(
        page.extract_text()
        for page in pypdf.PdfReader(io.BytesIO(maquette_pdf(mixed, STANDING))).pages
    )
    plain = " ".join(told.replace("\xa0", " ").split())
    for words in maquette_words(mixed):
        assert words.replace("\xa0", " ") in plain
    assert "Piscine TTC" in plain


def test_the_fiche_of_a_plan_of_both_bases_gives_no_total(mixed):
    papers = {o["title"]: operation_paper(o, STANDING, {}) for o in mixed["operations"]}
    halle, gare = papers["Halle"], papers["Gare"]
    assert halle["balance"] == NO_TOTAL
    assert [line["source"] for line in halle["funding"]] == ["DETR", "Région, TTC"]
    assert "Reste à trouver" in gare["balance"]
