"""What an edition holds is counted from what it holds."""

import numpy as np

from maillage.observatory.counts import counts

from ..engine.worlds import cells, country, mesh, stock


def test_everything_is_counted(make_edition):
    meshes = (
        mesh("epci", {"200000001": [0, 1], "200000002": [2]}),
        mesh("crte", {"crte-1": [0, 1, 2]}),
        mesh("aav", {"001": [0]}),
    )
    edition = make_edition(
        cells({(0, 1): 5.0}, year=2016),
        cells({(0, 1): 5.0}, year=2021),
        stocks=[stock([1.0] * 4, name="jobs")],
        geography=country(4, meshes),
    )
    found = counts(edition)
    assert (found.communes, found.epci, found.programmes) == (4, 2, 1)
    assert (found.families, found.first, found.last, found.stocks) == (1, 2016, 2021, 1)
    assert found.inhabitants == 10_000.0
    assert found.files == 0, "nothing was read: this edition was made by hand"


def test_nothing_is_made_up(make_edition):
    geography = country(3, ())
    geography.population[1] = np.nan
    found = counts(make_edition(geography=geography))
    assert found.inhabitants is None
    assert (found.families, found.first, found.last) == (0, 0, 0)
