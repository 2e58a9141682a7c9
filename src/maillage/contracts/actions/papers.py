"""Papers that come after the act: the minutes of a decision, the signed copy of a text."""

from datetime import datetime

from django.core.files.base import File
from django.db import transaction

from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.actions.told import tell
from maillage.contracts.models import Decision, Signature


@transaction.atomic
def attach_minutes(*, decision: Decision, document: File, by: Viewer, at: datetime) -> None:
    """InputError when it has them already: what was kept is not replaced."""
    kept = Decision.objects.select_for_update().get(pk=decision.pk)
    _refuse_second(bool(kept.document))
    kept.document = document
    kept.save(update_fields=["document"])
    after = {"reference": kept.reference}
    tell(decision.contract, "minutes_attached", kept, by=by, at=at, after=after)


@transaction.atomic
def attach_signed_copy(*, signature: Signature, scan: File, by: Viewer, at: datetime) -> None:
    """InputError when it has one already."""
    kept = Signature.objects.select_for_update().get(pk=signature.pk)
    _refuse_second(bool(kept.scan))
    kept.scan = scan
    kept.save(update_fields=["scan"])
    party = signature.party
    after = {"organisation": party.organisation.name, "signatory": kept.signatory}
    tell(party.contract, "copy_attached", kept, by=by, at=at, after=after)


def _refuse_second(there: bool) -> None:
    if there:
        raise InputError(
            problem="un document est déjà joint, et ce qui est gardé ne se remplace pas.",
            remedy="consignez une nouvelle décision si le texte a changé.",
        )
