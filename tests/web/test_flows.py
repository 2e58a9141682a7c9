"""The page of a family of flows: right figures, closing totals, every choice in the address."""

import re
from html import unescape

import numpy as np
import pytest
from tests.engine.worlds import cells, country, meta
from tests.web.refusals import told_with_its_remedy

from maillage.catalog.load import load_catalog
from maillage.engine.dataset import LevelFlow
from maillage.engine.writer import EditionWriter

PAGE = "/territoires/02002/flux/domicile-travail/"
BARE = "/integrer/territoires/02002/flux/domicile-travail/"


def said(html: str) -> str:
    """What one reads, every kind of space being one."""
    body = html.partition("<main")[2]
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]+>", " ", body)))


def rows(html: str) -> list[list[str]]:
    """Cells of each line of the table, head left out."""
    table = re.search(r'<table class="table table-sm flow-table">.*?</table>', html, re.S).group()
    lines = re.findall(r"<tr[^>]*>(.*?)</tr>", table, re.S)[1:]
    return [
        [said(f"<main{cell}").strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line)]
        for line in lines
    ]


def read(site, address: str) -> str:
    answer = site.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_table_closes(site):
    assert rows(read(site, f"{PAGE}?maille=commune")) == [
        ["Arcy", "120", "1 234", "+1 114", "73,4 %"],
        ["Bellerive", "0", "400", "+400", "21,7 %"],
        ["Étang-Neuf", "0", "90", "+90", "4,9 %"],
        ["Ensemble", "120", "1 724", "+1 604", "100 %"],
    ]


def test_under_the_threshold_partners_are_summed(site):
    assert rows(read(site, f"{PAGE}?maille=commune&seuil=200"))[1:] == [
        ["Bellerive", "0", "400", "+400", "21,7 %"],
        ["1 autre partenaire sous le seuil", "0", "90", "+90", "4,9 %"],
        ["Ensemble", "120", "1 724", "+1 604", "100 %"],
    ]


def test_a_direction_ranks_and_shares_by_itself_and_both_close(site):
    assert rows(read(site, f"{PAGE}?maille=commune&sens=sortants")) == [
        ["Arcy", "120", "1 234", "+1 114", "100,0 %"],
        ["2 autres partenaires sous le seuil", "0", "490", "+490", "0,0 %"],
        ["Ensemble", "120", "1 724", "+1 604", "100 %"],
    ]


def test_the_chosen_partner_is_kept_and_told_everywhere(site):
    html = read(site, f"{PAGE}?maille=commune&seuil=1000&partenaire=03001")
    assert [row[0] for row in rows(html)][:2] == ["Arcy", "Étang-Neuf"]
    assert html.count('class="chosen"') == 2  # its line of the table, its bar
    status = re.search(r'role="status"[^>]*>(.*?)</p>', html).group(1)
    assert status.startswith("Étang-Neuf – sortants")
    assert 'name="partenaire" value="03001"' in html


def test_a_partner_that_is_none_is_said_not_refused(site):
    html = read(site, f"{PAGE}?partenaire=%3Cscript%3E")
    assert "Aucun échange avec le partenaire demandé" in html
    assert "<script>" not in html.partition("<main")[2]


def test_a_limited_universe_says_so_and_shows_no_false_total(site):
    html = read(site, "/territoires/02002/flux/migrations-residentielles/")
    text = said(html)
    assert "à l’intérieur du département Amont" in text
    assert "Le solde n’est pas donné, il serait faux." in text
    assert rows(html) == [
        ["Dunes Métropole (autres communes)", "0", "90", "+90"],
        ["Ensemble", "au moins ≥ 0", "au moins ≥ 90", "non donné"],
    ]
    assert "La part de chacun n’est pas donnée : le total n’est pas connu." in text


def test_a_family_without_file_says_so_and_shows_no_zero(site):
    text = said(read(site, "/territoires/02002/flux/domicile-etudes/"))
    assert "aucun fichier" in text
    assert not re.search(r"\b0\b", text)


@pytest.mark.parametrize(
    "query",
    [
        "annee=abc",
        "annee=20211",
        "annee=-1",
        "seuil=1e9",
        "seuil=1234567890123",
        "seuil=٣",
        "sens=ailleurs",
        "forme=<b>",
        "categorie=mode:1",
        "categorie=%00",
        "vue=film",
        "annee=1900",
        "maille=galaxie",
        "maille=../../etc",
    ],
)
@pytest.mark.parametrize("page", [PAGE, BARE, f"{PAGE}approfondir/"])
def test_what_an_address_may_not_ask_is_refused_in_french(site, page, query):
    answer = site.get(f"{page}?{query}")
    assert answer.status_code in (400, 404)
    html = answer.content.decode()
    assert 'lang="fr"' in html
    assert told_with_its_remedy(answer) or "inconnue" in html or "Années présentes" in html
    assert "<b>" not in html.partition("<main")[2]


@pytest.mark.parametrize("page", [PAGE, f"{PAGE}approfondir/"])
def test_other_names_of_a_territory_lead_to_its_page_with_its_choices(site, page):
    answer = site.get(page.replace("02002", "03001+02002+02001") + "?seuil=10")
    assert answer.status_code == 302
    assert answer["Location"] == page.replace("02002", "200000002") + "?seuil=10"


