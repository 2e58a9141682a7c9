"""Adding and removing parties, their mandates, their signatures."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from maillage.accounts.conflicts import claim, save_revised, touch
from maillage.accounts.models import Organisation
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.actions.told import held, known, tell
from maillage.contracts.models import Avenant, Contract, ContractVersion, Party, Signature
from maillage.contracts.reading import open_avenant, signatories
from maillage.contracts.tables import CAPACITIES

#: Statuses in which parties come and go freely.
FREE = ("preparing", "method_agreed", "drafting")
#: Fields of a party that may be written.
EDITABLE = ("capacity", "required", "mandate_reference", "mandate_on")


@transaction.atomic
def add_party(
    *,
    contract: Contract,
    organisation: Organisation,
    capacity: str,
    by: Viewer | None,
    at: datetime,
    required: bool | None = None,
    mandate_reference: str = "",
    mandate_on: date | None = None,
) -> Party:
    """Once the text is signed, a party joins with the open avenant: InputError when there is
    none."""
    held(contract)
    known(capacity, CAPACITIES, "Qualité")
    if contract.parties.filter(organisation=organisation, until=None).exists():
        raise InputError(
            problem=f"{organisation.name} est déjà partie au contrat.",
            remedy="modifiez sa ligne.",
        )
    usual = CAPACITIES[capacity].required if required is None else required
    party = Party.objects.create(
        contract=contract,
        organisation=organisation,
        capacity=capacity,
        required=usual,
        mandate_reference=mandate_reference,
        mandate_on=mandate_on,
        since=at.date() if contract.status in FREE else None,
        joins_with=_avenant_for(contract),
    )
    after = {"organisation": organisation.name, "capacity": capacity, "required": party.required}
    tell(contract, "joined", party, by=by, at=at, after=after)
    return party


@transaction.atomic
def edit_party(
    *, party: Party, revision: int, changes: Mapping[str, Any], by: Viewer, at: datetime
) -> Party:
    """Whoever saves it confirms it. ConflictError on a stale revision. What binds a signed contract
    waits for an avenant."""
    if set(changes) - set(EDITABLE):
        raise TypeError("not editable")
    binding = {
        name
        for name in ("capacity", "required")
        if name in changes and changes[name] != getattr(party, name)
    }
    if binding and party.contract.status not in FREE and party.joins_with_id is None:
        raise InputError(
            problem="la qualité d’un signataire ne change que par avenant.",
            remedy="retirez-le puis ajoutez-le dans un avenant.",
        )
    known(changes.get("capacity", party.capacity), CAPACITIES, "Qualité")
    before, after = save_revised(party, revision, {**changes, "to_confirm": False})
    if after:
        tell(party.contract, "edited", party, by=by, at=at, before=before, after=after)
    return party


@transaction.atomic
def remove_party(*, party: Party, revision: int, by: Viewer, at: datetime) -> None:
    """Before signature, or one that an avenant was to bring: gone. Else it leaves with the open
    avenant. One whose signature is recorded stays in the history. ConflictError."""
    contract = held(party.contract)
    claim(party, revision)
    name = {"organisation": party.organisation.name, "capacity": party.capacity}
    if contract.status in FREE or party.joins_with_id is not None:
        if Signature.every.filter(party=party).exists():
            party.until = at.date()
            party.save(update_fields=["until"])
        else:
            tell(contract, "left", party, by=by, at=at, before=name)
            party.delete()
            return
    else:
        party.leaves_with = _avenant_for(contract)
        party.save(update_fields=["leaves_with"])
    tell(contract, "left", party, by=by, at=at, before=name)


@transaction.atomic
def record_signature(
    *,
    party: Party,
    version: ContractVersion | None,
    signed_on: date,
    signatory: str,
    by: Viewer,
    at: datetime,
    signatory_title: str = "",
    mandate_reference: str = "",
    mandate_on: date | None = None,
    ceremony: str = "",
    scan: File | None = None,
) -> Signature:
    """Of the frozen text that waits, or of the method accord when ``version`` is None. InputError
    for a date to come, a text that waits for nothing, a party it does not name."""
    contract = held(party.contract)
    _check_signature(contract, party, version, signed_on, signatory, at)
    made = Signature.objects.create(
        party=party,
        version=version,
        signed_on=signed_on,
        signatory=signatory.strip(),
        signatory_title=signatory_title.strip(),
        mandate_reference=mandate_reference or party.mandate_reference,
        mandate_on=mandate_on or party.mandate_on,
        ceremony=ceremony.strip(),
        scan=scan or "",
    )
    after = {
        "organisation": party.organisation.name,
        "signatory": made.signatory,
        "signed_on": signed_on,
        "version": version.number if version else None,
        "mandate": made.mandate_reference,
    }
    tell(contract, "signed", made, by=by, at=at, after=after)
    return made


@transaction.atomic
def withdraw_signature(*, signature: Signature, reason: str, by: Viewer, at: datetime) -> None:
    """One recorded by mistake, while the text it is on is not in force: it stays in the base and
    in the journal, and binds nobody. InputError otherwise, or without a reason."""
    kept = Signature.objects.select_for_update().get(pk=signature.pk)
    contract = held(kept.party.contract)
    if kept.settled:
        raise InputError(
            problem="ce texte est conclu : ses signatures ne se retirent plus.",
            remedy="menez un avenant.",
        )
    if not reason.strip():
        raise InputError(problem="un retrait a sa raison.", remedy="dites pourquoi.")
    kept.withdrawn_at, kept.withdrawn_reason = at, reason.strip()
    kept.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    before = {"organisation": kept.party.organisation.name, "signatory": kept.signatory}
    after = {"reason": kept.withdrawn_reason}
    tell(contract, "signature_withdrawn", kept, by=by, at=at, before=before, after=after)


def _check_signature(
    contract: Contract,
    party: Party,
    version: ContractVersion | None,
    signed_on: date,
    signatory: str,
    at: datetime,
) -> None:
    if not signatory.strip():
        raise InputError(problem="une signature a son signataire.", remedy="écrivez son nom.")
    if signed_on > at.date():
        raise InputError(
            problem="une signature se consigne une fois donnée.",
            remedy="attendez le jour de la cérémonie, ou corrigez la date.",
            value=signed_on.isoformat(),
        )
    if Signature.objects.filter(party=party, version=version).exists():
        raise InputError(
            problem=f"{party.organisation.name} a déjà signé ce texte.",
            remedy="rien n’est à faire.",
        )
    if version is None and contract.status != "preparing":
        raise InputError(
            problem="l’accord de méthode est déjà conclu.",
            remedy="consignez la signature du contrat.",
        )
    if version is None:
        return
    if version.withdrawn_at is not None or version.in_force_on is not None:
        raise InputError(
            problem="ce texte n’attend pas de signature.", remedy="ouvrez celui qui est à signer."
        )
    if party not in signatories(contract, version):
        raise InputError(
            problem=f"le texte arrêté ne nomme pas {party.organisation.name}.",
            remedy="rouvrez le texte pour l’y ajouter.",
        )


def _avenant_for(contract: Contract) -> Avenant | None:
    """None while parties are free; the draft avenant afterwards, which is then another text."""
    if contract.status in FREE:
        return None
    avenant = open_avenant(contract)
    if avenant is None or avenant.status != "draft":
        raise InputError(
            problem="les parties d’un contrat signé ne changent que par avenant.",
            remedy="ouvrez un avenant, puis ajoutez ou retirez la partie.",
        )
    touch(avenant)
    return avenant
