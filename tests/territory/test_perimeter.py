"""Perimeters: one id by set, whatever the way it was built; bad ids refused in French."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.common.errors import InputError
from maillage.territory.cover import cover, overlaps
from maillage.territory.perimeter import FREE, Perimeter, parse_perimeter
from maillage.territory.units import unit_index

from .countries import countries, geography, mesh

FRANCE = geography(
    meshes=(
        mesh("epci", {"200000001": [0, 1], "244400404": [3, 5]}, natures={"244400404": "METRO"}),
        mesh("departement", {"01": [0, 1], "2A": [2], "44": [3, 4, 5], "75": [6]}, prefix="dep-"),
        mesh("region", {"52": [3, 4, 5], "94": [2]}, prefix="reg-"),
        mesh("crte", {"crte-52-44-1": [3, 5], "crte-52-44-2": [4, 5]}),
        mesh("zone_emploi", {"5203": [3, 4, 8]}, prefix="ze-"),
        mesh("epci", {"244400404": [3, 4], "200000009": [3, 5]}, year=2014),
    )
)


def ids(*texts):
    return [parse_perimeter(text, FRANCE).id for text in texts]


def test_a_known_unit_answers_to_its_id():
    nantes = parse_perimeter("244400404", FRANCE)
    assert (nantes.id, nantes.level, nantes.nature) == ("244400404", "epci", "METRO")
    assert nantes.name == "epci 244400404"
    assert nantes.communes.tolist() == [3, 5]
    assert nantes.cog == 2025


def test_equal_sets_take_the_id_of_the_first_level():
    assert ids("crte-52-44-1", "200000009@2014") == ["244400404", "244400404"]
    assert ids("reg-52", "dep-2A", "reg-94") == ["dep-44", "2A004", "2A004"]
    assert ids("dep-01", "01001+01002") == ["200000001", "200000001"]


def test_an_older_composition_says_its_year():
    assert ids("244400404@2014") == ["244400404@2014"]
    assert parse_perimeter("244400404@2014", FRANCE).communes.tolist() == [3, 4]


def test_the_whole_country_has_a_name():
    everything = "+".join(FRANCE.codes)
    assert ids("pays", everything) == ["pays", "pays"]
    assert parse_perimeter("pays", FRANCE).name == "France"


def test_a_union_is_named_by_whole_units_then_communes():
    union = parse_perimeter("97411+44109+01002+44001+01001", FRANCE)
    assert union.id == "200000001+244400404+97411"
    assert (union.level, union.nature) == (FREE, "")
    assert union.name == "epci 244400404, Commune 97411 et epci 200000001"
    assert ids("244400404+44036+97105") == ["dep-44+97105"]
    assert ids("244400404 + 44036 + 97105") == ["dep-44+97105"]


def test_a_name_given_to_a_free_perimeter_is_kept():
    assert Perimeter.of(FRANCE, [0, 8], name="Projet alimentaire").name == "Projet alimentaire"
    assert Perimeter.of(FRANCE, [3, 5], name="Autre nom").name == "epci 244400404"


def test_overlaps_count_the_communes_shared():
    zones = FRANCE.mesh("zone_emploi")
    epci = FRANCE.mesh("epci")
    assert overlaps(FRANCE, np.array([3, 8]), zones) == [(0, 2)]
    assert overlaps(FRANCE, np.array([1, 3, 5]), epci) == [(0, 1), (1, 2)]
    assert overlaps(FRANCE, np.array([7]), epci) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "+",
        "44109+",
        "44888",
        "999999999",
        "dep-99",
        "244400404@1999",
        "@BE",
        "@",
        "z25.",
        "z25.AAAA",
        "z25.!!!!",
        "z24.AAAA",
        "zzz.AAAA",
        "<script>alert(1)</script>",
        "../../etc/passwd",
        "44109' OR '1'='1",
        "４４１０９",
        "44109\x00",
        "44109+" * 3000,
        "z25." + "A" * 7990,
    ],
)
def test_a_bad_id_is_refused_with_a_remedy(text):
    with pytest.raises(InputError) as refusal:
        parse_perimeter(text, FRANCE)
    assert "Remède" in str(refusal.value)
    assert len(str(refusal.value)) < 500


def test_an_id_of_another_geography_says_so():
    codes = [f"{i:05}" for i in range(1, 200)]
    old, new = geography(codes, cog=2024), geography(codes)
    other = geography(codes[:-1])
    scattered = Perimeter.of(old, range(0, 199, 2)).id
    assert scattered.startswith("z24.")
    with pytest.raises(InputError, match="autre géographie"):
        parse_perimeter(scattered, new)
    with pytest.raises(InputError, match="incomplet ou altéré"):
        parse_perimeter(Perimeter.of(new, range(0, 199, 2)).id, other)


@pytest.mark.parametrize(
    ("communes", "reason"), [([], "aucune commune"), ([-1], "n’est pas"), ([9], "n’est pas")]
)
def test_no_perimeter_without_communes_nor_beyond_them(communes, reason):
    with pytest.raises(InputError, match=reason):
        Perimeter.of(FRANCE, communes)


@settings(max_examples=300)
@given(countries(), st.data())
def test_one_id_by_set_and_the_id_gives_the_set_back(country, data):
    n = country.n_communes
    chosen = data.draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=2 * n))
    perimeter = Perimeter.of(country, chosen)
    assert perimeter.communes.tolist() == sorted(set(chosen))
    shuffled = data.draw(st.permutations(chosen))
    assert Perimeter.of(country, [*shuffled, chosen[0]]).id == perimeter.id
    again = parse_perimeter(perimeter.id, country)
    assert again.id == perimeter.id
    assert (again.name, again.level) == (perimeter.name, perimeter.level)
    assert np.array_equal(again.communes, perimeter.communes)
    by_names = "+".join(country.codes[node] for node in shuffled)
    assert parse_perimeter(by_names, country).id == perimeter.id


@settings(max_examples=200)
@given(countries(), st.data())
def test_two_sets_never_share_an_id(country, data):
    sets = st.sets(st.integers(0, country.n_communes - 1), min_size=1)
    one, other = data.draw(sets), data.draw(sets)
    same = Perimeter.of(country, one).id == Perimeter.of(country, other).id
    assert same == (one == other)


@settings(max_examples=200)
@given(countries(), st.data())
def test_a_cover_is_disjoint_and_exact(country, data):
    chosen = data.draw(st.sets(st.integers(0, country.n_communes - 1), min_size=1))
    parts = cover(unit_index(country), np.array(sorted(chosen), dtype=np.int32))
    nodes = [node for part in parts for node in part.communes.tolist()]
    assert sorted(nodes) == sorted(chosen)


@settings(max_examples=100)
@given(countries())
def test_every_unit_is_found_by_its_id(country):
    index = unit_index(country)
    for unit in index:
        found = parse_perimeter(unit.id, country)
        assert np.array_equal(found.communes, index.by_id[unit.id].communes)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(text):
    try:
        perimeter = parse_perimeter(text, FRANCE)
    except InputError:
        return
    assert len(perimeter.communes)