@pytest.mark.parametrize("family", ["inconnu", "commuting"])
def test_an_unknown_family_is_not_found(site, family):
    answer = site.get(f"/territoires/02002/flux/{family}/")
    assert answer.status_code == 404
    assert "domicile-travail" in answer.content.decode()


@pytest.mark.parametrize("view", ["carte", "graphique", "tableau"])
def test_pictures_may_be_framed_anywhere_pages_nowhere(site, view):
    answer = site.get(f"{BARE}?vue={view}&annee=2021")
    assert answer.status_code == 200
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert "ETag" not in answer
    html = answer.content.decode()
    assert "Source" in html
    assert "données fictives" in html
    assert f'href="http://testserver{PAGE}?annee=2021" target="_top"' in html
    page = site.get(PAGE)
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_the_frame_to_copy_shows_what_is_chosen(site):
    html = read(site, f"{PAGE}?sens=entrants")
    frames = [unescape(text) for text in re.findall(r"<textarea[^>]*>(.*?)</textarea>", html, re.S)]
    assert len(frames) == 3
    address = re.search(r'src="http://testserver([^"]+)"', frames[1]).group(1)
    assert "vue=graphique" in address
    assert site.get(unescape(address)).status_code == 200
    assert "sens=entrants" in address


def test_the_page_tells_networks_what_it_says(site):
    html = read(site, PAGE)
    description = re.search(r'og:description" content="([^"]+)"', html).group(1)
    assert "Stables 20\u202f000" in description
    assert 'og:url" content="http://testserver' in html
    assert "og:image" not in html  # nothing is promised where there is no contour to draw


def test_the_portrait_leads_to_it(site):
    assert f'href="{PAGE}"' in read(site, "/territoires/02002/")


def test_the_depths_say_why_something_is_not_there(site):
    html = read(site, f"{PAGE}approfondir/")
    text = said(html)
    assert "Ce territoire n’appartient pas à un découpage du pays" in text
    assert "Une seule commune ne fait pas un réseau." in text
    assert "ne donne pas de détail par catégorie" in text


def test_the_page_has_the_version_of_the_edition(site):
    first = site.get(PAGE)
    assert site.get(PAGE, headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.fixture
def written(site, settings, tmp_path):
    """A client on an edition made of these flows."""

    def write(*flows, levels=()):
        with EditionWriter(tmp_path) as writer:
            writer.write_geography(country(8))
            writer.write_catalog(load_catalog())
            for one in flows:
                writer.write_flow(one)
            for one in levels:
                writer.write_level_flow(one)
            writer.publish()
        settings.EDITIONS = tmp_path
        return site

    return write


def test_what_secrecy_hides_is_said_and_makes_no_total(written):
    table = {(0, 0): 50.0, (0, 3): 12.0, (0, 4): 0.0, (4, 0): 30.0}
    client = written(cells(table, suppressed=[(0, 4)], secrecy="protected"))
    html = read(client, "/territoires/00001/flux/domicile-travail/?maille=commune")
    assert rows(html) == [
        ["Commune 5", "secret statistique", "30", "non donné"],
        ["Commune 4", "12", "0", "−12"],
        ["Ensemble", "au moins ≥ 12", "30", "non donné"],
    ]
    assert "Le secret statistique interdit" in said(html)
    under = read(client, "/territoires/00001/flux/domicile-travail/?maille=commune&seuil=1000")
    assert rows(under)[0][:2] == ["2 autres partenaires sous le seuil", "au moins ≥ 12"]
    assert "Aucun partenaire n’atteint le seuil" in said(under)


@pytest.fixture
def between_epci(written):
    """Wages known between two EPCI only."""
    size = 2 + len(country(8).outside)
    weight = np.zeros((size, size))
    weight[:2, :2] = [[50e6, 10e6], [30e6, 70e6]]
    facts = meta("wages", 2022, unit="eur", census=False)
    return written(levels=[LevelFlow(facts, "epci", 2025, weight)])


def test_a_flow_known_between_units_only(between_epci):
    html = read(between_epci, "/territoires/200000001/flux/masse-salariale/")
    assert rows(html) == [
        ["epci 200000002", "10,0 M€", "30,0 M€", "+20,0 M€", "100,0 %"],
        ["Ensemble", "10,0 M€", "30,0 M€", "+20,0 M€", "100 %"],
    ]
    assert "pas de contour" in said(html)
    depths = read(between_epci, "/territoires/200000001/flux/masse-salariale/approfondir/")
    assert "entre unités d’une maille plus grande" in said(depths)


def test_a_part_of_a_unit_says_why_it_has_no_page(between_epci):
    text = said(read(between_epci, "/territoires/00001/flux/masse-salariale/"))
    assert "choisissez un territoire fait d’unités entières" in text


def test_a_territory_leads_to_a_family_it_has(site):
    answer = site.get("/territoires/02002/flux/")
    assert answer["Location"] == PAGE
