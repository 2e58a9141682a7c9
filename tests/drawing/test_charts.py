"""Bars of a flow: true to their figures, none outside its box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.drawing.test_flow_map import Given

from maillage.drawing.partner_chart import FIRST, ROOM, WIDTH, partner_chart
from maillage.drawing.year_chart import year_chart

VOLUMES = st.floats(0, 1e9, allow_subnormal=False)


@given(st.lists(st.tuples(VOLUMES, VOLUMES), max_size=20), st.sampled_from(["both", "incoming"]))
def test_bars_have_one_scale_and_stay_in_the_chart(pairs, way):
    marks = [Given(f"{n:05}", out, into) for n, (out, into) in enumerate(pairs)]
    chart = partner_chart(marks, way=way)
    shown = [mark for mark in marks if mark.volume > 0][:FIRST]
    assert [bar.code for bar in chart.bars] == [mark.code for mark in shown]
    for bar in chart.bars:
        assert bar.top + 40 <= chart.height
        if chart.left:
            assert bar.out_x >= ROOM - 0.01
            assert bar.out_width * max(m.into for m in shown) == pytest.approx(
                bar.out * max(b.in_width for b in chart.bars), rel=1e-6, abs=1e-3
            )
        assert chart.axis + bar.in_width <= WIDTH - ROOM + 0.01


def test_the_chosen_partner_is_added_at_the_end():
    marks = [Given(f"{n:05}", 100 - n, 0) for n in range(20)]
    chart = partner_chart(marks, chosen="00015")
    assert [bar.code for bar in chart.bars][-1] == "00015"
    assert len(chart.bars) == FIRST + 1
    assert len(partner_chart(marks, chosen="00003").bars) == FIRST


def test_one_direction_takes_the_whole_width():
    chart = partner_chart([Given("a", 10, 90)], way="outgoing")
    assert (chart.left, chart.right, chart.axis) == (True, False, WIDTH)
    assert chart.bars[0].out_width == WIDTH - ROOM


def test_years_start_from_zero_and_unknown_ones_have_no_bar():
    chart = year_chart([(2010, 50.0, False), (2015, None, True), (2020, 100.0, True)])
    first, last = chart.bars
    assert (first.year, last.year) == (2010, 2020)
    assert last.height == 2 * first.height
    assert first.y + first.height == last.y + last.height
    assert (first.compared, last.compared) == (False, True)
    assert first.x < last.x < chart.width - last.width


@pytest.mark.parametrize("values", [[None], [0.0], [], [5.0, -1.0]])
def test_no_bar_without_a_positive_figure(values):
    assert year_chart([(2000 + n, value, True) for n, value in enumerate(values)]) is None
