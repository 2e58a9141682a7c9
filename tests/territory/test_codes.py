"""Codes as texts of real files: folded, restored, outside, refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.territory.codes import (
    OUTSIDE_CELLS,
    CodeFault,
    NormalCode,
    departement_of,
    normalise_commune,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("44109", "44109"),
        (" 44109 ", "44109"),
        ('="01004"', "01004"),
        ("2a004", "2A004"),
        ("2B033", "2B033"),
        ("97105", "97105"),
        ("44109.0", "44109"),
    ],
)
def test_a_commune_is_read_as_text(text, code):
    assert normalise_commune(text) == NormalCode(code)


@pytest.mark.parametrize(
    ("text", "commune"),
    [("75101", "75056"), ("75120", "75056"), ("69389", "69123"), ("13216", "13055")],
)
def test_arrondissements_fold_into_their_commune(text, commune):
    assert normalise_commune(text) == NormalCode(commune, folded=True)


@pytest.mark.parametrize("text", ["75121", "75100", "69380", "13217", "75056"])
def test_what_is_no_arrondissement_does_not_fold(text):
    assert normalise_commune(text) == NormalCode(text)


@pytest.mark.parametrize(("text", "code"), [("1004", "01004"), ("1004.0", "01004")])
def test_a_lost_zero_is_put_back_and_said(text, code):
    assert normalise_commune(text) == NormalCode(code, restored=True)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("99999", "@ETR"),
        ("99", "@ETR"),
        ("ZZZZZ", "@ETR"),
        ("AL000", "@DE"),
        ("BE.110", "@BE"),
        ("BE110", "@BE"),
        ("LU103", "@LU"),
        ("MO001", "@MC"),
        ("SURIC", "@CH"),
        ("99131", "@BE"),
        ("99134", "@ES"),
        ("99401", "@ETR"),
        ("975", "@COM"),
        ("97502", "@COM"),
        ("98", "@COM"),
        ("98735", "@COM"),
        ("97123", "@COM"),
        ("97127", "@COM"),
        ("", "@INC"),
        ("@BE", "@BE"),
    ],
)
def test_places_outside_are_typed(text, cell):
    assert normalise_commune(text) == NormalCode(cell)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("97", CodeFault.TOO_SHORT),
        ("971", CodeFault.TOO_SHORT),
        ("44", CodeFault.TOO_SHORT),
        ("2A04", CodeFault.TOO_SHORT),
        ("441090", CodeFault.TOO_LONG),
        ("Nantes", CodeFault.TOO_LONG),
        ("4410X", CodeFault.MALFORMED),
        ("44-09", CodeFault.MALFORMED),
        ("４４１０９", CodeFault.MALFORMED),
    ],
)
def test_what_is_no_code_says_why(text, fault):
    assert normalise_commune(text) == NormalCode("", fault=fault)


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused_and_reading_again_changes_nothing(text):
    first = normalise_commune(text)
    assert (first.fault is None) == bool(first.code)
    if first.code:
        assert normalise_commune(first.code).code == first.code


def test_outside_cells_can_never_be_communes():
    assert all(cell.code.startswith("@") for cell in OUTSIDE_CELLS)
    assert len({cell.code for cell in OUTSIDE_CELLS}) == len(OUTSIDE_CELLS)


@pytest.mark.parametrize(
    ("code", "departement"), [("44109", "44"), ("2A004", "2A"), ("97411", "974")]
)
def test_an_overseas_departement_has_three_characters(code, departement):
    assert departement_of(code) == departement
