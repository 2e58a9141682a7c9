"""Arithmetic: the plan balances, no line exceeds its base, nobody is paid more than granted."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from maillage.operations.money import money
from maillage.operations.money_rules import Finding, MoneyRule
from maillage.operations.plan import SECTIONS, Plan, PlanLine, brought


def balance(rule: MoneyRule, plan: Plan, today: date) -> Iterator[Finding]:
    for section, label in SECTIONS.items():
        if plan.mixed(section):  # told by ``tax_basis``: such a sum means nothing
            continue
        cost, found = plan.costs.get(section), brought(plan.of(section))
        if cost is None or cost == found or not (plan.of(section) or cost):
            continue
        gap = cost - found
        what = (
            f"{label} : il manque {money(gap)} pour couvrir le coût de {money(cost)}."
            if gap > 0
            else f"{label} : les financements dépassent le coût de {money(-gap)}."
        )
        remedy = (
            "Ajoutez une source, augmentez la part du maître d’ouvrage ou réduisez le coût."
            if gap > 0
            else "Réduisez une ligne ou corrigez le coût."
        )
        yield Finding(rule, what, remedy, missing=abs(gap), severity=rule.severity)


def tax_basis(rule: MoneyRule, plan: Plan, today: date) -> Iterator[Finding]:
    mixed = plan.mixed()
    if mixed:
        named = ", ".join(f"{line.title} ({line.tax.upper()})" for line in mixed)
        yield Finding(
            rule,
            f"Lignes HT et TTC mélangées : {named}, pour un coût {plan.tax.upper()}. "
            "Ni le total, ni l’équilibre, ni les parts ne se calculent.",
            f"Donnez ces lignes {plan.tax.upper()}, ou le coût dans la base de ses financements.",
            line_id=mixed[0].id,
            severity=rule.severity,
        )


def ceiling(rule: MoneyRule, plan: Plan, today: date) -> Iterator[Finding]:
    for line in plan.lines:
        cost = plan.costs.get(line.section) if line.tax == plan.tax else None
        if line.eligible is not None and line.brings > line.eligible:
            yield _above(rule, line, "son assiette éligible", line.brings - line.eligible)
        elif cost is not None and line.brings > cost:
            yield _above(rule, line, "le coût", line.brings - cost)
        if line.eligible is not None and cost is not None and line.eligible > cost:
            yield Finding(
                rule,
                f"{line.title} : l’assiette éligible dépasse le coût "
                f"de {money(line.eligible - cost)}.",
                "Vérifiez le coût, hors taxes ou toutes taxes comprises, puis l’assiette.",
                missing=line.eligible - cost,
                line_id=line.id,
                severity=rule.severity,
            )


def _above(rule: MoneyRule, line: PlanLine, limit: str, amount: Decimal) -> Finding:
    return Finding(
        rule,
        f"{line.title} : le montant dépasse {limit} de {money(amount)}.",
        "Corrigez le montant ou l’assiette d’après l’arrêté ou la demande.",
        missing=amount,
        line_id=line.id,
        severity=rule.severity,
    )


def overpaid(rule: MoneyRule, plan: Plan, today: date) -> Iterator[Finding]:
    for line in plan.lines:
        if line.payments and line.granted is None:
            yield Finding(
                rule,
                f"{line.title} : {money(line.paid)} versés sans notification ni convention.",
                "Saisissez le montant notifié ou conventionné et sa date.",
                missing=line.paid,
                line_id=line.id,
                severity=rule.severity,
            )
        elif line.granted and line.paid > line.granted.euros:
            yield Finding(
                rule,
                f"{line.title} : les versements dépassent l’attribution "
                f"de {money(line.paid - line.granted.euros)}.",
                "Vérifiez les versements, ou saisissez l’avenant qui relève l’attribution.",
                missing=line.paid - line.granted.euros,
                line_id=line.id,
                severity=rule.severity,
            )
