"""Whole meshes and whole vintages through the site: a form, files, clear refusals."""

import csv
import io
import zipfile

import pytest

FILE = "/telecharger/fichier/?maille=epci&flux=domicile-travail"


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_the_form_asks_for_a_file(site):
    page = site.get("/telecharger/").content.decode()
    assert 'action="/telecharger/fichier/"' in page
    for name in ("maille", "flux", "annee", "indicateur", "format"):
        assert f'name="{name}"' in page


def test_a_whole_mesh_is_one_file(site):
    answer = site.get(f"{FILE}&format=csv&indicateur=stables&indicateur=solde")
    assert answer.status_code == 200
    assert "maillage_export-epci-domicile-travail" in answer["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(body(answer).decode())))
    assert len(rows) == 4
    assert {row["territory"] for row in rows} == {"200000001", "200000002"}
    assert all("Données fictives" in row["source"] for row in rows)


@pytest.mark.parametrize("format", ["csv", "excel.csv", "xlsx", "parquet"])
def test_every_format_is_sent_and_versioned(site, format):
    answer = site.get(f"{FILE}&format={format}")
    assert body(answer)
    again = site.get(f"{FILE}&format={format}", HTTP_IF_NONE_MATCH=answer["ETag"])
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?maille=epci", 400),
        ("?maille=canton&flux=domicile-travail", 404),
        ("?flux=telepathie", 404),
        ("?flux=domicile-travail&annee=deux", 400),
        ("?flux=domicile-travail&annee=1901", 404),
        ("?flux=domicile-travail&indicateur=%3D1%2B1", 400),
        ("?flux=domicile-travail&format=exe", 400),
    ],
)
def test_what_cannot_be_exported_is_told(site, query, status):
    assert site.get(f"/telecharger/fichier/{query}").status_code == status


def test_whole_meshes_are_not_made_without_end(site, settings):
    settings.BATCHES_PER_MINUTE = 2
    assert [site.get(FILE).status_code for _ in range(3)] == [200, 200, 429]


def test_the_vintage_is_listed_and_sent(site):
    page = site.get("/sources/millesime/")
    text = page.content.decode()
    assert "flows/commuting/2021/cells.parquet" in text
    address = text.partition('href="/sources/millesime/')[2].partition('"')[0]
    bundle = zipfile.ZipFile(io.BytesIO(body(site.get(f"/sources/millesime/{address}"))))
    assert bundle.testzip() is None
    one = site.get("/sources/millesime/flows/commuting/2021/cells.parquet")
    assert body(one).startswith(b"PAR1")
    assert "maillage_flows_commuting_2021_cells.parquet" in one["Content-Disposition"]


@pytest.mark.parametrize(
    "path", ["../manifest.json", "manifest.json", "..%2f..%2fetc/passwd", "/etc/passwd", "0.zip"]
)
def test_no_other_path_is_opened(site, path):
    assert site.get(f"/sources/millesime/{path}").status_code == 404
