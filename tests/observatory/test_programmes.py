"""Contracts and programmes a territory is in, wholly or in part."""

from dataclasses import replace
from types import SimpleNamespace

from maillage.observatory.programmes import memberships
from maillage.territory.perimeter import Perimeter

from ..engine.worlds import country, mesh


def test_each_programme_says_how_much_of_the_territory_it_holds():
    crte = mesh("crte", {"crte-1": [0, 1, 2, 3], "crte-2": [2, 3, 4, 5], "crte-3": [2, 3]})
    towns = replace(mesh("acv", {"acv-1": [4], "acv-2": [0]}), partition=False)
    edition = SimpleNamespace(geography=country(6, (crte, towns, mesh("epci", {"200000001": [2]}))))
    found = memberships(edition, Perimeter.of(edition.geography, [2, 3, 4]))
    assert [(one.id, one.shared, one.whole, one.same) for one in found] == [
        ("crte-2", 3, True, False),
        ("crte-1", 2, False, False),
        ("crte-3", 2, False, False),
        ("acv-1", 1, False, False),
    ]
    [_, _, exact] = memberships(edition, Perimeter.of(edition.geography, [2, 3]))
    assert (exact.id, exact.whole, exact.same) == ("crte-3", True, True)
