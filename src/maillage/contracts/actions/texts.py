"""Freezing the text to sign, and writing it again while nobody has signed."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.actions.told import held, refuse_if, tell
from maillage.contracts.commitments import Commitment
from maillage.contracts.diff import Snapshot
from maillage.contracts.life import missing_for
from maillage.contracts.models import Contract, ContractVersion
from maillage.contracts.reading import facts_of, text_to_sign, version_in_force
from maillage.contracts.snapshot import Operations, build_snapshot, digest


@transaction.atomic
def freeze_text(
    *,
    contract: Contract,
    committed: Iterable[Commitment],
    by: Viewer,
    at: datetime,
    operations: Operations | None = None,
) -> ContractVersion:
    """Version 1, as it will be signed. ``committed``: who owns and pays for its operations.
    InputError that says all that is missing at once."""
    contract = held(contract)
    if contract.status != "drafting":
        raise InputError(
            problem="le texte s’arrête pendant l’élaboration.",
            remedy="ouvrez d’abord l’élaboration du contrat.",
        )
    if text_to_sign(contract) is not None:
        raise InputError(
            problem="un texte est déjà arrêté.", remedy="rouvrez-le s’il faut l’écrire à nouveau."
        )
    facts = facts_of(contract, at.date(), committed=committed)
    refuse_if(missing_for("freeze_text", facts), "complétez le contrat.")
    return write_version(contract, build_snapshot(contract, operations), by=by, at=at)


@transaction.atomic
def withdraw_text(*, version: ContractVersion, by: Viewer, at: datetime) -> None:
    """The text is open again; InputError once somebody has signed it."""
    contract = held(version.contract)
    if version.signatures.exists() or version.in_force_on is not None:
        raise InputError(
            problem="ce texte porte déjà une signature.",
            remedy="menez les signatures à terme, puis préparez un avenant ; une signature "
            "consignée par erreur se retire d’abord.",
        )
    version.withdrawn_at = at
    version.save()
    avenant = getattr(version, "avenant", None)
    if avenant is not None:
        avenant.status, avenant.version = "draft", None
        avenant.save()
    tell(contract, "text_withdrawn", version, by=by, at=at, after={"number": version.number})


@transaction.atomic
def adopt_signed_text(
    *,
    contract: Contract,
    by: Viewer,
    at: datetime,
    operations: Operations | None = None,
) -> ContractVersion:
    """Version 1 of a contract that was signed before it came here: what it says today is taken as
    its signed text, in force since the contract is."""
    contract = held(contract)
    if contract.in_force_on is None or contract.versions.exists():
        raise InputError(
            problem="seul un contrat déjà en vigueur, et sans version, reprend son texte ainsi.",
            remedy="arrêtez le texte, puis consignez les signatures.",
        )
    version = write_version(contract, build_snapshot(contract, operations), by=by, at=at)
    enforce(version, contract.in_force_on)
    tell(contract, "text_adopted", version, by=by, at=at, after={"number": version.number})
    return version


def write_version(
    contract: Contract, snapshot: Snapshot, *, by: Viewer, at: datetime
) -> ContractVersion:
    """The next number; one that was withdrawn gives its own back."""
    kept = contract.versions.filter(withdrawn_at=None)
    last = kept.aggregate(last=Max("number"))["last"] or 0
    version = ContractVersion.objects.create(
        contract=contract,
        number=last + 1,
        snapshot=snapshot,
        digest=digest(snapshot),
        frozen_at=at,
        frozen_by_id=by.person_id,
    )
    after = {"number": version.number, "digest": version.digest}
    tell(contract, "text_frozen", version, by=by, at=at, after=after)
    return version


def enforce(version: ContractVersion, on: date) -> None:
    """In force from that day; the former version is superseded the same day."""
    former = version_in_force(version.contract)
    if former is not None:
        former.superseded_on = on
        former.save()
    version.in_force_on = on
    version.save()
