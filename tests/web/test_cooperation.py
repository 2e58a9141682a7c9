"""With whom to cooperate: the neighbours, the pair, and what hostile addresses get."""

import re

import pytest
from django.test import Client
from tests.web.refusals import told_with_its_remedy

from maillage.observatory.supply_need import supply_need
from maillage.territory.perimeter import parse_perimeter

HERE, OTHER = "200000001", "200000002"


@pytest.fixture
def demo(client, settings, static_root, demo_editions) -> Client:
    settings.STATIC_ROOT, settings.EDITIONS, settings.DEBUG = static_root, demo_editions, False
    return client


@pytest.fixture(scope="module")
def two(demo_edition):
    """Ids of the most populated EPCI and of its first neighbour that has a place."""
    from maillage.observatory.cooperation import cooperation
    from maillage.territory.perimeter import parse_perimeter

    geography = demo_edition.geography
    mesh = geography.mesh("epci")
    people = [geography.population[mesh.unit_members(u)].sum() for u in range(len(mesh.codes))]
    here = mesh.codes[max(range(len(people)), key=people.__getitem__)]
    found = cooperation(demo_edition, "commuting", parse_perimeter(here, geography))
    return here, found.partners[0].id


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", answer.content.decode()))


def test_neighbours_are_on_the_chart_and_in_the_table(demo, two):
    html = demo.get(f"/territoires/{two[0]}/cooperer/").content.decode()
    dots = re.findall(r'<a href="#voisin-(\w+)" class="dot q(\d)"', html)
    rows = re.findall(r'<tr id="voisin-(\w+)"', html)
    assert len(dots) > 10
    assert {id for id, _ in dots} <= set(rows)
    assert f"/territoires/{two[0]}/cooperer/{two[1]}/" in html
    assert "n’observe aucun échange" in html
    assert "données fictives" in html


def test_quadrants_count_every_dot(demo, two):
    html = demo.get(f"/territoires/{two[0]}/cooperer/").content.decode()
    dots = re.findall(r'class="dot q(\d)"', html)
    told = re.findall(r'<div class="q(\d)"><dt>[^<]+<span class="small">(\d+)', html)
    assert {code: int(count) for code, count in told} == {code: dots.count(code) for code in "3120"}


def test_what_one_chooses_is_in_the_address(demo, two):
    address = f"/territoires/{two[0]}/cooperer/"
    asked = {
        "famille": "domicile-etudes",
        "rayon": "50",
        "theme": ["energie", "places-d-enseignement"],
        "seuil-lien": "0,01",
        "seuil-complementarite": "7,5",
    }
    answer = demo.get(address, asked)
    html = answer.content.decode()
    assert '<option value="domicile-etudes" selected>' in html
    assert 'value="energie" checked' in html
    assert 'value="7,5"' in html
    assert "les seuils choisis" in html
    assert "Thèmes comptés : places d’enseignement (2022), énergie (2022)." in text(answer)


@pytest.mark.parametrize(
    "query",
    [
        "famille=zzz",
        "rayon=1e9",
        "rayon=-1",
        "seuil-lien=nan",
        "seuil-lien=" + "9" * 40,
        "seuil-complementarite=101",
        "seuil-lien=<script>",
    ],
)
def test_a_wrong_choice_is_told_with_its_remedy(site, query):
    answer = site.get(f"/territoires/{HERE}/cooperer/?{query}")
    assert answer.status_code == 400
    assert told_with_its_remedy(answer)
    assert "<script>" not in answer.content.decode()


def test_an_unknown_theme_is_not_found(site):
    assert site.get(f"/territoires/{HERE}/cooperer/?theme=zzz").status_code == 404
    assert site.get(f"/territoires/{HERE}/bilans/zzz/").status_code == 404


def test_without_quantities_the_reason_is_said_and_nothing_is_drawn(site):
    answer = site.get(f"/territoires/{HERE}/cooperer/")
    html = answer.content.decode()
    assert "la complémentarité ne peut pas être calculée" in html
    assert "<svg viewBox" not in html.split("<main")[1].split("</main")[0]
    assert "inconnue" in html


def test_a_family_cut_by_its_universe_gives_no_link(site):
    html = site.get(f"/territoires/{OTHER}/cooperer/?famille=migrations-residentielles")
    assert "Les liens ne sont donc pas donnés." in html.content.decode()


