"""Meshes built from pairs: units in code order, members sorted, partitions told by the facts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.territory.meshes import Membership, MeshHead, Unit, build_mesh, mesh_from_owners

from .countries import geography, mesh

HEAD = MeshHead("essai", 2025, "Essai", "fiche")


def test_units_without_members_are_left_out_and_duplicates_count_once():
    units = [Unit("B", "b", "CC"), Unit("A", "a", "CA"), Unit("C", "c")]
    found = build_mesh(HEAD, Membership(units, [("B", 4), ("A", 2), ("B", 1), ("B", 4)]))
    assert (found.codes, found.names, found.natures) == (("A", "B"), ("a", "b"), ("CA", "CC"))
    assert [found.unit_members(u).tolist() for u in range(2)] == [[2], [1, 4]]
    assert found.partition
    assert found.signed == ()


def test_a_commune_in_two_units_makes_no_partition():
    found = mesh("crte", {"a": [0, 1], "b": [1, 2]})
    assert not found.partition
    with pytest.raises(ValueError, match="no partition"):
        found.unit_of(3)


def test_signatures_are_kept_when_some_unit_has_one():
    units = [Unit("A", "a", signed="2021-06-28"), Unit("B", "b")]
    assert build_mesh(HEAD, Membership(units, [("A", 0), ("B", 1)])).signed == ("2021-06-28", "")


@given(st.lists(st.sampled_from(["", "a", "b", "c"]), max_size=30))
def test_owners_come_back(owners):
    found = mesh_from_owners(HEAD, owners, {"a": "Le a"})
    owner = found.unit_of(len(owners))
    assert [found.codes[u] if u >= 0 else "" for u in owner] == owners
    assert all(
        name == {"a": "Le a"}.get(code, code)
        for code, name in zip(found.codes, found.names, strict=True)
    )
    assert found.members.dtype == np.int32


def test_the_first_mesh_of_a_level_is_the_one_meant():
    country = geography(meshes=(mesh("epci", {"x": [0]}, year=2014), mesh("epci", {"y": [0]})))
    assert country.mesh("epci").year == 2014
    assert country.mesh("epci", 2025).codes == ("y",)
    with pytest.raises(KeyError):
        country.mesh("epci", 2020)
    with pytest.raises(KeyError):
        country.mesh("crte")
