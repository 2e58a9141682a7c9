"""The demonstration is made on any day: nothing of it was done after that day."""

from datetime import date

import pytest
from tests.demo import test_make

from maillage.demo.make import make_demo


@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2028, 2, 29)])
def test_whatever_the_day_nothing_was_done_after_it(demo_edition, day, monkeypatch):
    """The first day of a quarter, a leap day."""
    monkeypatch.setattr(test_make, "TODAY", day)
    made = make_demo(demo_edition, day)
    assert made.new
    test_make.test_no_date_of_what_was_done_lies_ahead(made)
    test_make.test_everything_is_dated_in_the_past_by_somebody(made)
