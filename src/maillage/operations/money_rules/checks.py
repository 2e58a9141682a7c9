"""Every rule on a plan, in the order of its list; all faults are told at once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from maillage.operations.money_rules import (
    Finding,
    MoneyRule,
    amounts,
    calendar,
    money_rules,
    shares,
    sources,
)
from maillage.operations.plan import Plan

Check = Callable[[MoneyRule, Plan, date], Iterator[Finding]]

CHECKS: Mapping[str, Check] = {
    "balance": amounts.balance,
    "tax_basis": amounts.tax_basis,
    "ceiling": amounts.ceiling,
    "overpaid": amounts.overpaid,
    "owner_share": shares.owner_share,
    "owner_share_lead": shares.owner_share_lead,
    "aid_cap": shares.aid_cap,
    "source_scope": sources.source_scope,
    "elected_opinion": sources.elected_opinion,
    "counted_twice": sources.counted_twice,
    "early_start": calendar.early_start,
    "dates_order": calendar.dates_order,
    "before_signature": calendar.before_signature,
    "lapse": calendar.lapse,
}


def findings(plan: Plan, today: date) -> tuple[Finding, ...]:
    """What stands first, the gravest first; then what a derogation sets aside."""
    given = {derogation.rule: derogation for derogation in plan.derogations}
    found = [
        replace(finding, derogation=given.get(rule.id))
        for rule in money_rules().values()
        if rule.in_force(today)
        for finding in CHECKS[rule.id](rule, plan, today)
    ]
    rank = {"error": 0, "warning": 1, "info": 2}
    return tuple(sorted(found, key=lambda item: (not item.stands, rank[item.severity])))
