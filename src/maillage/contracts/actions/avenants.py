"""Preparing an avenant, freezing its text, putting it in force as the next version."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from maillage.accounts.conflicts import claim, save_revised
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.actions.perimeters import put_in_force
from maillage.contracts.actions.texts import enforce, write_version
from maillage.contracts.actions.told import held, refuse_if, tell
from maillage.contracts.diff import FREE, Change, apply
from maillage.contracts.footprints import Footprint
from maillage.contracts.life import missing_for
from maillage.contracts.models import Avenant, Contract, ContractVersion
from maillage.contracts.reading import facts_of, open_avenant, version_in_force
from maillage.contracts.snapshot import Operations, build_snapshot, drift

#: Statuses in which a contract may be amended.
AMENDABLE = ("in_force", "extended")


@transaction.atomic
def open_an_avenant(
    *, contract: Contract, title: str, purpose: str, by: Viewer, at: datetime
) -> Avenant:
    """On the version in force; one at a time."""
    row = held(contract)
    base = version_in_force(row)
    if row.status not in AMENDABLE or base is None:
        raise InputError(
            problem="un avenant modifie un contrat en vigueur, dont le texte signé est ici.",
            remedy="constatez l’entrée en vigueur, ou reprenez le texte signé.",
        )
    if open_avenant(row) is not None:
        raise InputError(
            problem="un avenant est déjà en cours.", remedy="menez-le à terme ou abandonnez-le."
        )
    if not title.strip():
        raise InputError(problem="un avenant a un titre.", remedy="écrivez-le.", column="Titre")
    made = Avenant.objects.create(
        contract=row,
        number=row.avenants.count() + 1,
        title=title.strip(),
        purpose=purpose.strip(),
        base=base,
        opened_at=at,
    )
    tell(row, "avenant_opened", made, by=by, at=at, after={"title": made.title})
    return made


@transaction.atomic
def edit_avenant(
    *,
    avenant: Avenant,
    revision: int,
    title: str,
    purpose: str,
    left_out: Sequence[str],
    by: Viewer,
    at: datetime,
) -> Avenant:
    """``left_out``: keys of the differences that the avenant does not take."""
    _only_draft(avenant)
    changes = {"title": title.strip(), "purpose": purpose.strip(), "left_out": sorted(left_out)}
    before, after = save_revised(avenant, revision, changes)
    if after:
        tell(avenant.contract, "edited", avenant, by=by, at=at, before=before, after=after)
    return avenant


@transaction.atomic
def freeze_avenant(
    *,
    avenant: Avenant,
    revision: int,
    by: Viewer,
    at: datetime,
    operations: Operations | None = None,
) -> ContractVersion:
    """The text of the next version: the one in force, and the changes taken. ConflictError when
    the avenant changed since ``revision``."""
    contract = held(avenant.contract)
    _only_draft(avenant)
    changes = taken(avenant, operations)
    facts = facts_of(contract, at.date(), changes)
    refuse_if(missing_for("freeze_avenant", facts), "complétez l’avenant.")
    claim(avenant, revision)
    version = write_version(contract, apply(changes, avenant.base.snapshot), by=by, at=at)
    avenant.version, avenant.status = version, "frozen"
    avenant.save()
    return version


@transaction.atomic
def enforce_avenant(
    *,
    avenant: Avenant,
    revision: int,
    on: date,
    by: Viewer,
    at: datetime,
    area: Footprint | None = None,
) -> ContractVersion:
    """Once every required party has signed. ``area`` is where the new perimeter lies, when the
    avenant changes it: InputError when it is not given."""
    contract = held(avenant.contract)
    version = avenant.version
    if avenant.status != "frozen" or version is None:
        raise InputError(problem="le texte de l’avenant n’est pas arrêté.", remedy="arrêtez-le.")
    refuse_if(
        missing_for("enforce_avenant", facts_of(contract, at.date())),
        "consignez les signatures qui manquent.",
    )
    claim(avenant, revision)
    enforce(version, on)
    _put_perimeter_in_force(contract, on, area, by=by, at=at)
    avenant.leaving.update(until=on, leaves_with=None)
    avenant.joining.update(since=on, joins_with=None)
    avenant.status = "in_force"
    avenant.save()
    after = {"number": avenant.number, "version": version.number, "on": on}
    tell(contract, "avenant_enforced", avenant, by=by, at=at, after=after)
    return version


@transaction.atomic
def abandon_avenant(*, avenant: Avenant, revision: int, by: Viewer, at: datetime) -> None:
    """Nothing of what it proposed remains; it keeps its number. ConflictError when somebody
    proposed something since ``revision``."""
    contract = held(avenant.contract)
    if avenant.status != "draft":
        raise InputError(
            problem="le texte de cet avenant est arrêté.", remedy="rouvrez-le d’abord."
        )
    claim(avenant, revision)
    contract.perimeters.filter(since=None).delete()
    avenant.joining.all().delete()
    avenant.leaving.update(leaves_with=None)
    avenant.status = "abandoned"
    avenant.save()
    tell(contract, "avenant_abandoned", avenant, by=by, at=at, after={"number": avenant.number})


def taken(avenant: Avenant, operations: Operations | None = None) -> list[Change]:
    """The differences between the base and what is proposed, but those left out."""
    left_out = set(avenant.left_out)
    return [
        change
        for change in differences(avenant, operations)
        if change.section not in FREE or change.key not in left_out
    ]


def differences(avenant: Avenant, operations: Operations | None = None) -> list[Change]:
    living = build_snapshot(avenant.contract, operations, proposed=True)
    return drift(avenant.base.snapshot, living, with_operations=operations is not None)


def _put_perimeter_in_force(
    contract: Contract, on: date, area: Footprint | None, *, by: Viewer, at: datetime
) -> None:
    coming = contract.perimeters.filter(since=None).first()
    if coming is None:
        return
    if area is None or area.territory != coming.territory:
        raise InputError(
            problem="le périmètre proposé n’est plus celui de la géographie servie.",
            remedy="proposez-le à nouveau.",
        )
    put_in_force(contract, coming, on, revision=contract.revision, by=by, at=at, area=area)


def _only_draft(avenant: Avenant) -> None:
    if avenant.status != "draft":
        raise InputError(
            problem="le texte de cet avenant est arrêté : il ne change plus.",
            remedy="rouvrez-le tant que personne n’a signé.",
        )
