"""Dates: the request before the start, each stage after the last, and grants about to lapse."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from maillage.common.french import counted, long_date
from maillage.operations.money import money
from maillage.operations.money_rules import Finding, MoneyRule
from maillage.operations.plan import Plan, PlanLine


def early_start(rule: MoneyRule, plan: Plan, today: date) -> Iterator[Finding]:
    start = plan.starts_on
    for line in plan.of("investment"):
        state = line.source.family == "state"
        received = line.received_on or (line.asked.day if line.asked else None)
        if state and start and received and start < received:
            yield Finding(
                rule,
                f"{line.title} : l’opération démarre le {long_date(start)}, avant la réception "
                f"de la demande le {long_date(received)}.",
                "Décalez le démarrage, ou saisissez l’autorisation du préfet comme dérogation.",
                line_id=line.id,
                severity=rule.severity,
            )


def dates_order(rule: MoneyRule, plan: Plan, today: date) -> Iterator[Finding]:
    for line in plan.lines:
        stages = [
            (name, amount.day)
            for name, amount in (
                ("la demande", line.asked),
                ("la notification", line.notified),
                ("la convention", line.agreed),
                *(("un versement", payment) for payment in line.payments[:1]),
            )
            if amount and amount.day
        ]
        for (before, first), (after, then) in pairwise(stages):
            if then < first:
                yield Finding(
                    rule,
                    f"{line.title} : {after} ({long_date(then)}) précède {before} "
                    f"({long_date(first)}).",
                    "Corrigez l’une des deux dates.",
                    line_id=line.id,
                    severity=rule.severity,
                )


def before_signature(rule: MoneyRule, plan: Plan, today: date) -> Iterator[Finding]:
    """A contract that is not signed yet is before its signature, whatever the day of the grant."""
    if plan.early:
        return
    for line in plan.lines:
        granted = line.granted
        if granted is None or plan.is_own(line):
            continue
        day = granted.day
        if plan.signed_on is None:
            when = "alors que le contrat n’est pas signé"
        elif day and day < plan.signed_on:
            when = "avant la signature du contrat"
        else:
            continue
        on = f" le {long_date(day)}" if day else ""
        yield Finding(
            rule,
            f"{line.title} : notifiée{on}, {when}.",
            "Marquez l’opération « préfiguratrice », ou vérifiez la date.",
            line_id=line.id,
            severity=rule.severity,
        )


def lapse(rule: MoneyRule, plan: Plan, today: date) -> Iterator[Finding]:
    """Told ``watch_days`` ahead; a passed deadline is an error."""
    watched = timedelta(days=int(rule.value("watch_days")))
    for line in plan.of("investment"):
        due = deadline(plan, line)
        if due is None or due[1] - today > watched:
            continue
        kind, day = due
        yield lapse_of(rule, line, kind, day, today)


def lapse_of(rule: MoneyRule, line: PlanLine, kind: str, day: date, today: date) -> Finding:
    """What to say of a grant whose delay is known already, as ``deadline`` tells it."""
    delays, granted = line.source.delays, line.granted
    assert delays is not None  # a line without them has no deadline
    assert granted is not None
    left = (day - today).days
    unpaid = granted.euros - line.paid
    act = "ne démarre pas" if kind == "start" else "n’est pas achevée"
    when = f"dans {counted(left, 'jour')}" if left >= 0 else f"depuis {counted(-left, 'jour')}"
    part = f" ({money(line.paid)} versés, {money(unpaid)} à perdre)" if line.payments else ""
    return Finding(
        rule,
        f"{line.title} : caduque {when}, le {long_date(day)}, si l’opération {act}{part}."
        if left >= 0
        else f"{line.title} : caduque {when} : l’opération devait avoir "
        f"{'démarré' if kind == 'start' else 'été achevée'} le {long_date(day)}{part}.",
        delays.remedy_start if kind == "start" else delays.remedy_completion,
        missing=unpaid,
        line_id=line.id,
        due=day,
        severity="error" if left < 0 else rule.severity,
    )


def deadline(plan: Plan, line: PlanLine) -> tuple[str, date] | None:
    """Which delay runs on a grant, « start » or « completion », and its last day.

    To start: from the notification. To finish: from the start. None when nothing runs: no delay,
    nothing granted, paid in full, finished, or a date that is not known.
    """
    delays, granted = line.source.delays, line.granted
    done = granted is not None and line.paid >= granted.euros
    if delays is None or granted is None or done or plan.finished or line.refused or line.lapsed:
        return None
    if plan.started and plan.starts_on:
        years = delays.completion_years
        years += delays.completion_extension if line.extended_completion else 0
        return "completion", years_after(plan.starts_on, years)
    notified = (line.notified or granted).day
    if notified is None:
        return None
    years = delays.start_years + (delays.start_extension if line.extended_start else 0)
    return "start", years_after(notified, years)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 28 February when there is no 29."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
