"""What is not finished goes on in the contract that takes over."""

from datetime import date, datetime

from django.db import transaction

from maillage.accounts.viewers import Viewer
from maillage.contracts.actions.successors import succeed
from maillage.contracts.models import Contract
from maillage.operations.actions.operations import open_operation
from maillage.operations.models import IndicatorLink, Operation

#: What a fiche takes of the one it continues. The new contract judges it anew: it is a fiche
#: projet, without the cotech’s opinion; its money stays where it was programmed.
TAKEN = (
    *("number", "title", "description", "phase", "status", "blocked_reason", "next_step"),
    *("next_step_on", "priority", "maturity", "lead_competence", "partners", "referent"),
    *("elected_referent", "starts_on", "ends_on", "beneficiaries", "risks", "ecology"),
    *("communes", "cells", "programmes", "tax", "investment_cost", "running_cost"),
)


@transaction.atomic
def open_successor(
    *, contract: Contract, kind: str, name: str, ends_on: date | None, by: Viewer, at: datetime
) -> Contract:
    """The contract that takes over, with the operations that are neither finished nor dropped,
    each linked to the one it continues. InputError as ``succeed``."""
    made = succeed(contract=contract, kind=kind, name=name, ends_on=ends_on, by=by, at=at)
    nodes = dict(made.strategy.values_list("number", "pk"))
    for former in unfinished(contract):
        _continue(former, made, nodes, by, at)
    return made


def unfinished(contract: Contract) -> list[Operation]:
    """Those of the contract that go on: neither dropped nor carried out, nor « hors CRTE »."""
    rows = contract.operations.filter(outside=False).exclude(status="dropped")
    alive = rows.exclude(phase="operation", status="finished").select_related("orientation")
    return list(alive.prefetch_related("pilots__organisation", "indicators"))


def _continue(
    former: Operation, made: Contract, nodes: dict[str, int], by: Viewer, at: datetime
) -> None:
    place = nodes.get(former.orientation.number) if former.orientation else None
    operation = open_operation(
        contract=made,
        title=former.title,
        owners=[pilot.organisation for pilot in former.pilots.all()],
        fields={name: getattr(former, name) for name in TAKEN} | {"orientation_id": place},
        by=by,
        at=at,
    )
    Operation.objects.filter(pk=operation.pk).update(continues=former)
    IndicatorLink.objects.bulk_create(
        IndicatorLink(
            operation=operation, indicator=one.indicator, name=one.name, question=one.question,
            target=one.target, unit=one.unit, due_on=one.due_on,
        )
        for one in former.indicators.all()
    )  # fmt: skip
