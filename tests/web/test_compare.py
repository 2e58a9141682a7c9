"""Comparing: every state in the address, a list one edits, nothing false."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

ONE, OTHER = "200000001", "200000002"


def read(site, address):
    answer = site.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def link(html, label):
    """What the address behind a link asks for."""
    [address] = re.findall(rf'<a href="([^"]*)">{label}', html)
    return parse_qs(urlsplit(address).query)


def row(html, title):
    [found] = re.findall(rf"<tr><th scope=\"row\">(?:<a [^>]*>)?{title}.*?</tr>", html, re.S)
    return [
        re.sub("<[^>]+>", " ", cell).split()[0] for cell in re.findall(r"<td.*?</td>", found, re.S)
    ]


def test_without_a_territory_the_page_asks_for_one(site):
    html = read(site, "/comparer/")
    assert "Chercher un territoire" in html
    assert "<table" not in html


def test_a_territory_alone_is_shown_among_those_that_resemble_it(site):
    """Communes by population, the only variable of this country: 12,000, 3,400, 1,200, 54,000."""
    html = read(site, "/comparer/?t=01002")
    names = re.findall(r'<div class="side-text"><a href="/territoires/(\d+)/"', html)
    assert names == ["01002", "03001", "01001", "02002"]
    assert link(html, 'Garder<span class="visually-hidden"> Étang') == {
        "t": ["01002", "03001"],
        "proposer": ["4"],
    }
    assert link(html, 'Écarter<span class="visually-hidden"> Étang') == {
        "t": ["01002"],
        "sans": ["03001"],
    }
    assert link(html, "Ne garder que mes territoires") == {"t": ["01002"], "proposer": ["0"]}
    assert "Pourquoi ces territoires" in html


def test_a_refused_territory_is_not_proposed_again(site):
    html = read(site, "/comparer/?t=01002&sans=03001")
    names = re.findall(r'<div class="side-text"><a href="/territoires/(\d+)/"', html)
    assert names == ["01002", "01001", "02002"]


def test_where_nothing_resembles_it_the_page_holds_it_alone(site):
    """The population of the other intercommunalité is not known."""
    html = read(site, f"/comparer/?t={ONE}")
    assert "proposé" not in html
    assert "Actifs qui travaillent sur place" in html


def test_values_are_side_by_side_with_their_unit(site):
    html = read(site, f"/comparer/?t={ONE}&t={OTHER}")
    assert row(html, "Actifs qui travaillent sur place") == ["64,7", "99,4"]
    assert "Navettes domicile-travail, 2021" in html
    assert link(html, 'Retirer<span class="visually-hidden"> Dunes') == {
        "t": [ONE],
        "proposer": ["0"],
    }


def test_a_group_too_small_gives_no_median(site):
    """Two intercommunalités in the whole country."""
    html = read(site, f"/comparer/?t={ONE}&t={OTHER}")
    assert "Médiane et quartiles" not in html
    assert '<svg viewBox="0 0 400' not in html


def test_a_cut_universe_says_so_and_shows_no_rate(site):
    html = read(site, f"/comparer/?t={OTHER}&t={ONE}&famille=migrations-residentielles")
    assert "à l’intérieur du département Amont" in html
    assert "les autres territoires y sont tronqués" in html
    assert "Aucun indicateur de cette famille" in html


def test_signs_of_fragility_are_a_family(site):
    html = read(site, f"/comparer/?t={ONE}&famille=fragilites")
    assert 'aria-current="page">Fragilités' in html
    assert "Aucun indicateur de cette famille" in html


def test_a_territory_is_added_by_search_without_javascript(site):
    html = read(site, f"/comparer/?t={ONE}&proposer=0&q=corvol")
    assert link(html, "Ajouter Corvol-l’Eau")["t"] == [ONE, "02001"]


def test_another_name_of_a_territory_leads_to_its_address(site):
    answer = site.get(f"/comparer/?t=01001%2B01002&t={OTHER}")
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer["Location"]).query) == {"t": [ONE, OTHER]}


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("t=" + "&t=".join(f"0{i}001" for i in range(7)), 400, "6\u00a0territoires au plus"),
        (f"t={ONE}&annee=deux", 400, "nombre entier"),
        (f"t={ONE}&proposer=-1", 400, "nombre entier"),
        (f"t={ONE}&annee=1999", 404, "Années présentes"),
        (f"t={ONE}&famille=magie", 404, "inconnu"),
        ("t=99999", 404, "Cherchez-le par son nom"),
        ("t=" + "a" * 9000, 404, "Cherchez-le par son nom"),
    ],
)
def test_what_cannot_be_compared_is_said(site, query, status, said):
    answer = site.get(f"/comparer/?{query}")
    assert answer.status_code == status
    assert said in unescape(answer.content.decode())


def test_the_portrait_leads_there(site):
    html = read(site, f"/territoires/{ONE}/")
    assert f'href="/comparer/?t={ONE}">Comparer à des territoires semblables' in html
