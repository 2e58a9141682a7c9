"""What a meeting decides: recorded there, or recorded elsewhere and taken there."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.actions.decisions import NOT_COUNTED, Authority, Votes, record_decision
from maillage.contracts.models import Contract, Decision
from maillage.governance.actions.told import refuse_unless_held, tell_of
from maillage.governance.models import AgendaItem, Meeting
from maillage.governance.reading import reference_of
from maillage.governance.tables import ITEMS, KINDS
from maillage.operations.actions.outcomes import decide_on
from maillage.operations.models import Operation


@transaction.atomic
def decide(
    *,
    meeting: Meeting,
    contract: Contract,
    subject: str,
    kind: str,
    by: Viewer,
    at: datetime,
    item: AgendaItem | None = None,
    opinion: str = "",
    opinion_on: Any = None,
    votes: Votes = NOT_COUNTED,
    operations: Iterable[Operation] = (),
    becomes: str = "",
) -> Decision:
    """A decision of this meeting, on an item or besides the agenda: its instance, its day and its
    reference are the meeting’s. ``operations`` are those it names, ``becomes`` what it says of
    them (``OUTCOMES``). InputError when the item has one already."""
    refuse_unless_held(meeting)
    _refuse_second(item)
    authority = Authority(
        KINDS[meeting.committee.kind].instance, meeting.day, reference_of(meeting),
        opinion, opinion_on, votes=votes,
    )  # fmt: skip
    avenant = item.avenant if item is not None and kind == "avenant" else None
    made = record_decision(
        contract=contract, kind=kind, authority=authority, subject=subject, avenant=avenant,
        by=by, at=at,
    )  # fmt: skip
    decide_on(decision=made, operations=operations, outcome=becomes, by=by, at=at)
    attach_decision(meeting=meeting, decision=made, item=item, by=by, at=at)
    return made


@transaction.atomic
def attach_decision(
    *,
    meeting: Meeting,
    decision: Decision,
    by: Viewer,
    at: datetime,
    item: AgendaItem | None = None,
) -> None:
    """A decision recorded elsewhere (a maquette arrêtée, a gate) was taken at this meeting."""
    refuse_unless_held(meeting)
    _refuse_second(item)
    if AgendaItem.objects.filter(decision=decision).exists():
        raise InputError(
            problem="cette décision est déjà rattachée à une réunion.",
            remedy="choisissez-en une autre.",
        )
    if item is None:
        last = meeting.items.order_by("-rank").first()
        AgendaItem.objects.create(
            meeting=meeting, rank=last.rank + 1 if last else 1, kind="decision",
            title=decision.subject[:300], decision=decision,
        )  # fmt: skip
    else:
        AgendaItem.objects.filter(pk=item.pk).update(decision=decision)
    tell_of(meeting, "decision_attached", by, at, after={"decision": decision.subject})


def _refuse_second(item: AgendaItem | None) -> None:
    if item is not None and item.decision_id is not None:
        raise InputError(
            problem="ce point a déjà sa décision.",
            remedy="consignez-en une autre hors de l’ordre du jour.",
        )


def kind_for(item: AgendaItem | None) -> str:
    """The object of the decision that an item usually calls for."""
    return (ITEMS[item.kind].kind if item else "") or "operations"
