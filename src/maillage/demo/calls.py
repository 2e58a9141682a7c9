"""Calls for projects of the demonstration, and an operation that aims at one."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from maillage.contracts.models import Contract
from maillage.demo.days import Days, before, morning
from maillage.demo.portfolio import Planned
from maillage.demo.tables import table
from maillage.demo.writing import Writer
from maillage.operations.actions.project_calls import add_calls, aim_at
from maillage.operations.models import ProjectCall


def call_for_projects(
    contract: Contract, portfolio: Sequence[Planned], writer: Writer, days: Days
) -> None:
    """Those of the contract, a national one; the first operation that has not begun aims at one."""
    rows = table("calls")
    for national in (False, True):
        add_calls(
            contract=None if national else contract,
            rows=[_dated(row, days) for row in rows if bool(row.get("national")) is national],
            by=None if national else writer.lead,
            at=morning(before(days.today, 5)),
        )
    operation = next(
        one.operation for one in portfolio if one.entry["at"].startswith(("idea", "study"))
    )
    aim_at(
        operation=operation,
        call=ProjectCall.objects.get(name=rows[0]["name"]),
        asked=None,
        author_id=contract.lead_id,
        by=writer.lead,
        at=morning(before(days.today, 4)),
    )


def _dated(row: dict[str, Any], days: Days) -> dict[str, Any]:
    said = ("name", "funder", "source", "owners", "themes")
    given: dict[str, Any] = {name: row[name] for name in said if name in row}
    amounts: dict[str, Any] = {
        name: Decimal(row[name]) for name in ("minimum", "maximum", "rate") if name in row
    }
    ends = {f"{n}_on": days.today + timedelta(days=row[n]) for n in ("opens", "closes")}
    return {**given, **amounts, **ends}
