"""Dates, labels and codes as the files write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.sources.references.words import iso_date, label, unit_code


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021-06-28", "2021-06-28"),
        ("28-06-2021", "2021-06-28"),
        ("28/06/2021", "2021-06-28"),
        ("2021_06_28", "2021-06-28"),
        ("2021-06-28 00:00:00", "2021-06-28"),
        ("Date de signature : 09 décembre 2016", "2016-12-09"),
        ("1er mars 2017", "2017-03-01"),
        ("", ""),
        ("Non signée", ""),
    ],
)
def test_dates_become_iso(text, date):
    assert iso_date(text) == date


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (" Les ruralités", "Les ruralités"),
        ("- Banlieue", "Banlieue"),
        ("02 - Massif du Jura", "Massif du Jura"),
        ("Saint-Denis", "Saint-Denis"),
    ],
)
def test_labels_lose_their_rank(text, shown):
    assert label(text) == shown


@given(st.text(min_size=1, max_size=40))
def test_a_code_can_live_in_an_address(text):
    assert all(char.isalnum() or char in "._-" for char in unit_code(text))
    assert unit_code(text).isascii()
    assert unit_code(unit_code(text)) == unit_code(text)
