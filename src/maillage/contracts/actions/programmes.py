"""Referencing other contracts and programmes, then integrating them."""

from datetime import date, datetime

from django.db import transaction

from maillage.accounts.conflicts import claim, save_revised
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.actions.told import known, tell
from maillage.contracts.models import Contract, ProgrammeLink
from maillage.contracts.tables import PROGRAMMES


@transaction.atomic
def reference_programme(
    *,
    contract: Contract,
    programme: str,
    by: Viewer,
    at: datetime,
    name: str = "",
    reference: str = "",
    note: str = "",
) -> ProgrammeLink:
    """A programme of the list, or one that ``name`` says."""
    if programme:
        known(programme, PROGRAMMES, "Programme")
    title = name.strip() or (PROGRAMMES[programme].label if programme else "")
    if not title:
        raise InputError(
            problem="dites quel programme ou quel contrat.", remedy="choisissez-le ou nommez-le."
        )
    made = ProgrammeLink.objects.create(
        contract=contract,
        programme=programme,
        name=title,
        reference=reference.strip(),
        referenced_on=at.date(),
        note=note.strip(),
    )
    tell(contract, "referenced", made, by=by, at=at, after={"name": title})
    return made


@transaction.atomic
def integrate_programme(
    *, link: ProgrammeLink, revision: int, on: date, by: Viewer, at: datetime
) -> None:
    """From that day its actions are part of this contract. ConflictError."""
    save_revised(link, revision, {"stage": "integrated", "integrated_on": on})
    tell(link.contract, "integrated", link, by=by, at=at, after={"name": link.name, "on": on})


@transaction.atomic
def forget_programme(*, link: ProgrammeLink, revision: int, by: Viewer, at: datetime) -> None:
    """One that was referenced by mistake. ConflictError."""
    claim(link, revision)
    contract, key, before = link.contract, link.pk, {"name": link.name, "stage": link.stage}
    link.delete()
    link.pk = key
    tell(contract, "removed", link, by=by, at=at, before=before)
