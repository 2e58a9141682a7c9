"""Whose money: the owner’s minimum share, and the ceiling of public aid.

Owner’s share (CGCT, L1111-10 III): own / (own + public money of others), in an investment of a
local authority; private money is outside both sides of the fraction. Where authorities own an
operation together with others, the rule is theirs: it holds on what they bring.
"""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_UP, Decimal

from maillage.common.french import NO_BREAK
from maillage.operations.money import CENT, money
from maillage.operations.money_rules import Finding, MoneyRule
from maillage.operations.plan import Plan, PlanLine, Section

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
    least, own, aid = rule.value("share"), plan.authorities_own(SECTION), plan.aid(SECTION)
    if not aid or own >= least * (own + aid):
        return
    missing = missing_share(own, aid, least)
    yield Finding(
        rule,
        f"La part {_whose(plan)} est de {_percent(own / (own + aid))} des financements "
        f"publics, pour {_percent(least)} au moins : il manque {money(missing)}.",
        f"À coût constant, remplacez {money(missing)} d’aide publique par de l’autofinancement ; "
        f"ou saisissez la dérogation accordée (acte, auteur, date).{_to_come(rule, plan)}",
        missing=missing,
        severity=rule.severity,
    )


def _whose(plan: Plan) -> str:
    if len(plan.authorities) == len(plan.owners):
        return "du maître d’ouvrage" if len(plan.owners) == 1 else "des maîtres d’ouvrage"
    names = " et ".join(owner.name for owner in plan.authorities)
    return f"des collectivités maîtres d’ouvrage ({names})"


def _applies(rule: MoneyRule, plan: Plan) -> bool:
    """Only the investment of authorities, in one tax basis; not overseas, nor where the text
    leaves the operation to another law."""
    overseas = bool(plan.departements) and plan.departements <= set(rule.exempt_departements)
    exempt = any(_agreed(line) for line in _exempting(rule, plan))
    return bool(plan.authorities) and not (overseas or exempt or plan.mixed(SECTION))


def _exempting(rule: MoneyRule, plan: Plan) -> list[PlanLine]:
    return [line for line in plan.of(SECTION) if line.source.id in rule.exempt_sources]


def _agreed(line: PlanLine) -> bool:
    """The exemption is that of operations under a convention (loi n° 2003-710, articles 9 and
    10-3), not of whoever asks: a request, a refusal or a lapsed grant exempts nothing."""
    return line.agreed is not None and bool(line.brings)


def _to_come(rule: MoneyRule, plan: Plan) -> str:
    hoped = [line.title for line in _exempting(rule, plan) if line.brings]
    return f" La convention {hoped[0]}, une fois signée, écarterait cette règle." if hoped else ""


def missing_share(own: Decimal, aid: Decimal, least: Decimal) -> Decimal:
    """What the owner must take over from aid, to the cent above: the total does not change."""
    return (least * (own + aid) - own).quantize(CENT, rounding=ROUND_UP)


def aid_cap(rule: MoneyRule, plan: Plan, today: date) -> Iterator[Finding]:
    """The strictest cap of the sources present, on the eligible base that source retains; nothing
    where amounts before and after tax would be added."""
    if plan.mixed(SECTION):
        return
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
