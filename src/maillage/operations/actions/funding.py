"""Lines of money: written, sent, answered, paid; the State’s simulations apart."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from maillage.accounts.conflicts import claim, save_revised
from maillage.accounts.journal import record
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.common.french import plural
from maillage.operations.funding_sources import funding_sources
from maillage.operations.models import Derogation, FundingLine, Operation, Payment, YearShare
from maillage.operations.money import ZERO, money
from maillage.operations.money_rules import money_rules

WRITABLE = frozenset(
    {
        *("source", "funder_id", "section", "purpose", "tax", "eligible", "asked", "asked_on"),
        *("received_on", "opinion_on", "notified", "notified_on", "agreed", "agreed_on"),
        *("refused_on", "lapsed_on", "extended_start", "extended_completion", "file_number"),
        *("order", "envelope", "agreement", "level", "answer", "call_id"),
    }
)


@transaction.atomic
def add_line(
    *,
    operation: Operation,
    source: str,
    by: Viewer | None,
    at: datetime,
    kind: str = "programme",
    author_id: int | None = None,
    fields: Mapping[str, Any] | None = None,
) -> FundingLine:
    """``kind``: programme, draft or simulation; the last two are seen by their own side only.

    In the tax basis of the operation’s cost, unless ``fields`` say otherwise.
    """
    given = _checked({"source": source, "tax": operation.tax, **(fields or {})}, kind)
    made = FundingLine.objects.create(operation=operation, kind=kind, author_id=author_id, **given)
    say_line(made, "added", by, at, after={**given, "kind": kind})
    return made


@transaction.atomic
def edit_line(
    *,
    line: FundingLine,
    revision: int,
    fields: Mapping[str, Any],
    by: Viewer | None,
    at: datetime,
) -> None:
    """ConflictError when somebody saved it since ``revision``; InputError on a bad field."""
    before, after = save_revised(line, revision, _checked(fields, line.kind))
    say_line(line, "edited", by, at, before, after)


@transaction.atomic
def remove_line(*, line: FundingLine, revision: int, by: Viewer | None, at: datetime) -> None:
    """A line that was paid stays: it is marked refused or lapsed. ConflictError."""
    if line.payments.exists():
        raise InputError(
            problem="une ligne qui a reçu un versement ne se retire pas.",
            remedy="saisissez sa date de refus ou de caducité.",
        )
    claim(line, revision)
    gone = {"source": line.source, "asked": line.asked, "kind": line.kind}
    say_line(line, "removed", by, at, before=gone)
    line.delete()


@transaction.atomic
def send_draft(
    *, line: FundingLine, revision: int, today: date | None, by: Viewer | None, at: datetime
) -> None:
    """The collectivité’s draft becomes a request: the State and the funder see it from now on.

    ``today`` dates the request unless it is dated; None when nobody knows the day.
    """
    if line.kind != "draft":
        raise InputError(problem="cette ligne est déjà envoyée.", remedy="rechargez la page.")
    if line.asked is None:
        raise InputError(
            problem="une demande a un montant.", remedy="saisissez le montant demandé."
        )
    changes = {"kind": "programme", "sent_at": at, "asked_on": line.asked_on or today}
    before, after = save_revised(line, revision, changes)
    say_line(line, "sent", by, at, before, after)


@transaction.atomic
def keep_simulation(*, line: FundingLine, revision: int, by: Viewer | None, at: datetime) -> None:
    """The State programmes what it simulated: the parties see it from now on."""
    if line.kind != "simulation":
        raise InputError(problem="cette ligne n’est pas une simulation.", remedy="rechargez-la.")
    before, after = save_revised(line, revision, {"kind": "programme", "sent_at": at})
    say_line(line, "programmed", by, at, before, after)


@transaction.atomic
def pay(
    *,
    line: FundingLine,
    amount: Decimal,
    day: date,
    by: Viewer | None,
    at: datetime,
    reference: str = "",
) -> Payment:
    """Money that came in. InputError for nothing."""
    if amount <= 0:
        raise InputError(problem="un versement est positif.", remedy="corrigez le montant.")
    made = Payment.objects.create(line=line, paid_on=day, amount=amount, reference=reference)
    say_line(line, "paid", by, at, after={"amount": amount, "paid_on": day})
    return made


@transaction.atomic
def spread(
    *,
    line: FundingLine,
    revision: int,
    years: Mapping[int, tuple[Decimal, Decimal]],
    by: Viewer | None,
    at: datetime,
) -> None:
    """Committed (AE) and payable (CP) by year, in place of what was. InputError beyond the line;
    ConflictError, by year, when somebody saved the line since ``revision``."""
    stage = line.agreed or line.notified or line.asked or ZERO
    for rank, name in enumerate(("engagements", "paiements")):
        planned = sum((pair[rank] for pair in years.values()), ZERO)
        if planned > stage:
            raise InputError(
                problem=f"les {name} par année dépassent la ligne de {money(planned - stage)}.",
                remedy=f"corrigez {plural(len(years), 'l’année', 'les années')}.",
            )
    before = {str(item.year): [item.committed, item.payable] for item in line.years.all()}
    after = {str(year): list(pair) for year, pair in years.items() if any(pair)}
    claim(line, revision, mine=after, now=before)
    line.years.all().delete()
    YearShare.objects.bulk_create(
        YearShare(line=line, year=year, committed=committed, payable=payable)
        for year, (committed, payable) in sorted(years.items())
        if committed or payable
    )
    say_line(line, "spread", by, at, before, after)


@transaction.atomic
def derogate(
    *,
    operation: Operation,
    revision: int,
    rule: str,
    act: str,
    author: str,
    day: date,
    by: Viewer | None,
    at: datetime,
) -> Derogation:
    """A rule set aside for an operation; arithmetic is not. InputError without act or author;
    ConflictError when somebody saved the operation since ``revision``."""
    known = money_rules().get(rule)
    if known is None or known.severity == "error":
        raise InputError(
            problem="cette règle n’admet pas de dérogation.", remedy="corrigez le plan.", value=rule
        )
    if not act.strip() or not author.strip():
        raise InputError(
            problem="une dérogation est un acte d’une autorité.",
            remedy="citez l’acte et son auteur.",
        )
    given = {"act": act.strip(), "author": author.strip(), "granted_on": day}
    held = operation.derogations.filter(rule=rule).values(*given).first()
    claim(operation, revision, mine=given, now=held or dict.fromkeys(given))
    made, _ = Derogation.objects.update_or_create(operation=operation, rule=rule, defaults=given)
    record(
        by=by,
        at=at,
        verb="derogated",
        kind="operation",
        id=operation.pk,
        contract_id=operation.contract_id,
        before=held,
        after={"rule": rule, **given},
    )
    return made


def _checked(fields: Mapping[str, Any], kind: str) -> dict[str, Any]:
    given = dict(fields)
    if set(given) - WRITABLE:
        raise InputError(
            problem="ce renseignement ne se modifie pas ici.",
            remedy="servez-vous du formulaire de la ligne.",
            value=", ".join(sorted(set(given) - WRITABLE)),
        )
    if "source" in given and given["source"] not in funding_sources():
        raise InputError(
            problem="cette source n’est pas connue.",
            remedy="choisissez-en une dans la liste.",
            value=str(given["source"]),
        )
    if kind != "programme":
        given["level"] = "parties"
    return given


def say_line(
    line: FundingLine,
    verb: str,
    by: Viewer | None,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """In the journal. That of private work is kept apart, under its own kind: pages show it to
    its side."""
    record(
        by=by,
        at=at,
        verb=verb,
        kind="line" if line.kind == "programme" else f"line_{line.kind}",
        id=line.pk,
        contract_id=line.operation.contract_id,
        before=before,
        after={**(after or {}), "operation_id": line.operation_id},
    )
