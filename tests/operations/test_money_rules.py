"""The rules on money, as a table: the plan, the rule, what it must say."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.operations.plans import ASSOCIATION, EPCI, TODAY, line, plan

from maillage.operations.money_rules import money_rules
from maillage.operations.money_rules.calendar import deadline, years_after
from maillage.operations.money_rules.checks import CHECKS, findings
from maillage.operations.money_rules.shares import missing_share
from maillage.operations.plan import Amount, Derogation

TWICE = "counted_twice"


def told(of, rule, today=TODAY):
    return [finding for finding in findings(of, today) if finding.rule.id == rule]


def test_every_rule_of_the_list_is_checked_and_says_its_text():
    assert list(CHECKS) == list(money_rules())
    assert all(rule.legal and rule.scope for rule in money_rules().values())


def test_every_rule_that_is_not_arithmetic_links_to_its_text():
    for rule in money_rules().values():
        if not rule.legal.startswith("Règle d’arithmétique"):
            assert rule.link.startswith("https://"), rule.id


def shared(own, aid, **more):
    """An investment paid by its owner and by the Région, balanced."""
    return plan(
        line(1, "own_funds", own), line(2, "region", aid), investment=Decimal(own) + aid, **more
    )


def renewed(section="investment", **more):
    """An operation of urban renewal: 10 of its own, 80 of the Région, 10 of the ANRU."""
    lines = line(1, "own_funds", 10), line(2, "region", 80), line(3, "anru", 10, section, **more)
    return plan(*lines, investment=100)


OWNER_SHARE = [
    ("exactly 20 %", shared(20_000, 80_000), None),
    ("19.99 %", shared(19_990, 80_010), "10.00"),
    ("one cent short", shared("19999.99", Decimal("80000.01")), "0.01"),
    ("nothing of its own", shared(0, 100_000), "20000.00"),
    ("no aid at all", shared(100_000, 0), None),
    ("an association escapes", shared(0, 100_000, owners=(ASSOCIATION,)), None),
    ("overseas escapes", shared(0, 100_000, departements=frozenset({"974"})), None),
    ("Corsica does not", shared(0, 100_000, departements=frozenset({"2A"})), "20000.00"),
    ("partly overseas does not", shared(0, 100, departements=frozenset({"974", "44"})), "20.00"),
    (
        "running cost escapes",
        plan(
            line(1, "own_funds", 1, "running"),
            line(2, "region", 99_999, "running"),
            running=100_000,
        ),
        None,
    ),
    (
        "private money is outside the fraction",
        plan(
            line(1, "own_funds", 20), line(2, "region", 80), line(3, "private", 900), investment=1e3
        ),
        None,
    ),
    (
        "a loan is the owner’s own",
        plan(line(1, "banque_loan", 20), line(2, "region", 80), investment=100),
        None,
    ),
    (
        "its own line of EPCI money is its own",
        plan(line(1, "epci", 20, funder_id=1), line(2, "region", 80), investment=100),
        None,
    ),
    (
        "another EPCI’s is aid",
        plan(line(1, "epci", 20, funder_id=9), line(2, "region", 80), investment=100),
        "20.00",
    ),
    (
        "an association beside an EPCI does not free the EPCI",
        shared(10_000, 90_000, owners=(EPCI, ASSOCIATION)),
        "10000.00",
    ),
    (
        "what the association brings is private: neither own nor aid",
        plan(
            line(1, "own_funds", 10, funder_id=EPCI.id),
            line(2, "own_funds", 50, funder_id=ASSOCIATION.id),
            line(3, "region", 40),
            owners=(EPCI, ASSOCIATION),
            investment=100,
        ),
        None,
    ),
    (
        "and does not make up for the EPCI",
        plan(
            line(1, "own_funds", 50, funder_id=ASSOCIATION.id),
            line(2, "region", 50),
            owners=(EPCI, ASSOCIATION),
            investment=100,
        ),
        "10.00",
    ),
    ("an ANRU convention frees the operation", renewed(agreed=Amount(Decimal(10))), None),
    ("an ANRU request does not", renewed(), "10.00"),
    ("nor an ANRU notification", renewed(notified=Amount(Decimal(10))), "10.00"),
    ("nor a lapsed convention", renewed(agreed=Amount(Decimal(10)), lapsed=True), "8.00"),
    ("nor one of its running costs", renewed(section="running"), "8.00"),
    (
        "amounts before and after tax make no share",
        plan(line(1, "own_funds", 10), line(2, "region", 90, tax="ttc"), investment=100),
        None,
    ),
    (
        "a refused aid no longer counts",
        plan(
            line(1, "own_funds", 10),
            line(2, "region", 40),
            line(3, "detr", 50, refused=True),
            investment=50,
        ),
        None,
    ),
    (
        "urban renewal escapes",
        plan(
            line(1, "anru", 95, agreed=Amount(Decimal(95))),
            line(2, "own_funds", 5),
            investment=100,
        ),
        None,
    ),
]


@pytest.mark.parametrize(
    ("case", "of", "missing"),
    OWNER_SHARE,
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_owner_share(case, of, missing):
    found = told(of, "owner_share")
    assert [str(finding.missing) for finding in found] == ([missing] if missing else [])
    assert not found or (found[0].severity == "warning" and found[0].rule.legal)


def test_thirty_percent_in_a_competence_with_a_lead():
    assert told(shared(30, 70, lead_competence=True), "owner_share_lead") == []
    assert told(shared(29, 71, lead_competence=True), "owner_share_lead")[0].missing == 1
    assert told(shared(29, 71, lead_competence=True), "owner_share") == []


def test_a_rule_holds_from_its_date_only():
    assert told(shared(0, 100), "owner_share", date(2011, 12, 31)) == []
    assert told(shared(0, 100), "owner_share", date(2012, 1, 1)) != []


def test_a_derogation_is_told_and_no_longer_stands():
    given = Derogation("owner_share", "Arrêté n° 12", "Préfet", date(2026, 2, 1))
    found = told(shared(0, 100, derogations=(given,)), "owner_share")
    assert found[0].derogation is given
    assert not found[0].stands


amounts = st.decimals(0, 10**9, places=2)


@given(amounts, amounts)
def test_taking_over_what_is_missing_satisfies_the_rule_and_one_cent_less_does_not(own, aid):
    least = Decimal("0.20")
    if own >= least * (own + aid):
        return
    missing = missing_share(own, aid, least)
    assert own + missing >= least * (own + aid) > own + missing - Decimal("0.01")


@pytest.mark.parametrize(
    ("cost", "missing"), [(100, None), (101, "1.00"), (99, "1.00"), (None, None)]
)
def test_balance(cost, missing):
    found = told(plan(line(1, "region", 40), line(2, "own_funds", 60), investment=cost), "balance")
    assert [f"{item.missing:.2f}" for item in found] == ([missing] if missing else [])


def test_sections_balance_apart():
    of = plan(line(1, "region", 100, "running"), investment=100, running=0)
    assert len(told(of, "balance")) == 2


def test_amount_base_cost():
    above = line(1, "detr", 60, eligible=Decimal(50))
    assert told(plan(above, investment=100), "ceiling")[0].missing == 10
    assert told(plan(line(1, "detr", 101), investment=100), "ceiling")[0].missing == 1
    wide = line(1, "detr", 60, eligible=Decimal(120))
    assert "assiette" in told(plan(wide, investment=100), "ceiling")[0].what
    fits = line(1, "detr", 60, eligible=Decimal(80))
    assert told(plan(fits, investment=100), "ceiling") == []


def test_aid_is_capped_by_the_strictest_source_on_its_base():
    own = line(1, "own_funds", 15)
    of = plan(own, line(2, "detr", 40), line(3, "region", 45), investment=100)
    assert told(of, "aid_cap")[0].missing == 5
    narrow = line(2, "detr", 40, eligible=Decimal(50))
    assert (
        told(plan(own, narrow, line(3, "region", 45), investment=100), "aid_cap")[0].missing == 45
    )
    decree = plan(own, line(2, "fnadt", 40), line(3, "region", 45), investment=100)
    assert told(decree, "aid_cap") == []


def test_detr_is_for_the_investment_of_communes_and_groupings():
    assert told(plan(line(1, "detr", 10), investment=10), "source_scope") == []
    assert told(plan(line(1, "detr", 10, "running"), running=10), "source_scope") != []
    assert told(plan(line(1, "detr", 10), owners=(ASSOCIATION,)), "source_scope") != []


@pytest.mark.parametrize(("euros", "told_of"), [(99_999.99, False), (100_000, True)])
def test_the_elected_commission_speaks_from_100_000_euros(euros, told_of):
    assert bool(told(plan(line(1, "detr", euros)), "elected_opinion")) is told_of
    heard = line(1, "detr", euros, opinion_on=date(2026, 3, 1))
    assert told(plan(heard), "elected_opinion") == []
    assert told(plan(line(1, "dsil", euros)), "elected_opinion") == []


def test_a_file_counts_once():
    twice = plan(line(1, "detr", 5, file_number="A1"), line(2, "dsil", 5, file_number="A1"))
    assert len(told(twice, "counted_twice")) == 2
    once = plan(line(1, "detr", 5, file_number="A1"), line(2, "dsil", 5, file_number="A2"))
    assert told(once, "counted_twice") == []
    elsewhere = replace(once, others={"A2": "Piscine"})
    assert "Piscine" in told(elsewhere, "counted_twice")[0].what


def test_a_file_of_another_contract_is_told_as_much_as_one_may_know():
    once = plan(line(1, "detr", 5, file_number="A1"))
    (named,) = told(replace(once, elsewhere={"A1": "l’opération « Gare » du CRTE Sud"}), TWICE)
    assert "CRTE Sud" in named.what
    (neutral,) = told(replace(once, elsewhere={"A1": ""}), TWICE)
    assert neutral.what.endswith("un dossier du même numéro existe dans un autre contrat.")
    assert told(replace(once, elsewhere={"B2": ""}), TWICE) == []


ALIKE = [
    ("nothing tells them apart", {}, {}, 1),
    ("a number each", {"file_number": "1"}, {"file_number": "2"}, 0),
    ("a number on one", {"file_number": "1"}, {}, 0),
    ("two funders", {"funder_id": 8}, {"funder_id": 9}, 0),
    ("two purposes", {"purpose": "poste"}, {"purpose": "étude"}, 0),
    ("one refused", {"refused": True}, {}, 0),
]


@pytest.mark.parametrize(("case", "first", "second", "count"), ALIKE, ids=[c[0] for c in ALIKE])
def test_the_same_source_twice_without_a_number_is_asked_about(case, first, second, count):
    found = told(plan(line(1, "region", 5, **first), line(2, "region", 6, **second)), TWICE)
    assert [finding.severity for finding in found] == ["warning"] * count


def test_the_request_comes_before_the_start():
    asked = line(1, "detr", 5, received_on=date(2026, 2, 1))
    assert told(plan(asked, starts_on=date(2026, 1, 31)), "early_start") != []
    assert told(plan(asked, starts_on=date(2026, 2, 1)), "early_start") == []


def test_stages_follow_one_another():
    wrong = line(1, "detr", 5, notified=Amount(Decimal(5), date(2026, 1, 9)))
    assert "précède" in told(plan(wrong), "dates_order")[0].what
    right = line(1, "detr", 5, notified=Amount(Decimal(5), date(2026, 1, 10)))
    assert told(plan(right), "dates_order") == []


def test_before_the_signature_only_early_operations_are_granted_money():
    granted = line(1, "detr", 5, notified=Amount(Decimal(5), date(2026, 1, 20)))
    of = plan(granted, signed_on=date(2026, 2, 1))
    assert told(of, "before_signature")[0].severity == "info"
    assert told(replace(of, early=True), "before_signature") == []


def test_before_a_contract_is_signed_every_grant_is_before_its_signature():
    granted = line(1, "detr", 5, notified=Amount(Decimal(5)))
    (finding,) = told(plan(granted), "before_signature")
    assert "n’est pas signé" in finding.what
    assert told(plan(granted, early=True), "before_signature") == []
    assert told(plan(granted, signed_on=date(2026, 2, 1)), "before_signature") == []
    assert told(plan(line(1, "detr", 5)), "before_signature") == []
    own = line(1, "own_funds", 5, agreed=Amount(Decimal(5)))
    assert told(plan(own), "before_signature") == []


TAX = [
    ("one basis", ("ht", "ht"), "ht", []),
    ("all of it after tax", ("ttc", "ttc"), "ttc", []),
    ("one line after tax", ("ht", "ttc"), "ht", ["Région"]),
    ("the cost alone after tax", ("ht", "ht"), "ttc", ["DETR", "Région"]),
]


@pytest.mark.parametrize(("case", "taxes", "tax", "named"), TAX, ids=[c[0] for c in TAX])
def test_a_plan_is_in_one_tax_basis(case, taxes, tax, named):
    lines = line(1, "detr", 40, tax=taxes[0]), line(2, "region", 50, tax=taxes[1])
    of = plan(*lines, investment=100, tax=tax)
    found = told(of, "tax_basis")
    assert [
        name for one in found for name in ("DETR", "Région") if f"{name} (" in one.what
    ] == named
    # Nothing is said of a sum that would add both.
    assert bool(told(of, "balance")) is not bool(named)


@given(st.integers(0, 99), st.sampled_from(["ht", "ttc"]), st.sampled_from(["ht", "ttc"]))
def test_mixed_lines_are_never_balanced_and_others_always_are_judged(own, first, second):
    of = plan(
        line(1, "own_funds", own, tax=first), line(2, "region", 1, tax=second), investment=100
    )
    mixed = second == "ttc" or (own > 0 and first == "ttc")
    assert bool(told(of, "tax_basis")) is mixed
    assert bool(told(of, "balance")) is (not mixed and own + 1 != 100)


def test_nobody_is_paid_more_than_granted():
    paid = line(1, "detr", 5, notified=Amount(Decimal(5)), payments=(Amount(Decimal(6)),))
    assert told(plan(paid), "overpaid")[0].missing == 1
    ungranted = line(1, "detr", 5, payments=(Amount(Decimal(6)),))
    assert told(plan(ungranted), "overpaid")[0].missing == 6


def part_paid(**more):
    given = {"notified": Amount(Decimal(100_000), date(2022, 3, 1))}
    given["payments"] = (Amount(Decimal(30_000), date(2023, 1, 5)),)
    return line(1, "detr", 100_000, **given | more)


def test_a_part_paid_grant_sixty_days_from_lapsing():
    start = years_after(TODAY + timedelta(days=60), -4)
    of = plan(part_paid(), starts_on=start, started=True)
    finding = told(of, "lapse")[0]
    assert finding.due == TODAY + timedelta(days=60)
    assert finding.missing == 70_000
    assert finding.severity == "warning"
    assert "60\u00a0jours" in finding.what
    assert "prorogation de deux ans" in finding.remedy
    later = plan(part_paid(extended_completion=True), starts_on=start, started=True)
    assert told(later, "lapse") == []


def test_a_grant_whose_operation_does_not_start():
    grant = line(1, "detr", 5, notified=Amount(Decimal(5), date(2024, 6, 15)))
    assert deadline(plan(grant), grant) == ("start", date(2026, 6, 15))
    assert told(plan(grant), "lapse")[0].severity == "warning"
    late = told(plan(grant), "lapse", date(2026, 6, 16))[0]
    assert late.severity == "error"
    assert "1\u00a0jour" in late.what


@pytest.mark.parametrize(
    "more",
    [
        {"refused": True},
        {"lapsed": True},
        {"payments": (Amount(Decimal(100_000)),)},
        {"notified": None},
        {"notified": Amount(Decimal(1))},
    ],
)
def test_nothing_lapses_that_is_not_waiting(more):
    quiet = part_paid(**more)
    assert deadline(plan(quiet), quiet) is None


def test_leap_days_end_in_february():
    assert years_after(date(2024, 2, 29), 2) == date(2026, 2, 28)
