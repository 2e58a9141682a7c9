"""Recording what an authority decided."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction

from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.actions.told import known, tell
from maillage.contracts.models import Avenant, Contract, Decision
from maillage.contracts.tables import DECISION_KINDS, INSTANCES, OPINIONS


@dataclass(frozen=True)
class Authority:
    """Which body, when, where it is written; ``opinion`` that of the cotech, if it was asked."""

    instance: str
    decided_on: date
    reference: str
    opinion: str = ""
    opinion_on: date | None = None
    document: File | None = None


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
    known(kind, DECISION_KINDS, "Objet de la décision")
    known(authority.instance, INSTANCES, "Instance")
    _check(authority, at)
    made = Decision.objects.create(
        contract=contract,
        instance=authority.instance,
        kind=kind,
        decided_on=authority.decided_on,
        reference=authority.reference.strip(),
        subject=subject.strip() or DECISION_KINDS[kind],
        cotech_opinion=authority.opinion,
        cotech_on=authority.opinion_on if authority.opinion else None,
        avenant=avenant,
        document=authority.document or "",
    )
    after = {"instance": made.instance, "reference": made.reference, "on": made.decided_on}
    tell(contract, "decided", made, by=by, at=at, after={**after, "kind": kind})
    return made


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
