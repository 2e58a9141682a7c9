"""What a source may pay, for whom, on whose opinion, and only once."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from maillage.operations.money import money
from maillage.operations.money_rules import Finding, MoneyRule
from maillage.operations.plan import SECTIONS, Plan


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
        number = line.file_number
        other = plan.others.get(number, "") if number else ""
        if number and (here[number] > 1 or other):
            place = f"l’opération « {other} »" if other else "une autre ligne de l’opération"
            yield Finding(
                rule,
                f"{line.title} : le dossier n° {number} figure aussi dans {place}.",
                "Gardez le dossier sur une seule ligne, ou corrigez son numéro.",
                line_id=line.id,
                severity=rule.severity,
            )
