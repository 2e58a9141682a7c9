"""Which file sees a territory."""

import numpy as np
import pytest

from maillage.engine.dataset import Scope, Universe
from maillage.observatory.reach import covering, leading_flow
from maillage.territory.perimeter import parse_perimeter

from ..engine.worlds import cells, country, mesh

N = 6
TABLE = {(0, 2): 40.0, (2, 4): 20.0}


def inside(*nodes):
    return Universe((Scope("departement", "01", "le 01", np.array(nodes, dtype=np.int32)),))


@pytest.fixture
def edition(make_edition):
    geography = country(N, (mesh("epci", {f"20000000{u}": [2 * u, 2 * u + 1] for u in range(3)}),))

    def make(*flows):
        return make_edition(*flows, geography=geography)

    return make


def leading(edition, territory="200000000"):
    return leading_flow(edition, parse_perimeter(territory, edition.geography))


@pytest.mark.parametrize(
    ("commuting", "residential", "expected"),
    [
        (Universe(), Universe(), "commuting"),
        (inside(0, 1, 2), Universe(), "residential"),  # cut at the edge, the other is whole
        (inside(0, 1, 2), inside(0, 1, 2, 3), "commuting"),  # both cut: the order of reading
        (inside(4, 5), inside(0, 1, 2, 3), "residential"),  # the first says nothing of it
        (inside(4, 5), inside(4, 5), "commuting"),  # neither does: say why of the first
    ],
)
def test_the_family_that_sees_best_comes_first(edition, commuting, residential, expected):
    found = edition(
        cells(TABLE, universe=commuting), cells(TABLE, flow="residential", universe=residential)
    )
    assert leading(found) == expected


def test_without_any_file_the_first_family_tells_it(edition):
    assert leading(edition()) == "commuting"


def test_an_older_file_is_read_where_the_newest_sees_nothing(edition):
    found = edition(cells(TABLE, year=2016), cells(TABLE, year=2021, universe=inside(4, 5)))
    assert covering(found, "commuting", parse_perimeter("200000000", found.geography)).year == 2016
