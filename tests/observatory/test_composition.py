"""Perimeters put together and taken apart, and the known ones that they meet."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.common.errors import InputError
from maillage.engine.edition import current_edition
from maillage.observatory.composition import MAX_NAMED, chosen_units, compose, members, parts
from maillage.observatory.overlaps import known_overlaps


@pytest.fixture(scope="session")
def tiny(tiny_editions):
    return current_edition(tiny_editions)


def test_added_without_removed(tiny):
    composed = compose(tiny, ["200000001", "02001+02002"], ["01002"])
    assert composed.id == "01001+02001+02002"
    assert compose(tiny, [], ["01001"]) is None
    assert compose(tiny, ["01001"], ["200000001"]) is None


def test_members_are_whole_units_the_most_populated_first(tiny):
    found = members(tiny, compose(tiny, ["200000001", "02002"], []))
    assert [(one.id, one.communes, one.population) for one in found] == [
        ("02002", 1, 54_000.0),
        ("200000001", 2, 15_400.0),
    ]
    assert found[1].inside == (("01001", "Arcy"), ("01002", "Bellerive"))


def test_an_unknown_population_stays_unknown(tiny):
    assert members(tiny, compose(tiny, ["200000002"], []))[0].population is None


def test_too_many_or_unknown_names_are_refused(tiny):
    with pytest.raises(InputError, match="plus de"):
        compose(tiny, [f"{number:05}" for number in range(MAX_NAMED + 1)], [])
    with pytest.raises(InputError, match="inconnu"):
        compose(tiny, ["99999"], [])


def test_a_known_territory_is_held_cut_or_larger(tiny):
    epci, departement = known_overlaps(tiny, compose(tiny, ["200000001", "02002"], []))
    assert [one.id for one in epci.whole] == ["200000001"]
    [cut] = epci.cut
    assert (cut.id, cut.shared, cut.communes, cut.people) == ("200000002", 1, 3, None)
    assert departement.label == "Département"
    [around] = known_overlaps(tiny, compose(tiny, ["01002"], []))[0].around
    assert (around.id, around.holds) == ("200000001", True)
    assert around.people == pytest.approx(3_400 / 15_400)


def test_a_territory_is_not_said_to_meet_itself(tiny):
    met = known_overlaps(tiny, compose(tiny, ["200000001"], []))
    assert "200000001" not in {one.id for level in met for one in (*level.whole, *level.cut)}


@given(st.data())
def test_any_set_of_communes_is_told_whole_and_alone(demo_edition, data):
    """Its parts make the same set again; members and marks on a map are no more nor less."""
    geography = demo_edition.geography
    nodes = st.sets(st.integers(0, geography.n_communes - 1), min_size=1, max_size=200)
    codes = [geography.codes[node] for node in sorted(data.draw(nodes))]
    composed = compose(demo_edition, codes, [])
    assert [geography.codes[node] for node in composed.communes] == codes
    assert compose(demo_edition, parts(composed), []).id == composed.id
    listed = (one.inside or [(one.id, one.name)] for one in members(demo_edition, composed))
    assert sorted(code for inside in listed for code, _ in inside) == codes
    assert list(chosen_units(demo_edition, composed, "commune").whole) == codes


@given(st.data())
def test_overlaps_agree_with_counting(demo_edition, data):
    geography = demo_edition.geography
    nodes = data.draw(st.sets(st.integers(0, geography.n_communes - 1), min_size=2, max_size=90))
    composed = compose(demo_edition, [geography.codes[node] for node in nodes], [])
    mesh = geography.mesh("crte")
    [level] = [
        one for one in known_overlaps(demo_edition, composed) if one.label == mesh.label
    ] or [None]
    counted = {
        mesh.codes[unit]: len(shared)
        for unit in range(len(mesh.codes))
        if len(shared := np.intersect1d(mesh.unit_members(unit), composed.communes))
    }
    counted.pop(composed.id, None)
    told = (*level.whole, *level.cut, *level.around) if level else ()
    assert {one.id: one.shared for one in told} == counted
