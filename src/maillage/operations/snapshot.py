"""The maquette of a contract as it stands: programmed lines only, with the whole fiches and the
strategy they serve.

What is simulated or drafted is in no maquette; a dropped operation brings nothing.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet

from maillage.accounts.journal import plain
from maillage.common.french import filed
from maillage.contracts.models import Contract
from maillage.contracts.snapshot import strategy_of
from maillage.operations.funding_sources import funding_sources
from maillage.operations.models import FundingLine, Operation
from maillage.operations.money import ZERO
from maillage.operations.numbering import rank_of
from maillage.operations.plan import PlanLine
from maillage.operations.planned import plan_line

_FIELDS = (
    *("number", "title", "description", "stage", "ready_on", "phase", "status", "blocked_reason"),
    *("next_step", "next_step_on", "priority", "maturity", "outside", "early", "partners"),
    *("referent", "elected_referent", "starts_on", "ends_on", "beneficiaries", "risks", "ecology"),
    *("communes", "cells", "programmes", "tax", "cotech_opinion", "cotech_on", "cotech_reference"),
)


def snapshot(contract: Contract, lines: QuerySet[FundingLine] | None = None) -> dict[str, Any]:
    """``lines``: those to show; every programmed one unless said. Refused and lapsed ones bring
    nothing and are kept."""
    rows = _read(contract.operations.all(), lines)
    return {
        "contract": {
            **{"slug": contract.slug, "name": contract.name, "code": contract.code},
            "kind": contract.kind,
        },
        "strategy": strategy_of(contract),
        "operations": [_operation(row) for row in sorted(rows, key=_order)],
    }


def snapshot_of_one(operation: Operation, lines: QuerySet[FundingLine]) -> dict[str, Any]:
    """Its entry in the maquette, the others being left unread."""
    return _operation(_read(Operation.objects.filter(pk=operation.pk), lines).get())


def _read(rows: QuerySet[Operation], lines: QuerySet[FundingLine] | None) -> QuerySet[Operation]:
    shown = FundingLine.objects.all() if lines is None else lines
    return rows.select_related("orientation").prefetch_related(
        "pilots__organisation",
        "indicators",
        "interdependencies",
        Prefetch(
            "lines",
            shown.filter(kind="programme")
            .select_related("funder")
            .prefetch_related("payments", "years"),
            to_attr="programmed",
        ),
    )


def _order(row: Operation) -> tuple[Any, ...]:
    return rank_of(row.number), filed(row.title), row.pk


def _operation(row: Operation) -> dict[str, Any]:
    node = row.orientation
    return {
        "key": str(row.key),
        **{name: _value(getattr(row, name)) for name in _FIELDS},
        "orientation": f"{node.number} {node.title}" if node else "",
        "serves": str(node.key) if node else "",
        "owners": [
            {"name": item.organisation.name, "nature": item.organisation.nature}
            for item in row.pilots.all()
        ],
        "investment_cost": _value(row.investment_cost),
        "running_cost": _value(row.running_cost),
        "indicators": [
            {"name": item.name, "question": item.question, "target": item.target, "unit": item.unit}
            for item in row.indicators.all()
        ],
        "interdependencies": [
            {
                **{"statement": item.statement, "value": item.value, "unit": item.unit},
                **{"source": item.source, "vintage": item.vintage},
                "noted_on": item.noted_on.isoformat(),
            }
            for item in row.interdependencies.all()
        ],
        "lines": [_line(line, row.status == "dropped") for line in row.programmed],
    }


def _line(row: FundingLine, dropped: bool) -> dict[str, Any]:
    """What a dropped operation was to receive counts no more."""
    line, source = plan_line(row), funding_sources()[row.source]
    return {
        "key": str(row.key),
        "source": source.short,
        "family": source.family,
        "section": row.section,
        "funder": line.funder,
        "tax": row.tax,
        "level": row.level,
        "purpose": row.purpose,
        "eligible": _value(row.eligible),
        **{
            stage: {
                "euros": _value(getattr(row, stage)),
                "day": _value(getattr(row, f"{stage}_on")),
            }
            for stage in ("asked", "notified", "agreed")
        },
        "refused_on": _value(row.refused_on),
        "lapsed_on": _value(row.lapsed_on),
        "reference": row.order or row.agreement or row.file_number,
        "brings": str(ZERO if dropped else line.brings),
        "paid": str(line.paid or ZERO),
        "received": [{"year": year, "euros": str(euros)} for year, euros in _received(line)],
        "years": [
            {"year": item.year, "committed": str(item.committed), "payable": str(item.payable)}
            for item in row.years.all()
            if not dropped
        ],
    }


def _received(line: PlanLine) -> list[tuple[int, Decimal]]:
    """Payments by year, in order."""
    found: dict[int, Decimal] = {}
    for payment in line.payments:
        assert payment.day is not None  # a payment has its day
        found[payment.day.year] = found.get(payment.day.year, ZERO) + payment.euros
    return sorted(found.items())


def _value(value: Any) -> Any:
    """Days and amounts as texts; what is not known stays so."""
    return value.isoformat() if isinstance(value, date) else plain(value)
