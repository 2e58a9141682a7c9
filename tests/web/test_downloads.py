"""Every page as files: named, typed, versioned, limited; hostile addresses get a clear refusal."""

import csv
import io
import json
import sqlite3
from xml.etree import ElementTree

import openpyxl
import pytest
from PIL import Image
from pypdf import PdfReader

from maillage.documents.formats import MAP_FORMATS, PICTURE_FORMATS, TABLE_FORMATS

FLOW = "/territoires/200000001/flux/domicile-travail/"
PAGES = {
    "/territoires/200000001/": "portrait",
    FLOW: "flux",
    "/territoires/200000001/cooperer/": "cooperer",
    "/territoires/200000001/bilans/": "bilans",
    "/territoires/200000001/semblables/": "semblables",
}


def rows_of(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode())))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("format", TABLE_FORMATS)
def test_every_page_has_every_table(site, page, format):
    answer = site.get(f"{page}telecharger.{format}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == TABLE_FORMATS[format].mime
    assert f'filename="maillage_{PAGES[page]}' in answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    again = site.get(f"{page}telecharger.{format}", HTTP_IF_NONE_MATCH=answer["ETag"])
    assert again.status_code == 304


@pytest.mark.parametrize("format", [*MAP_FORMATS, *PICTURE_FORMATS])
def test_a_flow_has_every_layer_file(site, format):
    answer = site.get(f"{FLOW}telecharger.{format}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == (MAP_FORMATS | PICTURE_FORMATS)[format].mime
    assert "maillage_flux-domicile-travail_2021_200000001" in answer["Content-Disposition"]


def test_a_file_says_what_its_figures_need(site):
    [row] = rows_of(site.get(f"{FLOW}telecharger.csv?annee=2021"))
    assert (row["partner"], row["outgoing"], row["incoming"]) == ("200000002", "1634.5", "120")
    assert row["year"] == "2021"
    assert row["unit"]
    assert "flux.csv" in row["source"]
    assert row["universe"] == "ensemble du pays"
    assert row["status"].startswith("Données fictives")
    assert row["page"] == f"http://testserver{FLOW}?annee=2021"


def test_a_file_asks_the_same_as_its_page(site):
    communes = rows_of(site.get(f"{FLOW}telecharger.csv?maille=commune"))
    assert {row["partner"] for row in communes} == {"02002"}
    few = site.get(f"{FLOW}telecharger.json?maille=commune&seuil=50000&sens=sortants")
    content = json.loads(few.content)
    [others] = content["tables"]["partners"]["rows"]
    assert (others["partner"], others["outgoing"], others["incoming"]) == ("@AUTRES", 1634.5, 120)
    assert content["tables"]["partners"]["total"]["outgoing"] == 1634.5
    facts = {fact["key"]: fact["value"] for fact in content["facts"]}
    assert facts["threshold"] == "50\u202f000 et plus"


@pytest.mark.parametrize("content", ["indicateurs", "evolution", "liens", "structure"])
def test_what_else_is_known_of_a_flow_has_its_file(site, content):
    assert rows_of(site.get(f"{FLOW}telecharger.csv?contenu={content}"))


@pytest.mark.parametrize("format", TABLE_FORMATS)
def test_a_comparison_has_its_file(site, format):
    query = "?t=200000001&t=200000002&famille=domicile-travail"
    answer = site.get(f"/comparer/telecharger.{format}{query}")
    assert answer.status_code == 200
    assert "maillage_comparaison_2021_200000001" in answer["Content-Disposition"]
    if format == "csv":
        rows = rows_of(answer)
        assert {row["territory"] for row in rows} == {"200000001", "200000002"}
        assert all(row["value"] or row["status"] for row in rows)


def test_a_comparison_of_nobody_is_refused(site):
    assert site.get("/comparer/telecharger.csv").status_code == 400


def test_a_workbook_opens_with_its_sources(site):
    data = site.get(f"{FLOW}telecharger.xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames[-1] == "Sources et méthode"
    told = {row[0].value: row[1].value for row in book.worksheets[-1].iter_rows(max_col=2)}
    assert told["Page d’origine"] == f"http://testserver{FLOW}"


def test_pictures_stand_alone(site):
    for view, shown in (("carte", "Entrants"), ("graphique", "Sortants")):
        data = site.get(f"{FLOW}telecharger.svg?vue={view}").content
        root = ElementTree.fromstring(data)
        space = "{http://www.w3.org/2000/svg}"
        assert "Deux Rives" in root.find(f"{space}title").text
        assert root.find(f"{space}desc").text
        said = " ".join(node.text or "" for node in root.iter(f"{space}text"))
        assert "Données fictives" in said
        assert f"{FLOW}" in said
        assert shown in said or view == "carte"
        assert b"style=" not in data
        assert b"<script" not in data
    image = Image.open(io.BytesIO(site.get(f"{FLOW}telecharger.png").content))
    assert image.width > 1500
    page = PdfReader(io.BytesIO(site.get(f"{FLOW}telecharger.a3.pdf").content)).pages
    assert len(page) == 1
    assert [round(float(side)) for side in page[0].mediabox[2:]] == [1191, 842]
    assert "Premiers partenaires" in page[0].extract_text()


def test_a_geopackage_says_the_page_it_comes_from(site, tmp_path):
    path = tmp_path / "flux.gpkg"
    path.write_bytes(site.get(f"{FLOW}telecharger.gpkg").content)
    facts = dict(sqlite3.connect(path).execute("SELECT key, value FROM sources"))
    assert facts["page"] == f"http://testserver{FLOW}"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{FLOW}telecharger.exe", 404),
        (f"{FLOW}telecharger.csv?annee=deux", 400),
        (f"{FLOW}telecharger.csv?annee=99999999999999", 400),
        (f"{FLOW}telecharger.csv?annee=1901", 404),
        (f"{FLOW}telecharger.csv?sens=nord", 400),
        (f"{FLOW}telecharger.csv?contenu=../../etc/passwd", 400),
        (f"{FLOW}telecharger.csv?maille=canton", 404),
        (f"{FLOW}telecharger.csv?seuil=-1", 400),
        ("/territoires/999999999/telecharger.csv", 404),
        ("/territoires/200000001/flux/telepathie/telecharger.csv", 404),
        ("/territoires/200000001/semblables/telecharger.gpkg", 404),
        ("/territoires/200000001/cooperer/telecharger.csv?rayon=loin", 400),
    ],
)
def test_what_cannot_be_given_is_told(site, address, status):
    refused = site.get(address)
    assert refused.status_code == status
    assert refused["Content-Type"].startswith("text/html")


def test_a_territory_has_one_address_for_its_files(site):
    answer = site.get("/territoires/01001+01002/flux/domicile-travail/telecharger.csv?annee=2021")
    assert answer.status_code == 302
    assert answer["Location"] == f"{FLOW}telecharger.csv?annee=2021"


def test_files_are_not_made_without_end(site, settings):
    settings.DOWNLOADS_PER_MINUTE = 3
    codes = [site.get(f"{FLOW}telecharger.csv").status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]


def test_the_portrait_offers_its_files_without_a_script(site):
    page = site.get("/territoires/200000001/").content.decode()
    assert '<details class="downloads">' in page
    for format in TABLE_FORMATS:
        assert f'href="/territoires/200000001/telecharger.{format}"' in page
