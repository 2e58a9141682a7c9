"""Amounts as people type them and as they read them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.common.errors import InputError
from maillage.common.french import UNKNOWN
from maillage.operations.money import cents, figures, money, parse_amount, total


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("150 k€", "150000.00"),
        ("1,5 M€", "1500000.00"),
        ("12 345,60", "12345.60"),
        ("12\u202f345,60\u00a0€", "12345.60"),
        ("1.234.567,89", "1234567.89"),
        ("1.234", "1234.00"),
        ("1234.5", "1234.50"),
        ("0", "0.00"),
        ("150 euros", "150.00"),
    ],
)
def test_what_people_type_is_understood(typed, amount):
    assert parse_amount(typed) == Decimal(amount)


def test_nothing_typed_is_not_zero():
    assert parse_amount("  ") is None
    assert money(None) == UNKNOWN


@pytest.mark.parametrize("typed", ["abc", "12,345", "1 2", "-5", "1e6", "10 %", "99 999 999 M€"])
def test_what_is_not_understood_is_refused_with_a_remedy(typed):
    with pytest.raises(InputError) as fault:
        parse_amount(typed)
    assert fault.value.value == typed


def test_cents_show_only_when_there_are_some():
    assert money(Decimal("1234567")) == "1\u202f234\u202f567\u00a0€"
    assert money(Decimal("-0.5")) == "\u22120,50\u00a0€"


@given(st.decimals(0, 10**10, places=2))
def test_an_amount_written_is_read_back(amount):
    assert parse_amount(figures(amount)) == cents(amount)


@given(st.lists(st.decimals(0, 10**9, places=2)))
def test_sums_are_exact_whatever_their_order(amounts):
    assert (
        total(amounts)
        == total(reversed(amounts))
        == sum(int(a * 100) for a in amounts) / (Decimal(100))
    )
