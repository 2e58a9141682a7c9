"""The page of a split of credits: what was received, what criteria would give, and its files."""

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from html import unescape

import openpyxl
import pytest
from django.core.cache import cache
from django.test import Client
from tests.operations import world

from maillage.accounts.actions.memberships import grant
from maillage.accounts.models import Person
from maillage.common.french import filed

PAGE = "/repartition-des-credits/"


@pytest.fixture
def granted(client, settings, static_root, granted_editions):
    settings.STATIC_ROOT, settings.EDITIONS, settings.DEBUG = static_root, granted_editions, False
    cache.clear()
    return client


@pytest.fixture
def demo(client, settings, static_root, demo_editions):
    settings.STATIC_ROOT, settings.EDITIONS, settings.DEBUG = static_root, demo_editions, False
    settings.DOWNLOADS_PER_MINUTE = 1_000
    cache.clear()
    return client


def read(client, query=""):
    answer = client.get(f"{PAGE}{query}")
    assert answer.status_code == 200, query
    return unescape(answer.content.decode())


def test_the_total_closes_and_what_is_apart_is_told(granted):
    html = read(granted, "?maille=epci")
    assert "1\u202f332,01\u00a0€" in html  # the whole list
    assert "1\u202f327,01\u00a0€" in html  # placed
    assert "Bénéficiaires disparus, non situés" in html
    assert "données fictives" in html


def test_what_has_no_index_is_apart_and_not_zero(granted):
    html = read(granted, "?maille=epci")
    told = html[html.index('id="inconnus"') :]
    assert "Dunes Métropole" in told
    assert "population" in told
    assert "indice inconnu" in html


def test_who_received_nothing_is_named(demo):
    html = read(demo, "?maille=epci&annee=2021&dotation=DSIL")
    empty = html[html.index("Les territoires qui n’ont rien reçu") :]
    empty = empty[: empty.index("</details>")]
    assert len(re.findall(r"<li>", empty)) > 0
    assert "n’ont rien demandé" in empty
    assert 'class="nothing">rien reçu' in html


def test_weights_in_the_address_change_the_simulation_and_are_told_in_full(demo):
    mine = read(demo, "?maille=epci&population=1&ruralite=3")
    assert "indice = 25\u00a0% × 1 + 75\u00a0% × (habitants de communes rurales ÷ moyenne)" in mine
    assert "n’est pas une règle de droit" in mine
    assert "hypothèse de Maillage" in mine
    assert "article L.\u00a02334-33" in mine
    assert "Critères de la simulation : les vôtres" in mine
    alone = read(demo, "?maille=epci&population=100")
    assert "La simulation donnerait 0,00." in alone
    assert mine != alone


def test_an_empty_weight_is_a_criterion_left_out(demo):
    assert read(demo, "?population=10&ruralite=&annee=2021").count("1 pour tous") == 1


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?annee=hier", 400),
        ("?annee=2001", 404),
        ("?dotation=FNADT", 404),
        ("?perimetre=nulle-part", 404),
        ("?perimetre=01001", 400),
        ("?maille=canton", 404),
        ("?carte=tout", 400),
        ("?tri=hasard", 400),
        ("?population=beaucoup", 400),
        ("?population=-1", 400),
        ("?population=1e9", 400),
        ("?population=99999", 400),
        ("?population=0", 400),
        ("?population=²", 400),
    ],
)
def test_bad_addresses_are_refused_in_french(granted, query, status):
    assert granted.get(PAGE + query).status_code == status
    file = granted.get(f"{PAGE}telecharger.csv{query}")
    assert file.status_code == status


def test_a_mesh_too_large_for_the_scope_gives_way(granted):
    answer = granted.get(f"{PAGE}?perimetre=dep-01&maille=departement&population=5")
    assert answer.status_code == 302
    assert answer["Location"] == f"{PAGE}?perimetre=dep-01&population=5"


def test_without_a_list_there_is_no_page_nor_a_link_to_it(site, granted_editions):
    assert site.get(PAGE).status_code == 404
    assert PAGE not in site.get("/").content.decode()