def test_the_pair_tells_both_ways(site):
    html = site.get(f"/territoires/{HERE}/cooperer/{OTHER}/").content.decode()
    assert (
        "1\u202f634\u00a0actifs occupés vont de la CC des Deux Rives vers Dunes Métropole" in html
    )
    assert "120 en sens inverse" in html
    assert "Ce millésime n’a aucun fichier" in html
    assert "Ce territoire n’en fait pas partie." in html  # residential: the other département only
    back = site.get(f"/territoires/{OTHER}/cooperer/{HERE}/").content.decode()
    assert back.count("non couvert") == 2
    assert "n’a pas, pour une même année" in html


def test_the_pair_seen_from_the_other_side_has_the_same_figures(demo, two):
    here, other = two
    first = demo.get(f"/territoires/{here}/cooperer/{other}/").content.decode()
    second = demo.get(f"/territoires/{other}/cooperer/{here}/").content.decode()
    gains = [re.findall(r"<b>(\+[\d,]+)\u00a0points?</b>", html) for html in (first, second)]
    assert gains[0]
    assert gains[0] == gains[1]
    assert not re.search(r"<b>−[\d,]+\u00a0points?</b>", first)  # no γ is below 0


@pytest.mark.parametrize(
    ("here", "other", "status"),
    [
        (HERE, HERE, 400),
        (HERE, "01001", 400),  # wholly inside
        ("dep-02", OTHER, 302),  # the same set of communes under its usual name
        (HERE, "99999", 404),
        ("99999", HERE, 404),
        (HERE, "01001+", 404),
        (HERE, "@BE", 404),
        (HERE, "z25.aaaa", 404),
    ],
)
def test_no_pair_without_two_territories(site, here, other, status):
    answer = site.get(f"/territoires/{here}/cooperer/{other}/")
    assert answer.status_code == status
    if status == 400:
        assert told_with_its_remedy(answer)


def test_a_commune_compares_with_the_rest_of_its_epci(site):
    answer = site.get(f"/territoires/01001/cooperer/{HERE}/")
    assert answer.status_code == 200
    assert "Les deux territoires ont 1 commune en partage." in text(answer).replace("\u00a0", " ")


def test_a_balance_says_what_is_missing_and_shows_no_zero(site):
    html = site.get(f"/territoires/{HERE}/bilans/").content.decode()
    assert "0\u00a0%" not in html
    assert html.count("n’a pas, pour une même année") == 7
    page = site.get(f"/territoires/{HERE}/bilans/energie/").content.decode()
    assert "n.\u00a0d." in page
    assert "Besoin couvert" not in page


def test_a_balance_shows_groups_and_who_may_join(demo, two):
    answer = demo.get(f"/territoires/{two[0]}/bilans/energie/")
    html = answer.content.decode()
    assert [label in html for label in ("Électricité", "Gaz", "Chaleur")] == [True] * 3
    steps = re.findall(r"<b>\+([\d,]+)\u00a0point", html)
    assert steps
    assert "n’observe aucun échange" in html
    assert "données fictives" in html


@pytest.mark.parametrize("page", ["cooperer", "bilans", "bilans/energie"])
def test_another_name_leads_to_the_usual_address(site, page):
    answer = site.get(f"/territoires/dep-02/{page}/")
    assert answer.status_code == 302
    assert answer["Location"] == f"/territoires/{OTHER}/{page}/"


@pytest.mark.parametrize("page", ["cooperer/", "bilans/", "bilans/eau/", f"cooperer/{OTHER}/"])
def test_pages_carry_the_version_of_the_edition(site, page):
    answer = site.get(f"/territoires/{HERE}/{page}")
    assert answer.status_code == 200
    again = site.get(f"/territoires/{HERE}/{page}", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_neighbours_of_a_balance_are_given_as_layers(demo, demo_edition):
    """Every one that would add something, in each theme; nothing is cut as on the page."""
    here = demo_edition.geography.mesh("epci").codes[0]
    told = demo.get(f"/territoires/{here}/bilans/telecharger.geojson").json()
    near = [f for f in told["features"] if f["properties"]["layer"] == "territoires"]
    answer = supply_need(demo_edition, parse_perimeter(here, demo_edition.geography), limit=None)
    gains = {t.id: {p.id: 100 * p.gain for p in t.partners} for t in answer.themes if t.partners}
    assert {f["properties"]["territory"] for f in near} == {id for t in gains.values() for id in t}
    for theme, found in gains.items():
        column = {f["properties"]["territory"]: f["properties"][f"gain_{theme}"] for f in near}
        assert {id: gain for id, gain in column.items() if gain is not None} == pytest.approx(found)
    assert all(f["geometry"] for f in near)
    assert all(f["properties"]["gain"] <= 100 for f in near)
