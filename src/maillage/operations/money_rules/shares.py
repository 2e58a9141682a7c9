"""Whose money: the owner’s minimum share, and the ceiling of public aid.

Owner’s share (CGCT, L1111-10 III): own / (own + public money of others), in an investment of a
local authority; private money is outside both sides of the fraction.
"""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_UP, Decimal

from maillage.common.french import NO_BREAK
from maillage.operations.money import CENT, money
from maillage.operations.money_rules import Finding, MoneyRule
from maillage.operations.plan import Plan, Section

SECTION: Section = "investment"


def owner_share(rule: MoneyRule, plan: Plan, today: date) -> Iterator[Finding]:
    if not plan.lead_competence:
        yield from _share(rule, plan)


def owner_share_lead(rule: MoneyRule, plan: Plan, today: date) -> Iterator[Finding]:
    if plan.lead_competence:
        yield from _share(rule, plan)


def _share(rule: MoneyRule, plan: Plan) -> Iterator[Finding]:
    if not _applies(rule, plan):
        return
    least, own, aid = rule.value("share"), plan.own(SECTION), plan.aid(SECTION)
    if not aid or own >= least * (own + aid):
        return
    missing = missing_share(own, aid, least)
    yield Finding(
        rule,
        f"La part du maître d’ouvrage est de {_percent(own / (own + aid))} des financements "
        f"publics, pour {_percent(least)} au moins : il manque {money(missing)}.",
        f"À coût constant, remplacez {money(missing)} d’aide publique par de l’autofinancement ; "
        "ou saisissez la dérogation accordée (acte, auteur, date).",
        missing=missing,
        severity=rule.severity,
    )


def _applies(rule: MoneyRule, plan: Plan) -> bool:
    """Only the investment of authorities; not overseas, nor with a source the text exempts."""
    overseas = bool(plan.departements) and plan.departements <= set(rule.exempt_departements)
    exempt = any(line.source.id in rule.exempt_sources for line in plan.of(SECTION))
    return plan.by_authority and not overseas and not exempt


def missing_share(own: Decimal, aid: Decimal, least: Decimal) -> Decimal:
    """What the owner must take over from aid, to the cent above: the total does not change."""
    return (least * (own + aid) - own).quantize(CENT, rounding=ROUND_UP)


def aid_cap(rule: MoneyRule, plan: Plan, today: date) -> Iterator[Finding]:
    """The strictest cap of the sources present, on the eligible base that source retains."""
    aid = plan.aid(SECTION)
    capped = [
        (line.source.cap * base, line)
        for line in plan.of(SECTION)
        if line.source.cap is not None
        and line.brings
        and (base := line.eligible or plan.costs.get(SECTION))
    ]
    if not capped:
        return
    limit, line = min(capped, key=lambda pair: pair[0])
    if aid > limit:
        yield Finding(
            rule,
            f"Les aides publiques atteignent {money(aid)} ; avec {line.source.short}, elles ne "
            f"dépassent pas {_percent(line.source.cap or Decimal(1))} de l’assiette, "
            f"soit {money(limit)}.",
            f"Réduisez les aides de {money(aid - limit)}, ou vérifiez l’assiette retenue.",
            missing=aid - limit,
            line_id=line.id,
            severity=rule.severity,
        )


def _percent(share: Decimal) -> str:
    """Cut, never rounded up: 19,999 % must not be read as 20 %."""
    cut = (share * 100).quantize(CENT, rounding="ROUND_DOWN")
    text = f"{cut.normalize():f}".replace(".", ",")
    return f"{text}{NO_BREAK}%"
