"""Laws of the indicators of one family of flows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from maillage.engine.indicators.change import annual_change_rate
from maillage.engine.indicators.commuting import day_population
from maillage.engine.indicators.renewal import (
    entry_categorisation,
    entry_dissimilarity,
    entry_renewal,
    exit_categorisation,
    migration_categorisation,
)
from maillage.engine.indicators.wages import net_wages_per_inhabitant, redistribution
from maillage.engine.profile import FlowProfile

FLOWS = st.floats(1, 1e4)


def profiles(shape):
    return arrays(np.float64, shape, elements=FLOWS)


@given(profiles((4, 4)), profiles((4, 4)))
def test_days_only_move_people_about(work, school):
    """On a closed country as many are present by day as live there."""
    population = np.full(4, 1e6)
    present = day_population(FlowProfile.of_matrix(work), population, FlowProfile.of_matrix(school))
    assert present.sum() == pytest.approx(population.sum())


@given(arrays(np.float64, (3, 4, 4), elements=FLOWS))
def test_categorisations_cancel_over_categories(flows):
    categories = stack(flows)
    for index in (entry_categorisation, exit_categorisation):
        np.testing.assert_allclose(index(categories).sum(axis=0), 0, atol=1e-9)


@given(arrays(np.float64, (2, 4, 4), elements=FLOWS))
def test_two_categories_mirror_each_other(flows):
    index = migration_categorisation(stack(flows))
    np.testing.assert_allclose(index[0], -index[1], atol=1e-9)


@given(arrays(np.float64, (3, 4, 4), elements=FLOWS))
def test_renewal_is_within_its_bounds(flows):
    renewal, unlike = entry_renewal(stack(flows)), entry_dissimilarity(stack(flows))
    assert ((renewal >= 0) & (renewal <= np.sqrt(2) + 1e-9)).all()
    assert ((unlike >= 0) & (unlike <= 1 + 1e-9)).all()
    assert (renewal <= 2 * unlike + 1e-9).all()  # the Euclidean norm never exceeds the sum


def test_renewal_is_largest_between_strangers() -> None:
    """All who came are of a category nobody there had: √2, where the code of migR says 2."""
    old, new = np.array([[100.0, 0.0], [0.0, 50.0]]), np.array([[0.0, 0.0], [30.0, 0.0]])
    assert entry_renewal(stack(np.stack([old, new])))[0] == pytest.approx(np.sqrt(2))
    assert entry_dissimilarity(stack(np.stack([old, new])))[0] == pytest.approx(1)


@given(profiles((4, 4)))
def test_wages_paid_are_wages_received(wages):
    profile = FlowProfile.of_matrix(wages)
    assert net_wages_per_inhabitant(profile, np.ones(4)).sum() == pytest.approx(0, abs=1e-6)
    assert redistribution(profile).sum() == pytest.approx(profile.in_total.sum())


@given(st.floats(1, 1e6), st.floats(-0.2, 0.2), st.integers(1, 20))
def test_the_annual_rate_compounds(first, rate, years):
    last = first * (1 + rate) ** years
    found = annual_change_rate(np.array([first]), np.array([last]), years)
    assert found[0] == pytest.approx(rate, abs=1e-9)


def stack(flows: np.ndarray) -> FlowProfile:
    profiles = [FlowProfile.of_matrix(matrix) for matrix in flows]
    names = ("internal", "origins", "destinations", "outgoing", "incoming")
    return FlowProfile(*(np.stack([getattr(p, name) for p in profiles]) for name in names))
