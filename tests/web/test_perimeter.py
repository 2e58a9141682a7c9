"""« Mon périmètre » without JavaScript: one address for one perimeter, lists read in the open."""

import io
import json
import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.tiny import CODES
from tests.web.refusals import told_with_its_remedy

from maillage.territory.perimeter import Perimeter

PAGE = "/perimetre/"


def text(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]+>", " ", response.content.decode())))


def state(response) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(response.url).query)


def send(site, name="liste.csv", content=b"", **fields):
    return site.post(
        f"{PAGE}liste/", {"fichier": SimpleUploadedFile(name, content), **fields}, follow=False
    )


def test_an_empty_page_says_how_to_begin(site):
    response = site.get(PAGE)
    assert response.status_code == 200
    assert "Périmètre vide" in text(response)
    assert "Coller une liste" in text(response)


def test_a_perimeter_has_its_name_members_and_permanent_address(site):
    response = site.get(PAGE, {"avec": ["200000001", "02002"], "nom": "Pays d’Aval"})
    assert response.status_code == 200
    said = text(response)
    for part in ("Pays d’Aval", "CC des Deux Rives", "2 communes", "69 400", "Dunes-sur-Mer"):
        assert part in said, part
    assert "http://testserver/territoires/200000001+02002/" in response.content.decode()


def test_whatever_the_order_there_is_one_address(site):
    response = site.get(PAGE, {"avec": ["01002", "01001", "02002"], "nom": "  Deux \t rives "})
    assert response.status_code == 302
    assert state(response) == [("avec", "200000001"), ("avec", "02002"), ("nom", "Deux rives")]
    assert site.get(response.url).status_code == 200


def test_taking_out_keeps_the_rest(site):
    response = site.get(PAGE, {"avec": ["200000001"], "sans": ["01002"], "nom": "A"})
    assert state(response) == [("avec", "01001"), ("nom", "A")]
    assert state(site.get(PAGE, {"avec": "01001", "sans": "01001"})) == []


def test_a_known_territory_keeps_its_name(site):
    said = text(site.get(PAGE, {"avec": "200000001", "nom": "Autre"}))
    assert "exactement un territoire connu" in said
    assert "CC des Deux Rives" in said


def test_overlaps_are_told_whole_cut_and_larger(site):
    said = text(site.get(PAGE, {"avec": ["200000001", "02002"]}))
    assert "Entièrement dedans : CC des Deux Rives" in said
    assert re.search(r"Dunes Métropole 1 sur 3 n\. d\.", said)
    said = text(site.get(PAGE, {"avec": "01002"}))
    assert "contient tout le périmètre, qui en fait 1 commune sur 2 et 22,1 % des habitants" in said


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"><img src=x>', "{{ 7*7 }}"])
def test_a_name_is_shown_as_it_is_written_and_never_run(site, name):
    response = site.get(PAGE, {"avec": ["01001", "02002"], "nom": name})
    html = response.content.decode()
    assert name not in html or name == "{{ 7*7 }}"
    assert name in unescape(html)


def test_a_name_too_long_is_refused(site):
    response = site.get(PAGE, {"avec": ["01001", "02002"], "nom": "x" * 81})
    assert response.status_code == 400
    assert "80 caractères" in text(response)


def test_the_portrait_takes_the_chosen_name_of_a_free_perimeter_only(site):
    response = site.get("/territoires/02002+200000001/", {"nom": "Pays <b>d’Aval</b>"})
    assert response.url.startswith("/territoires/200000001+02002/?nom=Pays")
    html = site.get(response.url).content.decode()
    assert "Pays &lt;b&gt;d’Aval&lt;/b&gt;" in html
    assert "<b>d’Aval" not in html
    assert "Autre" not in text(site.get("/territoires/200000001/", {"nom": "Autre"}))
    assert site.get("/territoires/01001+02002/", {"nom": "x" * 81}).status_code == 400


def test_what_to_do_next_is_one_click_away(site):
    html = site.get(PAGE, {"avec": ["200000001", "02002"]}).content.decode()
    for address in (
        "/territoires/200000001+02002/flux/",
        "/territoires/200000001+02002/cooperer/",
        "/comparer/?t=200000001%2B02002",
    ):
        assert address in html
        href = re.search(rf'href="({re.escape(address)}[^"]*)"', html)[1]
        assert site.get(href).status_code == 200


# Search


def test_a_code_is_added_at_once(site):
    response = site.get(PAGE, {"avec": "01001", "ajouter": "02002"})
    assert state(response) == [("avec", "01001"), ("avec", "02002")]


