"""From rows to values: the plan of an operation, its gate, with what somebody may see of it."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from maillage.operations.funding_sources import funding_sources
from maillage.operations.models import FundingLine, Operation
from maillage.operations.money_rules import Finding
from maillage.operations.money_rules.checks import findings
from maillage.operations.plan import Amount, Derogation, Owner, Plan, PlanLine, Section
from maillage.operations.readiness import Dossier

#: A commune’s code starts with that of its département, of three figures overseas.
OVERSEAS = ("97", "98")


def plan_line(row: FundingLine) -> PlanLine:
    """``payments`` and ``funder`` are read with the row, or asked for."""
    section: Section = "running" if row.section == "running" else "investment"
    return PlanLine(
        id=row.pk,
        source=funding_sources()[row.source],
        section=section,
        funder_id=row.funder_id,
        funder=row.funder.name if row.funder else "",
        tax="ttc" if row.tax == "ttc" else "ht",
        eligible=row.eligible,
        asked=_amount(row.asked, row.asked_on),
        notified=_amount(row.notified, row.notified_on),
        agreed=_amount(row.agreed, row.agreed_on),
        payments=tuple(Amount(item.amount, item.paid_on) for item in row.payments.all()),
        received_on=row.received_on,
        opinion_on=row.opinion_on,
        extended_start=row.extended_start,
        extended_completion=row.extended_completion,
        refused=row.refused_on is not None,
        lapsed=row.lapsed_on is not None,
        file_number=row.file_number,
        order=row.order,
        envelope=row.envelope,
        agreement=row.agreement,
        purpose=row.purpose,
    )


def _amount(euros: Decimal | None, day: date | None) -> Amount | None:
    return None if euros is None else Amount(euros, day)


def plan_of(
    operation: Operation,
    rows: Iterable[FundingLine],
    today: date,
    others: Mapping[str, str] | None = None,
    elsewhere: Mapping[str, str] | None = None,
) -> Plan:
    """``rows`` are the lines to count; ``others`` the file numbers that other operations of the
    contract use, by number, ``elsewhere`` those of other contracts."""
    return Plan(
        owners=tuple(
            Owner(item.organisation_id, item.organisation.name, item.organisation.nature)
            for item in operation.pilots.all()
        ),
        costs={"investment": operation.investment_cost, "running": operation.running_cost},
        lines=tuple(plan_line(row) for row in rows),
        tax="ttc" if operation.tax == "ttc" else "ht",
        starts_on=operation.starts_on,
        ends_on=operation.ends_on,
        started=_started(operation, today),
        finished=operation.phase == "operation" and operation.status == "finished",
        departements=frozenset(departement(code) for code in operation.communes),
        lead_competence=operation.lead_competence,
        early=operation.early,
        signed_on=operation.contract.signed_on,
        derogations=tuple(
            Derogation(item.rule, item.act, item.author, item.granted_on)
            for item in operation.derogations.all()
        ),
        others=others or {},
        elsewhere=elsewhere or {},
    )


def _started(operation: Operation, today: date) -> bool:
    begun = operation.starts_on is not None and operation.starts_on <= today
    return operation.phase == "operation" and begun


def departement(commune: str) -> str:
    """Code of the département a commune’s code starts with."""
    return commune[:3] if commune.startswith(OVERSEAS) else commune[:2]


def dossier_of(operation: Operation, found: tuple[Finding, ...], lines: int) -> Dossier:
    return Dossier(
        description=operation.description,
        owners=len(operation.pilots.all()),
        referent=operation.referent,
        orientation=operation.orientation_id is not None,
        outside=operation.outside,
        communes=len(operation.communes),
        cost_known=operation.investment_cost is not None or operation.running_cost is not None,
        lines=lines,
        starts_on=operation.starts_on,
        ends_on=operation.ends_on,
        ecology=operation.ecology,
        questions=frozenset(item.question for item in operation.indicators.all()),
        opinion=operation.cotech_opinion,
        findings=found,
    )


def gate_dossier(operation: Operation, today: date) -> Dossier:
    """What the gate judges: what is programmed and what the collectivités prepare, whoever asks;
    never the State’s simulations."""
    rows = list(
        operation.lines.exclude(kind="simulation")
        .select_related("funder")
        .prefetch_related("payments")
    )
    found = findings(plan_of(operation, rows, today), today)
    return dossier_of(operation, found, len(rows))
