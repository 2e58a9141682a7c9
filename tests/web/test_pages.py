"""Every page answers, says what it is, and keeps to the house's markup."""

import re
from html.parser import HTMLParser

import pytest

PAGES = ["/", "/recherche/", "/recherche/?q=dunes", "/territoires/", "/methode/", "/sources/"]
PAGES += ["/mentions/", "/absent/", "/sources/compte-rendu/"]


class Outline(HTMLParser):
    """Headings, landmarks and ids of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.ids += [value for name, value in attrs if name == "id"]


@pytest.mark.parametrize("page", PAGES)
def test_page_has_one_title_its_landmarks_and_unique_ids(site, page):
    html = site.get(page).content.decode()
    outline = Outline(html)
    assert outline.tags.count("h1") == 1
    assert {"header", "nav", "main", "footer"} <= set(outline.tags)
    assert len(outline.ids) == len(set(outline.ids))
    assert '<html lang="fr">' in html
    assert 'href="#contenu"' in html
    assert re.search(r"<title>[^<]*Maillage[^<]*</title>", html)


@pytest.mark.parametrize("page", PAGES)
def test_page_says_that_the_country_is_fictional(site, page):
    assert "Pays fictif" in site.get(page).content.decode()


def test_a_real_country_has_no_such_banner(site, settings, tmp_path, write_real_edition):
    settings.EDITIONS = write_real_edition(tmp_path)
    assert "Pays fictif" not in site.get("/").content.decode()


def test_home_has_the_families_and_the_map(site):
    html = site.get("/").content.decode()
    assert "Navettes domicile-travail" in html
    assert html.count("Aucun fichier dans ce millésime") == 4
    assert html.count("</title><path d=") == 2
    assert 'href="/territoires/200000002/"' in html


def test_territories_are_listed_under_their_departement(site):
    html = site.get("/territoires/").content.decode()
    aval, amont = html.index(">L’Aval</h2>"), html.index(">Amont</h2>")
    assert aval < html.index("CC des Deux Rives") < amont < html.index("Dunes Métropole")
    assert "15\u202f400" in html
    assert "n.\u00a0d." in html, "a population with an unknown part is not known"


def test_every_indicator_and_source_has_its_page(site):
    from maillage.catalog.load import load_catalog

    catalog = load_catalog()
    for section, cards in (("methode", catalog.indicators), ("sources", catalog.sources)):
        listed = site.get(f"/{section}/").content.decode()
        for id in cards:
            assert f'href="/{section}/{id}/"' in listed
            assert site.get(f"/{section}/{id}/").status_code == 200, id


def test_unverified_sources_say_so(site):
    from maillage.catalog.load import load_catalog

    words = "d’après le format publié, pas encore essayée sur le fichier du producteur"
    for id, card in load_catalog().sources.items():
        said = words in site.get(f"/sources/{id}/").content.decode()
        assert said is (card.verified == "format_only"), id


def test_home_counts_what_the_edition_holds_and_opens_every_door(site):
    html = site.get("/").content.decode()
    [part] = re.findall(r'<section class="holdings".*?</section>', html, re.S)
    counted = re.findall(r"<dt>(.*?)</dt><dd>(\S+)", re.sub(r"\s+", " ", part))
    assert counted[:2] == [("communes", "5</dd></div>"), ("intercommunalités", "2</dd></div>")]
    assert ("familles de flux, de 2008 à 2021", "2") in counted
    [doors] = re.findall(r'<ul class="doors">.*?</ul>', html, re.S)
    for address in ("/territoires/", "/comparer/", "/perimetre/"):
        assert f'href="{address}"' in doors