def test_an_uncertain_name_is_for_the_person_to_choose(site):
    response = site.get(PAGE, {"avec": "01001", "ajouter": "dunes"})
    assert response.status_code == 200
    html = response.content.decode()
    assert 'name="avec" value="02002"' in html
    assert 'name="avec" value="01001"' in html


def test_a_former_commune_is_added_only_once_agreed(site):
    response = site.get(PAGE, {"ajouter": "01009"})
    assert "elle fait partie d’Arcy (01001)" in text(response)
    assert 'value="01001">Ajouter Arcy' in response.content.decode()


def test_what_is_searched_is_escaped(site):
    html = site.get(PAGE, {"ajouter": "<script>x</script>"}).content.decode()
    assert "<script>x" not in html


# Lists and files


def test_a_clear_list_is_added_at_once(site):
    response = site.post(
        f"{PAGE}liste/", {"avec": "03001", "nom": "A", "texte": "01001, Bellerive"}
    )
    assert state(response) == [("avec", "200000001"), ("avec", "03001"), ("nom", "A")]


def test_a_doubtful_list_adds_nothing_before_it_was_read(site):
    response = site.post(f"{PAGE}liste/", {"texte": "01001\n01009\n1002\n77777\nDunnes"})
    assert response.status_code == 200
    said = text(response)
    for part in (
        "2 territoires reconnus, soit 2 communes ; 2 lignes à revoir",
        "4 77777 Aucune commune n’a ce code en 2025",
        "5 Dunnes Aucun territoire ne porte ce nom",
        "Ligne 2 : Vieil-Arcy (01009) n’est plus une commune",
        "Ligne 3 : « 1002 » se lit 01002",
        "Continuer avec ce qui est reconnu",
    ):
        assert part in said, part
    assert 'value="200000001"' in response.content.decode()
    assert "77777\nDunnes</textarea>" in response.content.decode()


def test_a_likely_territory_is_ticked_beside_what_is_recognised(site):
    """What was chosen before is not lost when nothing is recognised."""
    response = site.post(f"{PAGE}liste/", {"avec": "03001", "texte": "Dunes-sur-Mère"})
    html = response.content.decode()
    assert 'type="checkbox" name="avec" value="02002"' in html
    assert 'type="hidden" name="avec" value="03001"' in html
    assert "Aucun territoire reconnu" in text(response)
    assert "Continuer avec ce qui est coché" in text(response)


def test_communes_counted_are_those_of_the_list(site):
    response = site.post(f"{PAGE}liste/", {"avec": "200000002", "texte": "1001"})
    assert "1 territoire reconnu, soit 1 commune." in text(response)


def test_an_empty_list_says_so_and_keeps_the_perimeter(site):
    response = site.post(f"{PAGE}liste/", {"avec": "01001", "texte": " ; "})
    assert response.status_code == 400
    assert "la liste est vide" in text(response).lower()
    assert 'name="avec" value="01001"' in response.content.decode()


def test_a_file_tells_the_column_it_was_read_from(site):
    content = "Nom;Code INSEE;Population\r\nArcy;1001;12000\r\nÉtang-Neuf;3001;1200".encode(
        "cp1252"
    )
    said = text(send(site, content=content))
    assert "2 territoires reconnus" in said
    assert "Colonne lue : « Code INSEE »." in said
    assert "Ligne 3 : « 3001 » se lit 03001" in said


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9),
        ("a.xlsx", b"PK\x03\x04" + b"x" * 500),
        ("../../etc/passwd", b"rouge;1\nbleu;2"),
        ("a.csv", b"\n".join(b"%05d" % n for n in range(10_000))),
        ("<b>.csv", b"\0" * 100),
    ],
)
def test_hostile_files_are_refused_in_words(site, name, content):
    response = send(site, name, content, avec="01001")
    assert response.status_code == 400
    assert told_with_its_remedy(response)
    assert "<b>.csv" not in response.content.decode()


def test_a_file_too_large_is_refused_before_it_is_read(site):
    response = send(site, content=b"01001\n" * 500_000)
    assert response.status_code == 400
    assert "dépasse 2,0 Mo" in text(response)


@pytest.mark.parametrize(
    "query",
    [
        {"avec": [f"{n:05}" for n in range(10_000)]},
        {"avec": "+".join(f"{n:05}" for n in range(10_000))},
        {"avec": "99999"},
        {"avec": "../../etc/passwd"},
        {"avec": "<script>"},
        {"avec": "z25.AAAA"},
        {"avec": "z" * 20_000},
        {"avec": "01001", "sans": "\0"},
        {"avec": "01001;DROP TABLE communes"},
    ],
)
def test_hostile_addresses_are_refused_in_words(site, query):
    for response in (site.get(PAGE, query), site.post(f"{PAGE}etat/", query)):
        assert response.status_code == 400
        assert told_with_its_remedy(response) or "mal formés" in text(response)


