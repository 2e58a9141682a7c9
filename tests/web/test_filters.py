"""Filters that only templates use."""

import pytest

from maillage.web.templatetags.french import counted, named, years


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([2021], "Année\u00a02021"),
        ([2016, 2022], "Années\u00a02016 et 2022"),
        ([2014, 2015], "Années\u00a02014 et 2015"),
        ([2008, 2012, 2013, 2014], "Années\u00a02008 et 2012 à 2014"),
        ([2016, 2015, 2014], "Années\u00a02014 à 2016"),
    ],
)
def test_years_that_follow_are_a_span(values, text):
    assert years(values) == text


def test_a_code_without_a_name_stays():
    assert named("CC", {"CC": "Communauté de communes"}) == "Communauté de communes"
    assert named("XX", {}) == "XX"


def test_a_count_has_its_word():
    assert counted(2, "cheval,chevaux") == "2\u00a0chevaux"
    assert counted(1, "commune") == "1\u00a0commune"
