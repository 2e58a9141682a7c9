"""Recording what an authority decided."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.actions.told import known, tell
from maillage.contracts.models import Avenant, Contract, Decision
from maillage.contracts.tables import DECISION_KINDS, INSTANCES, OPINIONS


@dataclass(frozen=True)
class Votes:
    """Those counted; None: not counted."""

    cast_for: int | None = None
    against: int | None = None
    abstentions: int | None = None


NOT_COUNTED = Votes()


@dataclass(frozen=True)
class Authority:
    """Which body, when, where it is written; ``opinion`` that of the cotech, if it was asked."""

    instance: str
    decided_on: date
    reference: str
    opinion: str = ""
    opinion_on: date | None = None
    document: File | None = None
    votes: Votes = NOT_COUNTED


@transaction.atomic
def record_decision(
    *,
    contract: Contract,
    kind: str,
    authority: Authority,
    by: Viewer | None,
    at: datetime,
    subject: str = "",
    avenant: Avenant | None = None,
) -> Decision:
    """InputError without a reference, for a day to come, or an opinion without its date."""
    made = _made(contract, kind, authority, subject, at, avenant=avenant)
    after = {"instance": made.instance, "reference": made.reference, "on": made.decided_on}
    tell(contract, "decided", made, by=by, at=at, after={**after, "kind": kind})
    return made


@transaction.atomic
def rectify_decision(
    *,
    decision: Decision,
    kind: str,
    authority: Authority,
    subject: str,
    reason: str,
    by: Viewer | None,
    at: datetime,
) -> Decision:
    """Another decision, that says what the first should have said; the first is kept as it was.
    InputError without a reason, or when the first is rectified already."""
    first = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if not reason.strip():
        raise InputError(problem="une rectification se motive.", remedy="dites ce qui était faux.")
    if Decision.objects.filter(rectifies=first).exists():
        raise InputError(
            problem="cette décision est déjà rectifiée.", remedy="rectifiez celle qui la rectifie."
        )
    made = _made(
        first.contract, kind, authority, subject, at,
        avenant=first.avenant, rectifies=first, reason=reason.strip(),
    )  # fmt: skip
    names = ("instance", "kind", "decided_on", "reference", "subject")
    pairs = {name: (getattr(first, name), getattr(made, name)) for name in names}
    changed = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    tell(
        first.contract, "rectified", made, by=by, at=at,
        before={_told(name): old for name, (old, _) in changed.items()},
        after={"reason": made.reason} | {_told(name): new for name, (_, new) in changed.items()},
    )  # fmt: skip
    return made


def _told(name: str) -> str:
    """The field as the journal names it."""
    return {"decided_on": "on"}.get(name, name)


def _made(
    contract: Contract, kind: str, authority: Authority, subject: str, at: datetime, **more: Any
) -> Decision:
    known(kind, DECISION_KINDS, "Objet de la décision")
    known(authority.instance, INSTANCES, "Instance")
    _check(authority, at)
    return Decision.objects.create(
        contract=contract,
        instance=authority.instance,
        kind=kind,
        decided_on=authority.decided_on,
        reference=authority.reference.strip(),
        subject=subject.strip() or DECISION_KINDS[kind],
        cotech_opinion=authority.opinion,
        cotech_on=authority.opinion_on if authority.opinion else None,
        votes_for=authority.votes.cast_for,
        votes_against=authority.votes.against,
        abstentions=authority.votes.abstentions,
        document=authority.document or "",
        **more,
    )


def _check(authority: Authority, at: datetime) -> None:
    if not authority.reference.strip():
        raise InputError(
            problem="une décision a la référence de son compte rendu ou de sa délibération.",
            remedy="écrivez-la.",
            column="Référence",
        )
    if authority.decided_on > at.date():
        raise InputError(
            problem="une décision se consigne une fois prise.",
            remedy="corrigez la date.",
            value=authority.decided_on.isoformat(),
        )
    if authority.opinion:
        known(authority.opinion, OPINIONS, "Avis du comité technique")
    if authority.opinion and authority.opinion_on is None:
        raise InputError(
            problem="l’avis du comité technique a une date.",
            remedy="écrivez-la, ou retirez l’avis.",
        )
