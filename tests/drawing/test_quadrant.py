"""Neighbours stand where their link and complementarity put them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.drawing.bars import pairs_of_bars
from maillage.drawing.quadrant import BOTTOM, LEFT, RIGHT, TOP, Point, quadrant_chart

parts = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)
measures = st.tuples(st.floats(0, 2), parts, st.floats(0, 80))


def points(rows, link, complement):
    return [
        Point(str(i), f"Voisin {i}", i + 1, 2 * (x >= link) + (y >= complement), x, y, km)
        for i, (x, y, km) in enumerate(rows)
    ]


@given(st.lists(measures, min_size=1, max_size=40), st.floats(0, 2), parts)
def test_every_dot_is_in_its_quadrant_and_in_the_frame(rows, link, complement):
    chart = quadrant_chart(points(rows, link, complement), link, complement)
    assert len(chart.dots) == len(rows)
    for dot in chart.dots:
        assert LEFT <= dot.x <= RIGHT
        assert TOP <= dot.y <= BOTTOM
        assert (dot.x > chart.split_x) == (dot.point.quadrant in (2, 3))
        assert (dot.y <= chart.split_y) == (dot.point.quadrant in (1, 3))


def test_stronger_links_stand_further_right_and_equal_ones_by_distance():
    rows = [(0.2, 0.5, 9), (0.0, 0.5, 30), (0.0, 0.5, 70), (0.01, 0.5, 5)]
    chart = quadrant_chart(points(rows, 0.1, 0.1), 0.1, 0.1)
    across = [dot.point.number for dot in sorted(chart.dots, key=lambda dot: dot.x)]
    assert across == [3, 2, 4, 1]


def test_there_is_no_chart_without_neighbours():
    assert quadrant_chart([], 0.0, 0.0) is None


def test_bars_share_a_scale_and_the_unknown_has_none():
    first, second = pairs_of_bars([(50.0, 200.0), (None, 0.0)])
    assert (first.first, first.second) == (25.0, 100.0)
    assert (second.first, second.second) == (None, 0.0)
    assert pairs_of_bars([(0.0, 0.0)])[0].first == 0.0


@pytest.mark.parametrize("amounts", [[], [(None, None)]])
def test_nothing_known_draws_nothing(amounts):
    assert all(bars.first is None for bars in pairs_of_bars(amounts))