def test_the_list_page_is_reached_by_its_form_only(site):
    assert site.get(f"{PAGE}liste/").url == f"{PAGE}#liste"
    assert site.get(f"{PAGE}etat/").status_code == 405


# Meshes


def test_units_of_a_mesh_are_ticked(site):
    response = site.get(f"{PAGE}maille/", {"maille": "epci", "avec": "01001"})
    html = response.content.decode()
    assert '<input type="checkbox" name="avec" value="200000002">' in html
    assert '<input type="hidden" name="avec" value="01001">' in html
    assert site.get(f"{PAGE}maille/", {"maille": "nulle"}).status_code == 404
    assert site.get(f"{PAGE}maille/").status_code == 200


# The map


def test_contours_come_with_what_a_choice_needs(site):
    ground = site.get(f"{PAGE}contours/").json()
    assert ground["layers"] == [["epci", "Intercommunalités"]]
    [west, east] = site.get(f"{PAGE}contours/", {"maille": "epci"}).json()["units"]
    assert west[:4] == ["200000001", "CC des Deux Rives", 2, 15_400]
    assert east[3] is None
    assert west[-1].startswith("M")
    left, top, right, bottom = west[6:10]
    assert left < west[4] < right
    assert top < west[5] < bottom


def test_every_module_of_the_map_is_asked_for_at_once_under_the_name_others_import(
    site, static_root
):
    """No module waits for another to be read; a browser that kept an old one asks again."""
    html = site.get(PAGE).content.decode()
    ahead = set(
        re.findall(r'<link rel="modulepreload" href="/static/(web/perimeter/[^"]+)">', html)
    )
    sources = static_root / "web" / "perimeter"
    whole = {path.name for path in sources.glob("*.js") if path.name.count(".") == 1}
    assert {re.sub(r"\.\w{12}\.js$", ".js", name.rpartition("/")[2]) for name in ahead} == whole
    [entry] = re.findall(r'src="/static/(web/perimeter\.[^"]+)"', html)
    imported = set()
    for name in (entry, *ahead):
        text = (static_root / name).read_text(encoding="utf-8")
        found = re.findall(r'^import .* from "\./([^"]+)";$', text, re.M)
        imported |= {f"web/perimeter/{one.rpartition('/')[2]}" for one in found}
    assert imported == ahead


def test_contours_are_kept_by_the_browser(site):
    first = site.get(f"{PAGE}contours/", {"maille": "epci"})
    again = site.get(
        f"{PAGE}contours/", {"maille": "epci"}, headers={"If-None-Match": first["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"maille": "crte"}, 404),
        ({"maille": "../x"}, 404),
        ({"maille": "commune", "case": "0,0"}, 404),
    ],
)
def test_contours_that_do_not_exist(site, query, status):
    assert site.get(f"{PAGE}contours/", query).status_code == status


def test_the_fragment_is_the_state_of_the_page(site):
    response = site.post(f"{PAGE}etat/", {"avec": "02002 01001 01002", "nom": "Ici"})
    html = response.content.decode()
    assert 'data-address="/perimetre/?avec=200000001&amp;avec=02002&amp;nom=Ici"' in html
    assert "Set-Cookie" not in response.headers
    [given] = re.findall(r'<script id="choix" type="application/json">(.*?)</script>', html)
    assert json.loads(given)["epci"] == {"whole": ["200000001"], "cut": ["200000002"]}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(picked=st.sets(st.sampled_from(CODES), min_size=1))
def test_any_set_of_communes_has_one_address_and_nothing_is_widened(site, country, picked):
    """Pasted as codes, the page leads to the perimeter of these very communes."""
    response = site.post(f"{PAGE}liste/", {"texte": "\n".join(sorted(picked))})
    nodes = [CODES.index(code) for code in picked]
    expected = Perimeter.of(country, nodes)
    assert "+".join(value for _, value in state(response)) == expected.id
    html = site.get(response.url).content.decode()
    [given] = re.findall(r'<script id="choix" type="application/json">(.*?)</script>', html)
    assert json.loads(given)["commune"]["whole"] == sorted(picked)


def test_a_workbook_is_read(site):
    openpyxl = pytest.importorskip("openpyxl")
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in (["siren", "x"], [200000001, "a"]):
        book.active.append(row)
    book.save(stream)
    said = text(send(site, "a.xlsx", stream.getvalue()))
    assert "1 territoire reconnu, soit 2 communes" in said
    assert "Ajouter au périmètre" in said
