"""Arrêter la maquette: what the copil decided, kept for ever."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from maillage.accounts.journal import record
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.actions.decisions import Authority, record_decision
from maillage.contracts.models import Contract
from maillage.contracts.tables import INSTANCES
from maillage.operations.maquette.content import canonical, checksum
from maillage.operations.models import Maquette
from maillage.operations.snapshot import snapshot

#: What people call a body -> its id.
BODIES = {label: id for id, label in INSTANCES.items()}


@transaction.atomic
def freeze_maquette(
    *,
    contract: Contract,
    year: int,
    decided_on: date,
    instance: str,
    reference: str,
    by: Viewer,
    at: datetime,
    opinion: str = "",
    opinion_on: date | None = None,
) -> Maquette:
    """The programmed lines and their fiches as they stand, and the decision that founds them.
    ``instance`` is an id of ``contracts/data/decisions.yaml`` or what people call another body.
    ``opinion`` is the cotech’s. InputError without the authority."""
    if not instance.strip() or not reference.strip():
        raise InputError(
            problem="une maquette est arrêtée par une instance, dans un acte.",
            remedy="citez l’instance et la référence de son compte rendu.",
        )
    if decided_on > at.date():
        raise InputError(
            problem="une maquette ne s’arrête pas à une date future.",
            remedy="saisissez la date de la réunion.",
            value=decided_on.isoformat(),
        )
    content = snapshot(contract)
    if not content["operations"]:
        raise InputError(problem="aucune opération à arrêter.", remedy="saisissez-en d’abord.")
    text = canonical(content)
    known = instance if instance in INSTANCES else BODIES.get(instance.strip(), "other")
    authority = Authority(known, decided_on, reference, opinion, opinion_on)
    founded = record_decision(
        contract=contract,
        kind="funding",
        authority=authority,
        subject=f"Maquette {year} arrêtée",
        by=by,
        at=at,
    )
    last = contract.maquettes.filter(year=year).aggregate(Max("rank"))["rank__max"] or 0
    made = Maquette.objects.create(
        contract=contract,
        year=year,
        rank=last + 1,
        decided_on=decided_on,
        instance=INSTANCES.get(instance, instance.strip()),
        reference=reference.strip(),
        decision=founded,
        text=text,
        digest=checksum(text),
        made_by_id=by.person_id,
        made_at=at,
    )
    after = {"year": year, "decided_on": decided_on, "reference": reference, "digest": made.digest}
    record(
        by=by,
        at=at,
        verb="frozen",
        kind="maquette",
        id=made.pk,
        contract_id=contract.pk,
        after=after,
    )
    return made
