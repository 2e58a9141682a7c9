"""The gate: an empty fiche projet is told everything at once; each thing filled leaves the list."""

from dataclasses import replace
from datetime import date

import pytest
from tests.operations.plans import TODAY, line, plan

from maillage.operations.money_rules.checks import findings
from maillage.operations.readiness import READY, Dossier, checklist, missing

FULL = Dossier(
    description="Une liaison cyclable de six kilomètres entre deux gares.",
    owners=2,
    referent="Anne Le Goff",
    orientation=True,
    communes=3,
    cost_known=True,
    lines=2,
    starts_on=date(2026, 9, 1),
    ends_on=date(2027, 9, 1),
    ecology="Moins de trajets en voiture.",
    questions=frozenset({"pace", "results", "impact"}),
    opinion="favourable",
)
EMPTIED = {
    "description": {"description": "court"},
    "owner": {"owners": 0},
    "referent": {"referent": " "},
    "orientation": {"orientation": False},
    "location": {"communes": 0},
    "cost": {"cost_known": False},
    "plan": {"lines": 0},
    "calendar": {"ends_on": None},
    "ecology": {"ecology": ""},
    "indicators": {"questions": frozenset({"pace", "results"})},
    "opinion": {"opinion": "unfavourable"},
}


def test_a_whole_dossier_passes():
    assert missing(FULL, TODAY) == ()


def test_an_empty_one_is_told_everything_at_once():
    told = missing(Dossier(), TODAY)
    assert [item.code for item in told] == [item.code for item in READY]
    assert all(item.message and item.legal for item in told)


@pytest.mark.parametrize("code", EMPTIED)
def test_each_condition_stands_alone(code):
    told = {item.code for item in missing(replace(FULL, **EMPTIED[code]), TODAY)}
    assert told - {"plan"} == {code} - {"plan"}
    assert code in told


def test_every_condition_of_the_gate_is_tried():
    assert set(EMPTIED) == {item.code for item in READY}


def test_outside_the_contract_needs_no_orientation():
    assert missing(replace(FULL, orientation=False, outside=True), TODAY) == ()


def test_an_error_of_the_plan_closes_the_gate_and_a_warning_does_not():
    unbalanced = findings(plan(line(1, "own_funds", 5), investment=9), TODAY)
    assert [item.code for item in missing(replace(FULL, findings=unbalanced), TODAY)] == ["plan"]
    warned = findings(plan(line(1, "region", 9), investment=9), TODAY)
    assert {item.severity for item in warned} == {"warning"}
    assert missing(replace(FULL, findings=warned), TODAY) == ()


def test_a_condition_holds_from_its_date():
    assert checklist(Dossier(), date(2020, 1, 1)) == ()
