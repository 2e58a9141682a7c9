"""The maquettes arrêtées, what changed since, and the grant that is about to lapse."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from maillage.contracts.models import Contract
from maillage.demo.days import Days, before, morning
from maillage.demo.portfolio import Planned
from maillage.demo.writing import Writer
from maillage.operations.actions.funding import add_line, edit_line
from maillage.operations.actions.maquettes import freeze_maquette
from maillage.operations.actions.operations import edit_operation
from maillage.operations.money_rules.calendar import years_after

#: Days before a grant is lost, at which people are told.
LEFT = 60


def decide_maquettes(
    contract: Contract, portfolio: list[Planned], writer: Writer, days: Days
) -> None:
    """Last year’s and this year’s; then a line changes, and one is added."""
    year = days.today.year
    _freeze(contract, year - 1, before(days.today, 330), 8, writer)
    _let_lapse([planned for planned in portfolio if planned.entry.get("lapse")], writer, days)
    changed = [planned for planned in portfolio if planned.entry["at"] == "study on_track"]
    _raise(changed[0], writer, before(days.today, 200))
    _freeze(contract, year, before(days.today, 120), 10, writer)
    _raise(changed[1], writer, before(days.today, 12))
    _add(changed[0], writer, before(days.today, 10))


def _freeze(contract: Contract, year: int, day: date, number: int, writer: Writer) -> None:
    freeze_maquette(
        contract=contract,
        year=year,
        decided_on=day,
        instance="Comité de pilotage",
        reference=f"Compte rendu du copil n° {number} (pays fictif)",
        by=writer.lead,
        at=morning(day),
    )


def _raise(planned: Planned, writer: Writer, day: date) -> None:
    """The cost of the operation rises by a tenth, and the region is asked for it."""
    operation = planned.operation
    operation.refresh_from_db()
    more = (Decimal(100) * planned.entry["k"]).quantize(Decimal(1))
    field = "running_cost" if operation.running_cost is not None else "investment_cost"
    edit_operation(
        operation=operation,
        revision=operation.revision,
        fields={field: getattr(operation, field) + more},
        by=writer.lead,
        at=morning(day),
    )
    line = (
        operation.lines.filter(kind="programme").exclude(source="own_funds").order_by("pk").last()
    )
    edit_line(
        line=line,
        revision=line.revision,
        fields={"asked": line.asked + more, "eligible": None},
        by=writer.lead,
        at=morning(day),
    )


def _add(planned: Planned, writer: Writer, day: date) -> None:
    """Inhabitants chip in: a line that no maquette has yet."""
    running = planned.operation.running_cost is not None
    add_line(
        operation=planned.operation,
        source="citizens",
        by=writer.lead,
        at=morning(day),
        fields={
            "section": "running" if running else "investment",
            "asked": Decimal(12_000),
            "asked_on": day,
        },
    )


def _let_lapse(portfolio: Iterable[Planned], writer: Writer, days: Days) -> None:
    """Begun almost four years ago, paid in part: the grant lapses in two months."""
    for planned in portfolio:
        operation = planned.operation
        begun = years_after(date.fromordinal(days.today.toordinal() + LEFT), -4)
        line = operation.lines.get(source="detr")
        stages = {
            "asked_on": before(begun, 200),
            "received_on": before(begun, 195),
            "opinion_on": before(begun, 170),
            "notified_on": before(begun, 90),
        }
        edit_line(
            line=line, revision=line.revision, fields=stages, by=writer.lead, at=morning(begun)
        )
        operation.refresh_from_db()
        edit_operation(
            operation=operation,
            revision=operation.revision,
            fields={"starts_on": begun, "ends_on": before(days.today, -40)},
            by=writer.lead,
            at=morning(begun),
        )
