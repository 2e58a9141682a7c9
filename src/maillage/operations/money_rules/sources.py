"""What a source may pay, for whom, on whose opinion, and only once."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from maillage.common.french import counted
from maillage.operations.money import money
from maillage.operations.money_rules import Finding, MoneyRule
from maillage.operations.plan import SECTIONS, Plan, PlanLine


def source_scope(rule: MoneyRule, plan: Plan, today: date) -> Iterator[Finding]:
    for line in plan.lines:
        allowed = line.source.sections
        if line.section not in allowed:
            yield Finding(
                rule,
                f"{line.title} ne finance pas la section {SECTIONS[line.section].lower()}.",
                "Passez la ligne dans l’autre section, ou choisissez une autre source.",
                line_id=line.id,
                severity=rule.severity,
            )
        out = [o.name for o in plan.owners if o.nature not in line.source.owners]
        if line.source.owners and out:
            yield Finding(
                rule,
                f"{line.title} : {out[0]} n’est pas un bénéficiaire prévu par cette source.",
                "Vérifiez qui porte l’opération, ou choisissez une autre source.",
                line_id=line.id,
                severity=rule.severity,
            )


def elected_opinion(rule: MoneyRule, plan: Plan, today: date) -> Iterator[Finding]:
    for line in plan.lines:
        threshold = line.source.opinion_from
        stage = line.asked or line.notified
        if threshold and stage and stage.euros >= threshold and line.opinion_on is None:
            yield Finding(
                rule,
                f"{line.title} : {money(stage.euros)} demandés, l’avis de la commission d’élus "
                "n’est pas daté.",
                "Saisissez la date de l’avis, ou demandez à la préfecture l’inscription à l’ordre "
                "du jour.",
                line_id=line.id,
                severity=rule.severity,
            )


def counted_twice(rule: MoneyRule, plan: Plan, today: date) -> Iterator[Finding]:
    here = Counter(line.file_number for line in plan.lines if line.file_number)
    for line in plan.lines:
        for place in _places(plan, line, here[line.file_number]):
            yield Finding(
                rule,
                f"{line.title} : {place}.",
                "Gardez le dossier sur une seule ligne, ou corrigez son numéro.",
                line_id=line.id,
                severity=rule.severity,
            )
    yield from _unnumbered(rule, plan)


def _places(plan: Plan, line: PlanLine, times: int) -> Iterator[str]:
    """Where else the file of a line is, as a sentence."""
    number = line.file_number
    if number and plan.others.get(number):
        yield f"le dossier n° {number} figure aussi dans l’opération « {plan.others[number]} »"
    elif times > 1:
        yield f"le dossier n° {number} figure aussi dans une autre ligne de l’opération"
    if number and number in plan.elsewhere:
        yield (
            f"le dossier n° {number} figure aussi dans {plan.elsewhere[number]}"
            if plan.elsewhere[number]
            else "un dossier du même numéro existe dans un autre contrat"
        )


def _unnumbered(rule: MoneyRule, plan: Plan) -> Iterator[Finding]:
    """Lines that nothing tells apart: perhaps one aid typed twice, which a person alone knows."""
    alike: dict[tuple[object, ...], list[PlanLine]] = {}
    for line in plan.lines:
        if line.brings and not line.file_number:
            told = (line.source.id, line.section, line.funder_id, line.purpose)
            alike.setdefault(told, []).append(line)
    for lines in alike.values():
        if len(lines) > 1:
            yield Finding(
                rule,
                f"{lines[0].title} : {counted(len(lines), 'ligne')} sans numéro de dossier, que "
                "rien ne distingue.",
                "Réunissez-les, ou donnez à chacune son numéro, son financeur ou son objet.",
                line_id=lines[1].id,
                severity="warning",
            )
