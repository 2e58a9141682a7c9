"""Kept dues as sentences: what waits, why, what to do."""

from collections.abc import Callable, Mapping
from datetime import date

from django.db.models import QuerySet

from maillage.common.french import counted, long_date
from maillage.operations.dues.due import Due
from maillage.operations.dues.kinds import URGENT_DAYS
from maillage.operations.dues.sources import said_elsewhere
from maillage.operations.models import KeptDue
from maillage.operations.money import money
from maillage.operations.money_rules import money_rules
from maillage.operations.money_rules.calendar import lapse_of
from maillage.operations.planned import plan_line
from maillage.operations.readiness import READY

_TITLES = {condition.code: condition.title.lower() for condition in READY}


def worded(rows: QuerySet[KeptDue], today: date) -> tuple[Due, ...]:
    """In the order of the rows; a constant number of questions to the base."""
    found = rows.select_related("contract", "operation", "proposal", "line__funder", "line__call")
    read = list(found.prefetch_related("line__payments"))
    others = said_elsewhere(read, today)
    return tuple(others.get(row.pk) or _SAYERS[row.kind](row, today) for row in read)


def _lapse(row: KeptDue, today: date) -> Due:
    assert row.line is not None
    assert row.day is not None
    found = lapse_of(money_rules()["lapse"], plan_line(row.line), row.detail, row.day, today)
    return Due(
        kind="lapse",
        day=row.day,
        title=str(row.operation),
        text=found.what,
        remedy=found.remedy,
        contract=row.contract,
        key=f"lapse-{row.line_id}-{row.day:%Y%m%d}",
        operation=row.operation,
        line_id=row.line_id,
        amount=found.missing,
        urgent=(row.day - today).days <= URGENT_DAYS,
    )


def _step(row: KeptDue, today: date) -> Due:
    operation = row.operation
    assert operation is not None
    assert row.day is not None
    late = (today - row.day).days
    return Due(
        kind="step",
        day=row.day,
        title=operation.title,
        text=operation.next_step or "Étape sans intitulé.",
        remedy=f"En retard de {counted(late, 'jour')} : faites le point ou reportez la date."
        if late > 0
        else "Préparez l’étape, ou reportez sa date.",
        contract=row.contract,
        key=f"step-{operation.key}",
        operation=operation,
        urgent=late > 0,
    )


def _missing(row: KeptDue, today: date) -> Due:
    """A fiche projet that should start soon and is not ready."""
    operation = row.operation
    assert operation is not None
    assert row.day is not None
    start = "Le début était prévu" if row.day < today else "Début prévu"
    return Due(
        kind="missing",
        day=row.day,
        title=operation.title,
        text=f"{start} le {long_date(row.day)} ; il manque : {_names(row)}.",
        remedy="Complétez la fiche, puis faites-en une fiche action.",
        contract=row.contract,
        key=f"missing-{operation.key}",
        operation=operation,
    )


def _lost(row: KeptDue, today: date) -> Due:
    """A fiche action that a later change has left incomplete."""
    operation = row.operation
    assert operation is not None
    return Due(
        kind="lost",
        day=None,
        title=operation.title,
        text=f"Cette fiche action ne remplit plus toutes ses conditions : {_names(row)}.",
        remedy="Complétez-la, ou refaites-en une fiche projet.",
        contract=row.contract,
        key=f"lost-{operation.key}",
        operation=operation,
    )


def _names(row: KeptDue) -> str:
    return ", ".join(_TITLES[code] for code in row.detail.split(","))


def _proposal(row: KeptDue, today: date) -> Due:
    item = row.proposal
    assert item is not None
    return Due(
        kind="proposal",
        day=None,
        title=item.title,
        text=f"Proposée par {item.owner} le {long_date(item.received_at.date())}.",
        remedy="Acceptez-la, fusionnez-la avec une opération ou retournez-la.",
        contract=row.contract,
        key=f"proposal-{item.pk}",
    )


def _term(row: KeptDue, today: date) -> Due:
    assert row.day is not None
    over = row.day < today
    return Due(
        kind="term",
        day=row.day,
        title=row.contract.name,
        text="Le contrat est arrivé à échéance." if over else "Le contrat arrive à échéance.",
        remedy="Constatez son échéance ; puis prolongez-le, renouvelez-le ou préparez sa clôture."
        if over
        else "Préparez son bilan, sa prolongation ou son renouvellement.",
        contract=row.contract,
        key=f"term-{row.contract.uuid}",
        urgent=over,
    )


def _answered(row: KeptDue, today: date) -> Due:
    assert row.line is not None
    assert row.operation is not None
    line = plan_line(row.line)
    told = {
        "notify": ("notifiés", line.notified, row.line.notified_on, row.line.order),
        "agree": ("conventionnés", line.agreed, row.line.agreed_on, row.line.agreement),
        "refuse": ("demande refusée", None, row.line.refused_on, row.line.order),
    }
    verb, amount, day, reference = told[row.line.answered_as]
    what = f"{money(amount.euros)} {verb}" if amount else verb
    on = f" le {long_date(day)}" if day else ""
    return Due(
        kind="answered",
        day=None,
        title=row.operation.title,
        text=f"{line.title} : {what}{on} ({reference}).",
        remedy="Mettez à jour le plan de financement et le calendrier de l’opération.",
        contract=row.contract,
        key=f"answered-{row.line_id}-{row.line.answered_at:%Y%m%d}",
        operation=row.operation,
        line_id=row.line_id,
    )


def _call(row: KeptDue, today: date) -> Due:
    assert row.line is not None
    assert row.line.call is not None
    assert row.operation is not None
    assert row.day is not None
    over = row.day < today
    return Due(
        kind="call",
        day=row.day,
        title=row.operation.title,
        text=f"{row.line.call.name} ({row.line.call.funder}) "
        f"{'était clos' if over else 'se clôt'} le {long_date(row.day)}.",
        remedy="Retirez le brouillon, ou visez un autre appel."
        if over
        else "Déposez la demande, puis envoyez le brouillon.",
        contract=row.contract,
        key=f"call-{row.line_id}-{row.day:%Y%m%d}",
        operation=row.operation,
        line_id=row.line_id,
        urgent=over,
    )


_SAYERS: Mapping[str, Callable[[KeptDue, date], Due]] = {
    "lapse": _lapse,
    "step": _step,
    "missing": _missing,
    "lost": _lost,
    "proposal": _proposal,
    "term": _term,
    "answered": _answered,
    "call": _call,
}
