"""« Ce qui m’attend »: what is due, missing or at risk in the contracts somebody works for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet

from maillage.accounts.perms import Subject, can
from maillage.accounts.viewers import Viewer
from maillage.common.french import counted, long_date
from maillage.contracts.models import Contract
from maillage.operations.access import of_contracts, of_operation
from maillage.operations.models import Operation, Proposal
from maillage.operations.planned import dossier_of
from maillage.operations.portfolio import Reviewed, review_across
from maillage.operations.readiness import missing
from maillage.operations.requests import Request, requests_to

KINDS: Mapping[str, str] = {
    "lapse": "Subvention près de la caducité",
    "step": "Prochaine étape",
    "missing": "Pièces manquantes",
    "lost": "Fiche action à reprendre",
    "proposal": "Fiche proposée",
    "request": "Demande de financement",
    "term": "Échéance du contrat",
}
STEP_DAYS, START_DAYS, TERM_DAYS = 45, 120, 365
#: Roles that work for every contract of their places, not only those that name them.
_BY_PLACE = frozenset({"local_agent", "sous_prefecture", "prefecture"})


@dataclass(frozen=True)
class Due:
    """One thing that waits. ``day`` is None when nothing fixes it; ``key`` names it in calendars.

    ``amount`` is in euros; ``operation`` and ``line_id`` tell where to go.
    """

    kind: str
    day: date | None
    title: str
    text: str
    remedy: str
    contract: Contract
    key: str
    operation: Operation | None = None
    line_id: int | None = None
    amount: Decimal | None = None
    urgent: bool = False


def agenda(viewer: Viewer, today: date) -> tuple[Due, ...]:
    """The soonest first, what has no day last. A constant number of questions to the base."""
    contracts = list(contracts_of(viewer))
    subjects = of_contracts(contracts)
    rows = review_across(viewer, subjects, today)
    mine = [row for row in rows if _works_on(viewer, row, subjects)]
    found = [
        *(due for row in mine for due in _of_operation(row, today)),
        *(due for row in mine for due in _lost(row) if _writes(viewer, row, subjects)),
        *_proposals(viewer, contracts, subjects),
        *_terms(viewer, contracts, subjects, today),
        *(_request(item) for item in requests_to(viewer) if item.waiting),
    ]
    return tuple(sorted(found, key=lambda due: (due.day or date.max, due.kind, due.title)))


def first_of(dues: Iterable[Due], count: int) -> tuple[Due, ...]:
    """What to look at first: money about to be lost, what is late, then the soonest."""
    return tuple(sorted(dues, key=lambda due: (not due.urgent, due.kind != "lapse"))[:count])


def contracts_of(viewer: Viewer) -> QuerySet[Contract]:
    """Those that a membership names, and those over whose places the viewer works."""
    named = {c.contract_id for c in viewer.capacities if c.contract_id is not None}
    places = {
        place
        for c in viewer.capacities
        if c.contract_id is None and c.role in _BY_PLACE
        for place in c.places
    }
    return Contract.objects.filter(Q(pk__in=named) | Q(places__place__in=places)).distinct()


def _works_on(viewer: Viewer, row: Reviewed, subjects: Mapping[int, Subject]) -> bool:
    """The chef de projet on all, an agent on those of their organisation, the State on its own."""
    subject = of_operation(row.operation, subjects[row.operation.contract_id])
    strong = Viewer(viewer.person_id, viewer.name, viewer.capacities, strong=True)
    return can(strong, "operation.edit", subject) or can(strong, "lines.simulate", subject)


def _writes(viewer: Viewer, row: Reviewed, subjects: Mapping[int, Subject]) -> bool:
    """Who sees the collectivités’ drafts too: without them a plan may seem short."""
    subject = of_operation(row.operation, subjects[row.operation.contract_id])
    strong = Viewer(viewer.person_id, viewer.name, viewer.capacities, strong=True)
    return can(strong, "operation.edit", subject)


def _lost(row: Reviewed) -> Iterator[Due]:
    """A fiche action that a later change has left incomplete."""
    if row.lost:
        names = ", ".join(item.title.lower() for item in row.lost)
        yield Due(
            kind="lost",
            day=None,
            title=row.operation.title,
            text=f"Cette fiche action ne remplit plus toutes ses conditions : {names}.",
            remedy="Complétez-la, ou refaites-en une fiche projet.",
            contract=row.operation.contract,
            key=f"lost-{row.operation.key}",
            operation=row.operation,
        )


def _of_operation(row: Reviewed, today: date) -> Iterator[Due]:
    operation = row.operation
    if row.group in {"done", "dropped"}:
        return
    for finding in row.standing:
        if finding.due:
            yield Due(
                kind="lapse",
                day=finding.due,
                title=operation.title,
                text=finding.what,
                remedy=finding.remedy,
                contract=operation.contract,
                key=f"lapse-{finding.line_id}-{finding.due:%Y%m%d}",
                operation=operation,
                line_id=finding.line_id,
                amount=finding.missing,
                urgent=(finding.due - today).days <= 60,
            )
    yield from _step(operation, today)
    yield from _missing(row, today)


def _step(operation: Operation, today: date) -> Iterator[Due]:
    day = operation.next_step_on
    if day is None or day - today > timedelta(days=STEP_DAYS):
        return
    late = (today - day).days
    yield Due(
        kind="step",
        day=day,
        title=operation.title,
        text=operation.next_step or "Étape sans intitulé.",
        remedy=f"En retard de {counted(late, 'jour')} : faites le point ou reportez la date."
        if late > 0
        else "Préparez l’étape, ou reportez sa date.",
        contract=operation.contract,
        key=f"step-{operation.key}",
        operation=operation,
        urgent=late > 0,
    )


def _missing(row: Reviewed, today: date) -> Iterator[Due]:
    """A fiche projet that should start soon and is not ready."""
    operation = row.operation
    start = operation.starts_on
    soon = start is not None and start - today <= timedelta(days=START_DAYS)
    if operation.stage != "project" or operation.phase == "operation":
        return
    if start is None or not soon:
        return
    lines = len([line for line in row.lines if line.kind != "simulation"])
    lacking = missing(dossier_of(operation, row.findings, lines), today)
    if lacking:
        names = ", ".join(item.title.lower() for item in lacking)
        yield Due(
            kind="missing",
            day=start,
            title=operation.title,
            text=f"Début prévu le {long_date(start)} ; il manque : {names}.",
            remedy="Complétez la fiche, puis faites-en une fiche action.",
            contract=operation.contract,
            key=f"missing-{operation.key}",
            operation=operation,
        )


def _proposals(
    viewer: Viewer, contracts: Iterable[Contract], subjects: Mapping[int, Subject]
) -> Iterator[Due]:
    strong = Viewer(viewer.person_id, viewer.name, viewer.capacities, strong=True)
    handled = [c.pk for c in contracts if can(strong, "proposal.handle", subjects[c.pk])]
    waiting = Proposal.objects.filter(contract_id__in=handled, state="received")
    for item in waiting.select_related("contract"):
        yield Due(
            kind="proposal",
            day=None,
            title=item.title,
            text=f"Proposée par {item.owner} le {long_date(item.received_at.date())}.",
            remedy="Acceptez-la, fusionnez-la avec une opération ou retournez-la.",
            contract=item.contract,
            key=f"proposal-{item.pk}",
        )


def _terms(
    viewer: Viewer, contracts: Iterable[Contract], subjects: Mapping[int, Subject], today: date
) -> Iterator[Due]:
    strong = Viewer(viewer.person_id, viewer.name, viewer.capacities, strong=True)
    for contract in contracts:
        end = contract.ends_on
        near = end is not None and timedelta(0) <= end - today <= timedelta(days=TERM_DAYS)
        if (
            near
            and contract.status == "in_force"
            and can(strong, "contract.advance", subjects[contract.pk])
        ):
            yield Due(
                kind="term",
                day=end,
                title=contract.name,
                text="Le contrat arrive à échéance.",
                remedy="Préparez son bilan, sa prolongation ou son renouvellement.",
                contract=contract,
                key=f"term-{contract.uuid}",
            )


def _request(item: Request) -> Due:
    return Due(
        kind="request",
        day=None,
        title=item.operation.title,
        text=f"{item.line.title} : {item.asked_text} demandés par {item.owners}.",
        remedy="Notifiez, conventionnez ou refusez, avec la référence de l’acte.",
        contract=item.operation.contract,
        key=f"request-{item.row.key}",
        operation=item.operation,
        line_id=item.row.pk,
        amount=item.line.asked.euros if item.line.asked else None,
    )
