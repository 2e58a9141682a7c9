"""Cells as offices type them."""

from datetime import date
from decimal import Decimal

import pytest

from maillage.operations.intake.values import read_date, read_money
from maillage.operations.intake.words import read_word

MONEY = [
    ("150 k€", "150000.00"),
    ("150k", "150000.00"),
    ("1,2 M€", "1200000.00"),
    ("12 345,60 €", "12345.60"),
    ("12\u202f345", "12345.00"),
    ("150 000 € HT", "150000.00"),
    ("1.234 €", "1234.00"),
    (150000.0, "150000.00"),
    (33.335, "33.34"),
    ("0", "0.00"),
]


@pytest.mark.parametrize(("cell", "euros"), MONEY)
def test_an_amount_is_read_to_the_cent(cell, euros):
    assert read_money(cell).value == Decimal(euros)


@pytest.mark.parametrize("cell", [None, "?", "NC", "à définir", "A préciser", "-", "n.c."])
def test_unknown_is_not_zero(cell):
    read = read_money(cell)
    assert read.value is None
    assert not read.problem


@pytest.mark.parametrize("cell", ["environ 100", "12/03/2025", "100 000 ou 120 000", -5.0, 0.8])
def test_what_is_no_amount_is_a_doubt(cell):
    read = read_money(cell)
    assert read.value is None
    assert read.problem
    assert read.remedy


TO_THE_LETTER = ("/09/", ".9.", "-09-", "1er sept")
DATES = [
    ("01/09/2025", False, date(2025, 9, 1)),
    ("1.9.25", False, date(2025, 9, 1)),
    ("2025-09-01", False, date(2025, 9, 1)),
    ("1er septembre 2025", False, date(2025, 9, 1)),
    ("mars 2026", False, date(2026, 3, 1)),
    ("mars 2026", True, date(2026, 3, 31)),
    ("févr. 2024", True, date(2024, 2, 29)),
    ("T2 2025", False, date(2025, 4, 1)),
    ("2e trimestre 2025", True, date(2025, 6, 30)),
    ("S2 2025", True, date(2025, 12, 31)),
    ("1er semestre 2025", False, date(2025, 1, 1)),
    ("09/2025", True, date(2025, 9, 30)),
    ("fin 2026", False, date(2026, 12, 31)),
    ("2026", False, date(2026, 1, 1)),
    (2026.0, True, date(2026, 12, 31)),
    (date(2025, 5, 4), False, date(2025, 5, 4)),
]


@pytest.mark.parametrize(("cell", "end", "day"), DATES)
def test_a_date_is_read_and_a_reading_is_said(cell, end, day):
    read = read_date(cell, end=end)
    assert read.value == day
    loose = isinstance(cell, float) or (
        isinstance(cell, str)
        and not any(mark in cell for mark in ("/09/", ".9.", "-09-", "1er sept"))
    )
    assert bool(read.note) == loose


@pytest.mark.parametrize(
    "cell", ["31/02/2025", "13/13/2025", "bientôt", "T5 2025", "1825", 45000.5]
)
def test_what_is_no_date_is_a_doubt(cell):
    assert read_date(cell).value is None
    assert read_date(cell).problem


def test_a_status_is_read_in_the_words_of_the_vocabulary():
    assert read_word("status", "Bloquée").value == "blocked"
    assert read_word("status", "réalisé").value == "finished"
    assert "lu comme" in read_word("status", "réalisé").note
    doubt = read_word("status", "presque")
    assert doubt.value is None
    assert "Bloquée" in doubt.remedy
    assert read_word("status", None).problem == ""
    assert read_word("priority", 1.0).value == "high"
