"""A geography in any country: zones by a short card, or mere codes."""

import numpy as np
import pytest
import yaml

from maillage.catalog.load import load_catalog
from maillage.common.errors import InputError
from maillage.sources.references import read_geography
from maillage.sources.references.zones import geography_from_codes
from maillage.territory.perimeter import parse_perimeter

from .mirrors import members, write

CARD = """\
id: quartiers
title: Quartiers de Liège
producer: Ville de Liège
kind: reference
layout: zones
names: ["quartiers*"]
columns: {code: ^id$, name: ^nom$, population: ^hab$, lon: ^x$, lat: ^y$, commune_be: ^com$}
optional: [name, population, lon, lat, commune_be]
constants: {country: Province de Liège, label_commune_be: Commune belge}
vintage: {where: fixed, year: 2023}
"""
ZONES = "id;nom;hab;x;y;com\nBE2;Outremeuse;12 000;5,58;50,64;Liège\nBE1;Centre;;5,57;50,64;Liège\n"


def bundle(tmp_path, zones=ZONES, **options):
    cards = write(tmp_path / "cards", {"sources/quartiers.yaml": CARD})
    mirror = write(tmp_path / "mirror", {"quartiers.csv": zones})
    return read_geography(mirror, load_catalog(cards), **options)


def test_ten_lines_are_enough():
    assert len(CARD.splitlines()) <= 10
    assert yaml.safe_load(CARD)["layout"] == "zones"


def test_zones_have_names_populations_places_and_groupings(tmp_path):
    found = bundle(tmp_path)
    geography = found.geography
    assert (geography.cog, geography.codes) == (2023, ("BE1", "BE2"))
    assert geography.names == ("Centre", "Outremeuse")
    assert np.isnan(geography.population[0])
    assert geography.population[1] == 12_000
    assert geography.lon.tolist() == [5.57, 5.58]
    assert members(found, "commune_be") == {"liege": ["BE1", "BE2"]}
    assert geography.mesh("commune_be").label == "Commune belge"
    assert geography.country == "Province de Liège"


def test_zones_make_perimeters(tmp_path):
    geography = bundle(tmp_path).geography
    assert parse_perimeter("BE1", geography).name == "Centre"
    assert parse_perimeter("BE1+BE2", geography).id == "pays"
    assert parse_perimeter("commune_be-liege", geography).name == "Province de Liège"


def test_flows_of_zones_are_placed_by_their_own_codes(tmp_path):
    placement = bundle(tmp_path).passages.of(None).place(["BE1", "BE999", "99999", "inconnu"])
    assert placement.places == ("@BE", "@ETR", "BE1")
    assert list(placement.unplaced) == ["inconnu"]


@pytest.mark.parametrize(
    ("zones", "line", "problem"),
    [
        ("id\nBE 1\n", 2, "adresse"),
        ("id\nBE1\npays\n", 3, "adresse"),
        ("id\nBE1\n<b>\n", 3, "adresse"),
        ("id\nBE1\nBE2\nBE1\n", 4, "deux fois"),
        ("id;hab\nBE1;beaucoup\n", 2, "pas un nombre"),
    ],
)
def test_a_bad_zone_is_refused_with_its_line(tmp_path, zones, line, problem):
    with pytest.raises(InputError, match=problem) as refusal:
        bundle(tmp_path, zones)
    assert refusal.value.line == line


def test_without_any_table_the_codes_of_the_flows_make_the_geography(tmp_path):
    found = read_geography(tmp_path, load_catalog(), codes=lambda: ["B", "A", "B", "+bad"])
    assert found.geography.codes == ("A", "B")
    assert found.geography.meshes == ()
    assert found.report.notes == ("Zones déduites des codes que citent les fichiers de flux.",)


def test_a_folder_with_nothing_says_what_it_lacks(tmp_path):
    with pytest.raises(InputError, match="ni liste de communes, ni table de zones"):
        read_geography(tmp_path, load_catalog())
    with pytest.raises(InputError, match="ni liste de communes"):
        read_geography(tmp_path, load_catalog(), codes=lambda: [])


def test_codes_may_come_with_names():
    geography = geography_from_codes(["b", "a"], 2020, {"a": "Alpha"})
    assert (geography.names, geography.cog) == (("Alpha", "b"), 2020)