def test_the_page_has_the_version_of_the_edition(granted):
    first = granted.get(PAGE)
    again = granted.get(PAGE, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_a_territory_is_marked_on_the_page_it_comes_from(demo, demo_edition):
    id = demo_edition.geography.mesh("epci").codes[3]
    html = read(demo, f"?maille=epci&territoire={id}")
    assert "Il porte le numéro\u00a01" in html
    assert html.count('class="is-focus"') == 1
    link = demo.get(f"/territoires/{id}/dotations/?annee=2020").content.decode()
    assert f"territoire={id}" in link
    assert "perimetre=dep-" in link[link.index(f"territoire={id}") - 60 :][:60]


@pytest.mark.parametrize("order", ["habitant", "recu", "ecart", "nom"])
def test_the_table_is_in_the_order_asked(demo, order):
    html = read(demo, f"?maille=epci&tri={order}")
    rows = re.findall(r'<tr><th scope="row"><a href="/territoires.*?</tr>', html, re.DOTALL)
    column = {"habitant": 0, "recu": 1, "ecart": 8}.get(order)
    if column is None:
        names = [re.search(r">([^<]+)</a>", row).group(1) for row in rows]
        assert names == sorted(names, key=lambda name: filed(name.replace("’", "'")))
        return
    cells = [re.findall(r'<td class="num">(.*?)</td>', row) for row in rows]
    plain = [re.sub(r"<.*?>|\u202f", "", row[column]) for row in cells]
    values = [float(text.replace(",", ".").replace("−", "-").replace("+", "")) for text in plain]
    assert len(values) == 30
    assert values == sorted(values, reverse=True)


def test_the_files_say_the_same_with_the_criteria_and_the_warning(demo):
    query = "?maille=epci&annee=2021&population=1&ruralite=1"
    offered = read(demo, query)
    for format in ("csv", "excel.csv", "xlsx", "parquet", "json", "gpkg", "geojson", "qgis.zip"):
        assert f"{PAGE}telecharger.{format}{query}" in offered

    def file(format):
        answer = demo.get(f"{PAGE}telecharger.{format}{query}")
        assert answer.status_code == 200, format
        assert "maillage_credits-epci_2021_pays" in answer["Content-Disposition"]
        return answer.content

    rows = list(csv.DictReader(io.StringIO(file("csv").decode())))
    assert len(rows) == 30
    received, given = (sum(float(row[key]) for row in rows) for key in ("subsidy", "simulated"))
    assert received == pytest.approx(given, abs=0.005)
    assert all("pas une règle de droit" in row["simulation"] for row in rows)
    assert all("fictives" in row["status"] for row in rows)
    book = openpyxl.load_workbook(io.BytesIO(file("xlsx")))
    assert book.sheetnames[1:] == [
        "Du total aux territoires",
        "Au fil des ans",
        "Critères",
        "Sources et méthode",
    ]
    shapes = json.loads(file("geojson"))["features"]
    told = [shape["properties"] for shape in shapes if "subsidy" in shape["properties"]]
    assert len(told) == 30
    assert sum(one["subsidy"] for one in told) == pytest.approx(received)


def test_the_file_of_an_overlapping_mesh_is_whole(demo):
    rows = demo.get(f"{PAGE}telecharger.csv?maille=crte&perimetre=dep-09").content.decode()
    assert "CRTE" in rows
    assert demo.get(f"{PAGE}telecharger.png?maille=crte").status_code == 404


FOLLOWED = f"{PAGE}contrats/"


@pytest.fixture
def followed(granted, settings):
    settings.SECOND_FACTOR = False
    contract = world.contract(territory="200000001")
    kept = world.operation(contract)
    world.line(kept, asked=4_000, level="state", notified=Decimal(3_080))
    world.line(kept, "dsil", asked=70_000, level="parties")
    return contract


def enter(role, contract):
    """A browser where somebody of that role over the département has signed in."""
    who = Person.objects.create(email=f"{role}@example.org", name=f"Camille {role}")
    over = {"contract_id": contract.pk} if role in world.NAMED else {"territory": "44"}
    body = world.organisation("Un service", "state")
    since = date(2026, 1, 1)
    grant(person=who, organisation=body, role=role, by=None, at=world.AT, since=since, **over)
    client = Client()
    client.force_login(who)
    return client


@pytest.mark.django_db
def test_the_credits_of_contracts_are_for_those_who_follow_them(followed, granted):
    asked = granted.get(FOLLOWED)
    assert asked.status_code == 302
    assert "connexion" in asked["Location"]
    assert FOLLOWED not in read(granted)
    funder = enter("funder", followed).get(FOLLOWED).content.decode()
    assert "Aucun contrat ne vous ouvre" in funder
    assert followed.name not in unescape(funder)


@pytest.mark.django_db
def test_a_prefecture_reads_what_a_contract_was_notified_per_inhabitant(followed):
    here = enter("prefecture", followed)
    assert FOLLOWED in here.get(PAGE).content.decode()
    html = unescape(here.get(FOLLOWED).content.decode())
    assert followed.name in html
    assert "<b>0,2</b>" in html  # 3 080 euros, 15 400 inhabitants
    assert "74\u202f000" in html
    assert "Au moins" not in html
    only = unescape(here.get(f"{FOLLOWED}?fonds=dsil").content.decode())
    assert "70\u202f000" in only
    assert "74\u202f000" not in only


@pytest.mark.django_db
def test_the_anct_reads_at_least(followed):
    html = unescape(enter("anct", followed).get(FOLLOWED).content.decode())
    assert "au moins" in html
    assert "70\u202f000" not in html
    assert "4\u202f000" in html


@pytest.mark.django_db
def test_the_file_of_contracts_says_what_its_reader_may_read(followed, granted):
    address = f"{FOLLOWED}telecharger.csv?fonds=detr"
    assert granted.get(address).status_code == 302
    here = enter("anct", followed)
    assert address in unescape(here.get(f"{FOLLOWED}?fonds=detr").content.decode())
    [row] = csv.DictReader(io.StringIO(here.get(address).content.decode()))
    assert (row["contract"], row["asked"], row["notified"]) == (followed.slug, "4000", "3080")
    assert (row["paid"], row["per_inhabitant"]) == ("0", "0.2")
    assert row["status"].startswith("au moins")
    [none] = csv.DictReader(io.StringIO(here.get(address.replace("detr", "dsil")).content.decode()))
    assert (none["asked"], none["lines"]) == ("", "0")
