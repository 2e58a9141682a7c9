"""French typography, on the cases that are usually wrong."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.common import french

N, S = french.NARROW, french.NO_BREAK


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (999.4, 0, "999"),
        (12345.6, 1, f"12{N}345,6"),
        (1234567.891, 2, f"1{N}234{N}567,89"),
        (-1234, 0, f"−1{N}234"),
        (-0.4, 0, "0"),
        (-0.04, 1, "0,0"),
        (None, 0, french.UNKNOWN),
        (math.nan, 1, french.UNKNOWN),
    ],
)
def test_number(value, decimals, text):
    assert french.number(value, decimals) == text


@given(st.floats(-1e12, 1e12), st.integers(0, 6))
def test_number_reads_back(value, decimals):
    text = french.number(value, decimals)
    back = float(text.replace(N, "").replace(",", ".").replace("−", "-"))
    assert back == pytest.approx(value, abs=0.51 * 10**-decimals, rel=1e-12)
    assert " " not in text


def test_signed_says_which_way_it_leans():
    assert french.signed(12.6) == "+13"
    assert french.signed(-12.6) == "−13"
    assert french.signed(0.3) == "0"
    assert french.signed(None) == french.UNKNOWN


def test_percent_and_units_never_break():
    assert french.percent(0.38449) == f"38,4{S}%"
    assert french.percent(123.456, 1) == f"12{N}345,6{S}%"
    assert french.percent(None) == french.UNKNOWN
    assert french.quantity(1500, "km") == f"1{N}500{S}km"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (845, f"845{S}€"),
        (12_345_678, f"12,3{S}M€"),
        (-1_250_000_000, f"−1,2{S}Md€"),
        (None, french.UNKNOWN),
    ],
)
def test_euros(value, text):
    assert french.euros(value) == text


def test_zero_and_one_and_a_half_are_singular():
    assert french.counted(0, "commune") == f"0{S}commune"
    assert french.plural(1.9, "heure") == "heure"
    assert french.counted(1.9, "commune") == f"2{S}communes"
    assert french.counted(1255, "commune") == f"1{N}255{S}communes"
    assert french.plural(2, "cheval", "chevaux") == "chevaux"


def test_dates_and_lists():
    assert french.long_date(date(2025, 1, 1)) == f"1er{S}janvier 2025"
    assert french.long_date(date(2024, 8, 22)) == f"22{S}août 2024"
    assert french.listing([]) == ""
    assert french.listing(["a"]) == "a"
    assert french.listing(["a", "b", "c"]) == "a, b et c"
    assert french.listing(["a", "b"], "ou") == "a ou b"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Nantes", "de Nantes"),
        ("Angers", "d’Angers"),
        ("Étampes", "d’Étampes"),
        ("Hyères", "d’Hyères"),
        ("Hazebrouck", "de Hazebrouck"),
        ("Haguenau", "de Haguenau"),
        ("Le Mans", "du Mans"),
        ("Les Ulis", "des Ulis"),
        ("La Rochelle", "de La Rochelle"),
        ("L'Aigle", "de L'Aigle"),
    ],
)
def test_of_contracts_and_elides(name, text):
    assert french.of(name) == text


def test_a_label_inside_a_sentence_keeps_its_acronym():
    labels = ("Intercommunalité à fiscalité propre", "État", "EPCI signataire", "SCoT", "Étang", "")
    told = ("intercommunalité à fiscalité propre", "État", "EPCI signataire", "SCoT", "étang", "")
    assert tuple(map(french.lowered, labels)) == told


def test_typeset():
    assert french.typeset("l'eau : « oui » ; 12 345 % ?") == (
        f"l’eau{S}: «{S}oui{S}»{N}; 12{N}345{S}%{N}?"
    )
    assert french.typeset("RP 2021, COG 2025") == "RP 2021, COG 2025"


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text"),
    [
        (0.384, "share", 1, f"38,4{S}%"),
        (-0.021, "gap", 1, f"−2,1{S}points"),
        (12.34, "percent", 1, f"12,3{S}%"),
        (4.06, "permil", 1, f"4,1{S}‰"),
        (18.6, "km", 0, f"19{S}km"),
        (0.5, "index", 2, "0,50"),
        (None, "gap", 1, french.UNKNOWN),
        (None, "share", 1, french.UNKNOWN),
    ],
)
def test_a_measure_is_written_with_its_unit(value, unit, decimals, text):
    assert french.measure(value, unit, decimals) == text
