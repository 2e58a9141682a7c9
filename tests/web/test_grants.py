"""The page of the grants of a territory: sums, projects, and what cannot be counted."""

import pytest
from django.core.cache import cache
from tests.observatory.test_grants import GRANTS, SOURCE
from tests.tiny import geography

from maillage.catalog.load import load_catalog
from maillage.engine.dataset import GrantList
from maillage.engine.writer import EditionWriter


@pytest.fixture
def granted(client, settings, static_root, tmp_path):
    with EditionWriter(tmp_path) as writer:
        writer.write_geography(geography(fictional=True))
        writer.write_catalog(load_catalog())
        writer.write_grants(GrantList(2019, SOURCE, GRANTS))
        writer.publish()
    settings.STATIC_ROOT, settings.EDITIONS = static_root, tmp_path
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
