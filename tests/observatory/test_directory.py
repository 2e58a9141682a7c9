"""Who is there, and what a territory lies in."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.observatory.directory import containing, directory
from maillage.territory.perimeter import Perimeter

from ..engine.worlds import country, mesh


@pytest.fixture(scope="module")
def edition():
    epci = mesh("epci", {"200000001": [0, 1], "200000002": [2, 3, 4]})
    departement = replace(mesh("departement", {"01": [0, 1, 2], "02": [3, 4]}), prefix="dep-")
    crte = mesh("crte", {"crte-1": [0, 1, 2, 3], "crte-2": [2, 3, 4, 5]})
    return SimpleNamespace(geography=country(6, (epci, departement, crte)))


def test_units_are_where_most_of_their_communes_are(edition):
    groups = directory(edition)
    assert [[entry.id for entry in group.entries] for group in groups] == [
        ["200000001"],
        ["200000002"],
    ]
    assert [group.name for group in groups] == list(edition.geography.mesh("departement").names)


def test_what_is_in_no_larger_unit_is_listed_last(edition):
    groups = directory(edition, "crte", "epci")
    assert {entry.id for group in groups for entry in group.entries} == {"crte-1", "crte-2"}


def test_a_population_with_an_unknown_part_is_unknown(edition):
    population = edition.geography.population.copy()
    population[0] = np.nan
    partly = SimpleNamespace(geography=replace(edition.geography, population=population))
    [first], [second] = (group.entries for group in directory(partly))
    assert first.population is None
    assert second.population == pytest.approx(population[2:5].sum())


def test_a_level_that_is_not_there_is_a_key_error(edition):
    with pytest.raises(KeyError):
        directory(edition, "petr")


@given(st.sets(st.integers(0, 5), min_size=1))
def test_containers_hold_all_of_a_territory_and_more(edition, communes):
    perimeter = Perimeter.of(edition.geography, communes)
    found = {(place.id) for place in containing(edition, perimeter)}
    expected = {
        f"{m.prefix}{code}"
        for m in edition.geography.meshes
        for unit, code in enumerate(m.codes)
        if communes < set(m.unit_members(unit).tolist())
    }
    assert found == expected
