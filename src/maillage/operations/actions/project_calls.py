"""Calls for projects: brought in, taken away, and aimed at by an operation."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from maillage.accounts.journal import record
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.models import Contract
from maillage.operations.actions.funding import add_line
from maillage.operations.funding_sources import funding_sources
from maillage.operations.intake.values import plain
from maillage.operations.models import FundingLine, Operation, ProjectCall
from maillage.operations.project_calls.reading import COLUMNS, checked


@transaction.atomic
def add_calls(
    *,
    contract: Contract | None,
    rows: Iterable[Mapping[str, Any]],
    by: Viewer | None,
    at: datetime,
) -> tuple[int, int]:
    """Those of a contract, or national ones without it; how many came, how many changed.

    One of the same name and funder is updated, what the row leaves blank kept. InputError on one
    that does not hold; nothing is written then.
    """
    held = {_same(call.name, call.funder): call for call in _of(contract)}
    added = changed = 0
    for row in rows:
        given = {name: value for name, value in row.items() if value not in (None, "", [])}
        if set(given) - set(COLUMNS) or checked(given):
            raise InputError(
                problem=f"appel refusé : {' ; '.join(checked(given)) or 'colonne inconnue'}.",
                remedy="corrigez-le.",
                value=str(given.get("name", "")),
            )
        call = held.get(_same(given["name"], given["funder"]))
        if call is None:
            call = ProjectCall.objects.create(contract=contract, **given)
            held[_same(call.name, call.funder)] = call
            added += 1
            _say(call, "added", by, at, {}, given)
        else:
            changed += _change(call, given, by, at)
    return added, changed


def _of(contract: Contract | None) -> Iterable[ProjectCall]:
    return ProjectCall.objects.filter(contract=contract)


def _same(name: str, funder: str) -> tuple[str, str]:
    return plain(name), plain(funder)


def _change(call: ProjectCall, given: Mapping[str, Any], by: Viewer | None, at: datetime) -> int:
    before = {name: getattr(call, name) for name in given if getattr(call, name) != given[name]}
    if not before:
        return 0
    after = {name: given[name] for name in before}
    if problems := checked({**{name: getattr(call, name) for name in COLUMNS}, **after}):
        raise InputError(problem=f"appel refusé : {problems[0]}.", remedy="corrigez-le.")
    for name, value in after.items():
        setattr(call, name, value)
    call.save(update_fields=[*after])
    _say(call, "changed", by, at, before, after)
    return 1


@transaction.atomic
def remove_call(*, call: ProjectCall, by: Viewer | None, at: datetime) -> None:
    """InputError while a line aims at it."""
    if call.lines.exists():
        raise InputError(
            problem="une opération vise cet appel.",
            remedy="retirez d’abord sa ligne de financement.",
            value=call.name,
        )
    _say(call, "removed", by, at, {"name": call.name, "closes_on": call.closes_on}, {})
    call.delete()


@transaction.atomic
def aim_at(
    *,
    operation: Operation,
    call: ProjectCall,
    asked: Decimal | None,
    author_id: int | None,
    by: Viewer | None,
    at: datetime,
) -> FundingLine:
    """A draft of a line, which the collectivités alone see until it is sent. InputError for a call
    of another contract, or aimed at already."""
    if call.contract_id not in (None, operation.contract_id):
        raise InputError(problem="cet appel est d’un autre contrat.", remedy="reprenez la page.")
    if operation.lines.filter(call=call).exists():
        raise InputError(
            problem="l’opération vise déjà cet appel.", remedy="modifiez sa ligne de financement."
        )
    sections = funding_sources()[call.source].sections
    running = operation.investment_cost is None and operation.running_cost is not None
    wanted = "running" if running else "investment"
    return add_line(
        operation=operation,
        source=call.source,
        kind="draft",
        author_id=author_id,
        fields={
            "purpose": call.name,
            "asked": asked,
            "call_id": call.pk,
            "section": wanted if wanted in sections else sections[0],
        },
        by=by,
        at=at,
    )


def _say(
    call: ProjectCall,
    verb: str,
    by: Viewer | None,
    at: datetime,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> None:
    """In the journal of its contract; of a national one, also in that of every contract with a
    line that aims at it, whose dues it may move."""
    aiming = call.lines.values_list("operation__contract_id", flat=True)
    about = {call.contract_id, *aiming} if call.contract_id is None else {call.contract_id}
    for contract_id in sorted(about, key=lambda id: id or 0):
        record(
            by=by,
            at=at,
            verb=verb,
            kind="project_call",
            id=call.pk,
            contract_id=contract_id,
            before=before,
            after={"name": call.name, **after},
        )
