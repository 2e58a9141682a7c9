"""The move of overseas contours, fitted and taken back."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.territory.insets import DEGREES, LAMBERT_93, LOCAL_CRS, fit_inset, project

REUNION = np.array([[55.45, -20.90], [55.30, -21.10], [55.60, -21.30], [55.75, -21.05]])


def moved(true, factor, at):
    """Degrees of points moved by a similarity from the local projection to Lambert-93."""
    local = project(true, DEGREES, LOCAL_CRS["974"])
    points = (local[:, 0] + 1j * local[:, 1] - complex(*local.mean(axis=0))) * factor + at
    return project(np.column_stack([points.real, points.imag]), LAMBERT_93, DEGREES)


@settings(max_examples=50)
@given(st.floats(0.3, 5), st.floats(-0.3, 0.3), st.floats(-8e4, 8e4), st.floats(6.2e6, 7.1e6))
def test_a_similarity_is_found_and_undone(scale, turn, x, y):
    factor = scale * np.exp(1j * turn)
    inset = fit_inset("974", REUNION, moved(REUNION, factor, complex(x, y)))
    assert inset.factor == pytest.approx(factor, rel=1e-6)
    assert inset.scale == pytest.approx(scale, rel=1e-6)
    assert inset.error_m < 0.1
    there = project(moved(REUNION, factor, complex(x, y)), DEGREES, LAMBERT_93)
    assert inset.true_degrees(there) == pytest.approx(REUNION, abs=1e-6)


def test_what_is_no_similarity_shows_in_the_error():
    there = moved(REUNION, 2.0, 6.5e6j)
    there[0] += (0.05, 0)
    assert fit_inset("974", REUNION, there).error_m > 200


def test_one_point_is_not_enough():
    with pytest.raises(ValueError, match="two points"):
        fit_inset("974", REUNION[:1], REUNION[:1])
