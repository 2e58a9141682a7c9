"""A strip keeps every value and every mark inside its frame."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from maillage.drawing.strips import HEAD, LANE, MARGIN, WIDTH, strip

numbers = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 3))


@example([0.0] * 8, [91442.5])  # times a rounded scale, it went beyond the frame
@given(st.lists(numbers, min_size=8, max_size=40), st.lists(st.none() | numbers, max_size=6))
def test_everything_is_drawn_inside(values, compared):
    ordered = sorted(values)
    quartiles = tuple(ordered[len(ordered) * k // 4] for k in (1, 2, 3))
    drawn = strip(ordered, quartiles, compared)
    known = [number + 1 for number, value in enumerate(compared) if value is not None]
    assert [mark.number for mark in drawn.marks] == known
    assert all(MARGIN <= mark.x <= WIDTH - MARGIN for mark in drawn.marks)
    assert all(HEAD < mark.y < drawn.height for mark in drawn.marks)
    assert MARGIN - 1e-6 <= drawn.box[0] <= drawn.median <= drawn.box[0] + drawn.box[1] + 1e-6
    assert drawn.box[0] + drawn.box[1] <= WIDTH - MARGIN + 1e-6


def test_marks_keep_the_order_of_values_each_in_its_lane():
    drawn = strip([0.0, 1.0, 2.0, 3.0, 4.0], (1.0, 2.0, 3.0), [4.0, None, 0.0, 2.0])
    assert [mark.x for mark in drawn.marks] == [WIDTH - MARGIN, MARGIN, WIDTH / 2]
    assert [mark.y for mark in drawn.marks] == [HEAD + LANE * (k + 0.5) for k in range(3)]
    assert not any(mark.edge for mark in drawn.marks)
    assert drawn.ticks.count("M") == 5


def test_one_outlier_does_not_flatten_the_others():
    drawn = strip([1.0, 2.0, 3.0, 4.0, 1000.0], (2.0, 3.0, 4.0), [1000.0, 2.0])
    assert drawn.high == pytest.approx(10.0)
    assert [mark.edge for mark in drawn.marks] == [True, False]


def test_equal_values_still_have_a_middle():
    drawn = strip([5.0] * 8, (5.0, 5.0, 5.0), [5.0])
    assert drawn.marks[0].x == drawn.median == WIDTH / 2
