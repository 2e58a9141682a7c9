"""Distances and the sums that give any perimeter its reach."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.engine.distance import distance_sums, great_circle_km, road_km
from maillage.engine.matrix import SparseRows

PARIS, NANTES, SAINT_DENIS = (2.3522, 48.8566), (-1.5536, 47.2184), (55.4504, -20.8789)
LON = st.floats(-180, 180)
LAT = st.floats(-90, 90)


def km(one, other):
    return float(great_circle_km(*(np.array(x) for x in (*one, *other))))


def test_known_distances() -> None:
    assert km(PARIS, NANTES) == pytest.approx(343, abs=2)
    assert km(PARIS, SAINT_DENIS) == pytest.approx(9367, abs=20)
    assert km((0.0, 90.0), (0.0, 0.0)) == pytest.approx(10_007.5, abs=1)


@given(LON, LAT, LON, LAT)
def test_a_distance_goes_both_ways(lon, lat, lon2, lat2):
    there, back = km((lon, lat), (lon2, lat2)), km((lon2, lat2), (lon, lat))
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= 20_016
    assert km((lon, lat), (lon, lat)) == 0


def test_roads_turn_more_on_short_trips() -> None:
    straight = np.array([0.0, 1, 20, 200])
    detour = road_km(straight)[1:] / straight[1:]
    assert road_km(straight)[0] == 0
    assert detour[0] == pytest.approx(1.1 + 0.3 * np.exp(-0.05))
    assert (np.diff(detour) < 0).all()
    assert detour[-1] == pytest.approx(1.1, abs=1e-4)


def test_sums_by_commune() -> None:
    """Commune 0 keeps 5, sends 10 to commune 1 and 3 abroad, whose distance is unknown."""
    rows = SparseRows(
        np.array([0, 3, 4, 4]), np.array([0, 1, 2, 0], np.int32), np.array([5.0, 10, 3, 2]), None
    )
    lon, lat = np.array([PARIS[0], NANTES[0], np.nan]), np.array([PARIS[1], NANTES[1], np.nan])
    road = float(road_km(np.array(km(PARIS, NANTES))))
    found = distance_sums(rows, lon, lat)
    assert found.km == pytest.approx([10 * road, 2 * road, 0])
    assert found.located == pytest.approx([15, 2, 0])
    moves = distance_sums(rows, lon, lat, inside=False)
    assert moves.km == pytest.approx(found.km)
    assert moves.located == pytest.approx([10, 2, 0])
