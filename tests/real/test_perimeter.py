"""« Mon périmètre » on the real files: across régions, with codes of yesterday."""

import re
from html import unescape

import pytest
from django.core.management import call_command
from django.test import Client

from maillage.drawing.layers import cell, cells, layer
from maillage.drawing.plane import insets
from maillage.observatory.pasted.lists import read_rows, read_text

pytestmark = pytest.mark.real
#: Nantes Métropole and Redon, in Bretagne.
ACROSS = {"avec": ["244400404", "35236"]}


@pytest.fixture
def site(real_editions, settings, tmp_path):
    settings.EDITIONS = real_editions
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    return Client()


def text(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]+>", " ", response.content.decode())))


def test_a_perimeter_across_regions_is_told_whole(site, real_edition):
    said = text(site.get("/perimetre/", ACROSS))
    assert "Nantes Métropole et Redon" in said
    assert "Entièrement dedans : Nantes Métropole" in said
    assert re.search(r"REDON Agglomération 1 sur 31", said, re.I)
    assert re.search(r"Région En partie .*?Bretagne 1 sur \d", said)
    assert re.search(r"Région En partie .*?Pays de la Loire 24 sur \d", said)
    portrait = text(site.get("/territoires/244400404+35236/", {"nom": "Loire et Vilaine"}))
    assert "Loire et Vilaine" in portrait


def test_its_share_of_a_region_is_its_inhabitants(site, real_edition):
    geography = real_edition.geography
    region = geography.mesh("region")
    people = geography.population
    loire = people[region.unit_members(region.index["52"])].sum()
    epci = geography.mesh("epci")
    nantes = people[epci.unit_members(epci.index["244400404"])].sum()
    share = f"{100 * nantes / loire:.1f}".replace(".", ",")
    assert f"{share} %" in text(site.get("/perimetre/", ACROSS))


def test_codes_and_names_of_yesterday_lead_to_today(real_edition):
    read = read_text(real_edition, "44160\nSaint-Géréon\n75101\n1001\n27443\n69123")
    assert [taken.found.id for taken in read.taken] == [
        *("44003", "44003", "75056", "01001", "69123")
    ]
    assert [left.entry.text for left in read.left] == ["27443"]
    assert {hit.id for hit in read.left[0].unclear.choices} == {"27528", "27701"}


def test_homonyms_are_never_chosen_for_the_person(real_edition):
    [left] = read_text(real_edition, "Saint-Denis").left
    assert {"93066", "97411"} <= {hit.id for hit in left.unclear.choices}


def test_every_commune_of_a_table_is_read(real_edition):
    geography = real_edition.geography
    rows = [["Code postal", "Commune", "Code INSEE"]]
    west = [node for node in range(geography.n_communes) if geography.codes[node][:2] > "90"]
    rows += [[geography.codes[n], geography.names[n], geography.codes[n]] for n in west]
    read = read_rows(real_edition, rows)
    assert read.ids == tuple(geography.codes[node] for node in west)
    assert "« Code INSEE »" in read.column


def test_the_map_has_every_territory_overseas_included(real_edition):
    assert len(layer(real_edition, "epci")) == len(real_edition.geography.mesh("epci").codes)
    assert {inset.name for inset in insets(real_edition)} == {
        *("Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte")
    }
    sides = cells(real_edition)
    drawn = sum(len(cell(real_edition, c, r)) for c in range(sides) for r in range(sides))
    assert drawn == real_edition.geography.n_communes
