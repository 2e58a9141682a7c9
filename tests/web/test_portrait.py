"""The portrait: right figures, and what is missing said in words."""

import re

import pytest
from tests.web.refusals import told_with_its_remedy

SECTION = r'<section class="[^"]*" id="{}".*?</section>'


def section(html: str, slug: str) -> str:
    found = re.search(SECTION.format(slug), html, re.S)
    assert found, slug
    return found.group()


def figures(html: str) -> dict[str, str]:
    """Label -> what stands for the figure."""
    pattern = r'</svg>\s*(\w+)</dt>|<dt>(\w+)</dt>|<span class="figure[^"]*">([^<]*)</span>'
    labels, found = [], {}
    for arrow, bare, text in re.findall(pattern, html):
        if text and len(labels) > len(found):
            found[labels[-1]] = text
        elif arrow or bare:
            labels.append(arrow or bare)
    return found


def test_figures_of_a_whole_universe(site):
    html = section(site.get("/territoires/200000002/").content.decode(), "domicile-travail")
    assert figures(html) == {
        "Stables": "20\u202f090",
        "Entrants": "1\u202f634",
        "Sortants": "120",
        "Solde": "+1\u202f514",
    }
    assert "partiel" not in html


def test_the_source_line_says_that_data_are_invented(
    site, client, settings, tmp_path, write_real_edition
):
    """A picture of a figure travels without the banner of the page."""
    said = "<b>données fictives</b>, au format «"
    line = section(site.get("/territoires/200000002/").content.decode(), "domicile-travail")
    assert said in line
    settings.EDITIONS = write_real_edition(tmp_path)
    line = section(client.get("/territoires/200000002/").content.decode(), "domicile-travail")
    assert "Source&nbsp;: Insee" in line
    assert "fictives" not in line


def test_a_limited_universe_shows_no_false_balance(site):
    """The département holds the whole of Dunes Métropole: nothing crosses its edge there."""
    html = section(
        site.get("/territoires/200000002/").content.decode(), "migrations-residentielles"
    )
    assert figures(html)["Solde"] == "non donné"
    assert figures(html)["Sortants"] == "non couvert"
    assert "à l’intérieur du département Amont" in html
    assert 'role="img"' not in html


def test_a_part_of_the_universe_is_partial(site):
    html = section(site.get("/territoires/02002/").content.decode(), "migrations-residentielles")
    shown = figures(html)
    assert shown["Entrants"] == "90"
    assert shown["Solde"] == "non donné"
    assert "partiel" in html
    assert "Les entrants et les sortants sont des minimums." in html


def test_a_missing_family_says_why_and_shows_no_zero(site):
    html = section(site.get("/territoires/200000002/").content.decode(), "domicile-etudes")
    assert "aucun fichier" in html
    assert not re.search(r"\b0\b", re.sub("<[^>]+>", "", html))


def test_partners_are_linked_and_ordered(site):
    html = site.get("/territoires/02002/").content.decode()
    table = re.search(r"D’où viennent les entrants.*?</table>", html, re.S).group()
    rows = re.findall(r'<th scope="row"><a href="([^"]+)">([^<]+)</a>', table)
    assert rows[0] == ("/territoires/200000001/", "CC des Deux Rives")
    assert "Dunes Métropole</a> (autres communes)" in table


@pytest.mark.parametrize("asked", ["02001+02002+03001", "03001+02002+02001", "dep-02"])
def test_another_name_of_the_same_territory_leads_to_its_address(site, asked):
    answer = site.get(f"/territoires/{asked}/")
    assert answer.status_code == 302
    assert answer["Location"] == "/territoires/200000002/"


def test_a_perimeter_of_ones_own_has_its_portrait(site):
    html = site.get("/territoires/02001+200000001/", follow=True).content.decode()
    assert "Périmètre libre" in html
    assert " et Corvol-l’Eau</h1>" in html


@pytest.mark.parametrize("unknown", ["99999", "244400404", "z25.aaaa", "01001+", "@BE"])
def test_an_unknown_territory_is_not_found(site, unknown):
    answer = site.get(f"/territoires/{unknown}/")
    assert answer.status_code == 404
    html = answer.content.decode()
    assert "Cette page n’existe pas" in html
    assert told_with_its_remedy(answer)


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html))


def test_the_story_links_each_sentence_to_its_figures_method_and_citation(site):
    html = site.get("/territoires/200000002/").content.decode()
    [item] = re.findall(r'<li id="recit-actifs-sortants">.*?</details>', html, re.S)
    assert "0,6\u00a0% des actifs occupés résidents travaillent hors du territoire" in item
    assert "la CC des Deux Rives" in item
    assert "données fictives" in item
    assert 'href="#domicile-travail"' in item
    assert 'href="/methode/out_rate/"' in item
    assert "http://testserver/territoires/200000002/#recit-actifs-sortants" in item
    assert "Périmètre\u00a0: Dunes Métropole (200000002), 3\u00a0communes" in item


def test_nothing_is_told_of_what_the_universe_leaves_out(site):
    """Residential flows are those inside the département, which the territory fills."""
    html = site.get("/territoires/200000002/").content.decode()
    assert "recit-arrivees" not in html
    partial = site.get("/territoires/02002/").content.decode()
    [item] = re.findall(r'<li id="recit-arrivees">.*?</p>', partial, re.S)
    assert "Au moins 90 habitants" in text_of(item)
    assert "le fichier ne contient que les échanges à l’intérieur du département Amont" in item


def test_a_link_to_the_portrait_shows_its_first_sentence(site):
    html = site.get("/territoires/200000002/").content.decode()
    lead = "Dunes Métropole\u00a0: 0,6\u00a0% des actifs occupés"
    for name in ('name="description"', 'property="og:description"'):
        [content] = re.findall(rf'<meta {name} content="([^"]*)"', html)
        assert content.strip().replace(" :", "\u00a0:").startswith(lead)
    assert '<meta property="og:url" content="http://testserver/territoires/200000002/">' in html
    picture = re.search(r'og:image" content="http://testserver([^"]+)"', html).group(1)
    assert site.get(picture)["Content-Type"] == "image/png"


def test_the_first_screen_has_three_figures_and_the_first_partners(site):
    html = site.get("/territoires/200000002/").content.decode()
    [part] = re.findall(r'<section class="glance".*?</section>', html, re.S)
    assert figures(part) == {
        "Entrants": "1\u202f634",
        "Sortants": "120",
        "Solde": "+1\u202f514",
    }
    assert re.findall(r'<li><span><a href="([^"]+)">', part) == ["/territoires/200000001/"]
    assert "1\u202f754" in part
    assert "data-share" in part
    assert re.search(r"Adresse de cette page</dt><dd[^>]*><a href=\"http://testserver/territ", html)


def test_identity_says_the_stratum_and_that_no_programme_is_known(site):
    html = text_of(site.get("/territoires/200000001/").content.decode())
    assert "De 15 000 à moins de 20 000 habitants" in html
    assert "aucun dans les listes publiées" in html
