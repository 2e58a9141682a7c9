"""Population classes are data."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.catalog.load import load_catalog
from maillage.territory.strata import Strata

STRATA = Strata.of({"0": "petits", "5000": "moyens", "20000": "grands"})


def test_a_bound_belongs_to_the_class_it_opens():
    found = STRATA.index(np.array([0, 4999.9, 5000, 19_999, 20_000, 1e9, np.nan]))
    assert found.tolist() == [0, 0, 1, 1, 2, 2, -1]
    assert STRATA.label(5000) == "moyens"
    assert STRATA.label(float("nan")) == ""


@pytest.mark.parametrize("codes", [{}, {"5": "a"}, {"0": "a", "9": "b", "7": "c"}, {"x": "a"}])
def test_bounds_that_are_none_are_refused(codes):
    with pytest.raises(ValueError, match=r"bounds must|could not convert"):
        Strata.of(codes)


@given(st.floats(0, 1e8))
def test_every_population_is_in_the_class_whose_bounds_hold_it(population):
    found = int(STRATA.index(np.array([population]))[0])
    assert STRATA.bounds[found] <= population
    assert found == 2 or population < STRATA.bounds[found + 1]


@pytest.mark.parametrize("card", ["strata_groupement", "strata_commune"])
def test_the_catalogue_gives_usable_strata(card):
    strata = Strata.of(load_catalog().nomenclatures[card].codes)
    assert strata.bounds[0] == 0
    assert len(strata.bounds) >= 9
