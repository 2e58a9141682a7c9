"""The page of the grants of a territory: sums, projects, and what cannot be counted."""

import csv
import io
import json
import sqlite3
from contextlib import closing

import openpyxl
import pyarrow.parquet as pq
import pytest
from django.core.cache import cache


@pytest.fixture
def granted(client, settings, static_root, granted_editions):
    settings.STATIC_ROOT, settings.EDITIONS = static_root, granted_editions
    settings.DEBUG = False
    cache.clear()
    return client


def test_what_was_granted_and_what_is_shared(granted):
    html = granted.get("/territoires/01001/dotations/").content.decode()
    assert "10,01\u00a0€" in html
    assert "Bénéficiaires plus larges" in html
    assert "inconnu" in html
    assert "1\u00a0projet de groupements" in html
    assert "données fictives" in html


def test_the_page_is_among_those_of_a_territory(granted):
    assert "/territoires/01001/dotations/" in granted.get("/territoires/01001/").content.decode()


@pytest.mark.parametrize(("year", "status"), [("2018", 404), ("hier", 400), ("²⁰¹⁹", 400)])
def test_a_year_that_is_not_there(granted, year, status):
    assert granted.get(f"/territoires/01001/dotations/?annee={year}").status_code == status


def test_without_a_list_there_is_no_page(site):
    assert site.get("/territoires/01001/dotations/").status_code == 404
    assert "/dotations/" not in site.get("/territoires/01001/").content.decode()


def test_the_page_is_given_as_files(granted):
    """The same projects whatever the file: whole, with the year of the page."""
    html = granted.get("/territoires/01001/dotations/?annee=2019").content.decode()
    for format in ("csv", "excel.csv", "xlsx", "ods", "parquet", "json"):
        assert f"/territoires/01001/dotations/telecharger.{format}?annee=2019" in html

    def file(format):
        answer = granted.get(f"/territoires/01001/dotations/telecharger.{format}?annee=2019")
        assert answer.status_code == 200
        assert "dotations_2019_01001" in answer["Content-Disposition"]
        return answer.content

    rows = list(csv.DictReader(io.StringIO(file("csv").decode())))
    assert [(row["project"], row["subsidy"], row["cost"]) for row in rows] == [
        ("arcy", "10.01", "100"),
        ("aval", "1000", ""),
        ("rives", "300", "100"),
    ]
    assert [row["counted"].partition(" ")[0] for row in rows] == ["oui", "non", "non"]
    assert all("fictives" in row["status"] for row in rows)
    table = pq.read_table(io.BytesIO(file("parquet"))).to_pydict()
    assert table["subsidy"] == [10.01, 1000.0, 300.0]
    assert table["cost"] == [100.0, None, 100.0]
    book = openpyxl.load_workbook(io.BytesIO(file("xlsx")))
    assert book.sheetnames[1:] == ["Sommes", "Sources et méthode"]
    assert '"01001' in file("excel.csv").decode("utf-8-sig")
    assert json.loads(file("json"))


def test_owners_are_given_as_layers_with_what_they_received(granted, tmp_path):
    """The sums of the page, owner by owner, the larger ones underneath."""
    page = "/territoires/01001/dotations/telecharger"
    told = granted.get(f"{page}.geojson?annee=2019").json()
    every = [feature["properties"] for feature in told["features"]]
    owners = [one for one in every if one["layer"] == "territoires"]
    assert [(o["territory"], o["count"], o["subsidy"], o["cost"]) for o in owners] == [
        ("dep-01", 1, 1000, None),
        ("200000001", 1, 300, 100),
        ("01001", 1, 10.01, 100),
    ]
    assert [owner["counted"].partition(" ")[0] for owner in owners] == ["non", "non", "oui"]
    assert "fictives" in told["facts"]["status"]
    package = tmp_path / "dotations.gpkg"
    package.write_bytes(granted.get(f"{page}.gpkg?annee=2019").content)
    with closing(sqlite3.connect(package)) as base:
        styles = dict(base.execute("SELECT f_table_name, styleQML FROM layer_styles"))
    assert 'attr="subsidy"' in styles["territoires"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [("csv?annee=2018", 404), ("csv?annee=hier", 400), ("svg", 404), ("xyz", 404)],
)
def test_files_that_are_not_there(granted, asked, status):
    assert granted.get(f"/territoires/01001/dotations/telecharger.{asked}").status_code == status


def test_another_year_is_one_link_away(client, settings, static_root, demo_editions):
    settings.STATIC_ROOT, settings.EDITIONS, settings.DEBUG = static_root, demo_editions, False
    html = client.get("/territoires/dep-09/dotations/?annee=2020").content.decode()
    assert '<b aria-current="page">2020</b>' in html
    assert 'href="?annee=2019"' in html
    assert "ne peuvent pas être situés" in html or "ne peut pas être situé" in html
    assert "données fictives" in html
