"""Which calls are proposed for an operation: each rule alone, then their order."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from maillage.operations.project_calls import call_rules
from maillage.operations.project_calls.matching import CHECKS, Candidate, Wanted, matches

TODAY = date(2026, 6, 1)
CALL = Wanted(
    1,
    opens_on=date(2026, 5, 1),
    closes_on=date(2026, 7, 1),
    owners=frozenset({"commune", "cc"}),
    themes=frozenset({"mobility"}),
    minimum=Decimal(10_000),
    maximum=Decimal(50_000),
    rate=Decimal("0.5"),
)
OPERATION = Candidate(
    owners=frozenset({"cc"}),
    themes=frozenset({"mobility"}),
    begun=False,
    over=False,
    cost=Decimal(120_000),
    gap=Decimal(80_000),
)


def told(call=CALL, operation=OPERATION):
    found = matches([call], operation, TODAY)
    return {r.rule.id: (r.fits, r.text.replace("\xa0", " ")) for m in found for r in m.reasons}


def test_every_rule_of_the_table_is_judged():
    assert [*call_rules()] == [*CHECKS]


def test_a_call_that_fits_says_why_by_each_rule():
    (found,) = matches([CALL], OPERATION, TODAY)
    assert (found.doubts, found.possible) == (0, 50_000)
    words = " ".join(text for _, text in told().values())
    assert "Ouvert jusqu’au 1er juillet 2026, dans 30 jours." in words
    assert "communauté de communes" in words


@pytest.mark.parametrize(
    ("call", "operation"),
    [
        ({}, {"begun": True}),
        ({}, {"over": True}),
        ({"closes_on": date(2026, 6, 7)}, {}),
        ({"closes_on": date(2025, 1, 1)}, {}),
        ({}, {"owners": frozenset({"association"})}),
        ({}, {"themes": frozenset({"governance"})}),
        ({}, {"gap": Decimal(0)}),
        ({}, {"gap": Decimal(9_999)}),
        ({"rate": Decimal("0.05")}, {}),
    ],
)
def test_one_rule_that_fails_leaves_the_call_out(call, operation):
    assert matches([replace(CALL, **call)], replace(OPERATION, **operation), TODAY) == ()


@pytest.mark.parametrize(
    ("call", "operation", "rule"),
    [
        ({"closes_on": None}, {}, "calendar"),
        ({}, {"owners": frozenset()}, "owner"),
        ({}, {"themes": frozenset()}, "theme"),
        ({}, {"gap": None}, "amount"),
    ],
)
def test_what_is_not_known_is_said_and_keeps_the_call(call, operation, rule):
    found = told(replace(CALL, **call), replace(OPERATION, **operation))
    assert {id: fits for id, (fits, _) in found.items()} == {
        id: None if id == rule else True for id in CHECKS
    }


def test_a_call_that_asks_nothing_suits_whoever_is_short():
    assert all(fits for fits, _ in told(Wanted(2, closes_on=date(2026, 9, 1))).values())


@pytest.mark.parametrize(
    ("call", "euros"),
    [
        ({"maximum": None}, 60_000),
        ({"rate": None}, 50_000),
        ({"maximum": None, "rate": None}, 80_000),
    ],
)
def test_the_amount_is_the_least_of_the_gap_the_maximum_and_the_rate(call, euros):
    (found,) = matches([replace(CALL, **call)], OPERATION, TODAY)
    assert found.possible == euros


def test_the_surest_come_first_then_the_soonest():
    calls = [
        replace(CALL, id=1, closes_on=None),
        replace(CALL, id=2, closes_on=date(2026, 9, 1)),
        replace(CALL, id=3, closes_on=date(2026, 7, 1)),
        replace(CALL, id=4, opens_on=date(2026, 6, 15), closes_on=date(2026, 8, 1)),
    ]
    assert [match.call_id for match in matches(calls, OPERATION, TODAY)] == [3, 4, 2, 1]
