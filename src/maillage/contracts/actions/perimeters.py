"""Setting the perimeter, and the places that come with it."""

from datetime import date, datetime, timedelta

from django.db import transaction

from maillage.accounts.conflicts import claim, save_revised, touch
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.actions.decisions import Authority, record_decision
from maillage.contracts.actions.told import held, tell
from maillage.contracts.footprints import Footprint
from maillage.contracts.models import Contract, ContractPerimeter, ContractPlace
from maillage.contracts.reading import open_avenant
from maillage.contracts.snapshot import perimeter_of

#: Statuses in which the perimeter is still free.
FREE = ("preparing", "method_agreed", "drafting")


@transaction.atomic
def set_perimeter(
    *,
    contract: Contract,
    revision: int,
    area: Footprint,
    since: date,
    by: Viewer | None,
    at: datetime,
    authority: Authority | None = None,
) -> ContractPerimeter:
    """Before signature only: afterwards an avenant changes it. ``authority`` set it, and its
    decision is recorded; None for the one a contract is created with. The former one ends the day
    before. ConflictError when somebody saved the contract since ``revision``."""
    held(contract)
    if contract.status not in FREE:
        raise InputError(
            problem="le périmètre d’un contrat signé ne change que par avenant.",
            remedy="ouvrez un avenant, puis proposez-y le nouveau périmètre.",
        )
    row = _row(contract, area)
    made = put_in_force(contract, row, since, revision=revision, by=by, at=at, area=area)
    if authority is not None:
        record_decision(
            contract=contract, kind="perimeter", authority=authority, by=by, at=at,
            subject=f"Périmètre arrêté : {area.name}"[:400],
        )  # fmt: skip
    return made


@transaction.atomic
def propose_perimeter(
    *, contract: Contract, revision: int, area: Footprint, by: Viewer, at: datetime
) -> ContractPerimeter:
    """In place of what the open avenant proposed before; in force only with it. ConflictError when
    somebody saved the contract, or proposed another, since ``revision``."""
    held(contract)
    proposed = contract.perimeters.filter(since=None).first()
    now = {"territory": proposed.territory if proposed else contract.territory}
    claim(contract, revision, mine={"territory": area.territory}, now=now)
    if (avenant := open_avenant(contract)) is not None:
        touch(avenant)
    contract.perimeters.filter(since=None).delete()
    row = _row(contract, area)
    row.save()
    tell(contract, "perimeter_proposed", row, by=by, at=at, after={"territory": row.territory})
    return row


def put_in_force(
    contract: Contract,
    row: ContractPerimeter,
    since: date,
    *,
    revision: int,
    by: Viewer | None,
    at: datetime,
    area: Footprint,
) -> ContractPerimeter:
    """Ends the present one, begins this one, and writes where it lies."""
    former = perimeter_of(contract)
    save_revised(contract, revision, {"territory": row.territory})
    if former is not None:
        _end(former, since)
    row.since = since
    row.save()
    _write_places(contract, area)
    before = {"territory": former.territory} if former else {}
    after = {"territory": row.territory, "name": row.name, "since": since}
    tell(contract, "perimeter_set", row, by=by, at=at, before=before, after=after)
    return row


def _end(former: ContractPerimeter, since: date) -> None:
    """One that would have lasted no day never was."""
    eve = since - timedelta(days=1)
    if former.since is not None and former.since <= eve:
        former.until = eve
        former.save(update_fields=["until"])
    else:
        former.delete()


def _row(contract: Contract, area: Footprint) -> ContractPerimeter:
    return ContractPerimeter(
        contract=contract,
        territory=area.territory,
        name=area.name,
        cog=area.cog,
        communes=[list(commune) for commune in area.communes],
        epcis=[list(epci) for epci in area.epcis],
    )


def _write_places(contract: Contract, area: Footprint) -> None:
    contract.places.all().delete()
    ContractPlace.objects.bulk_create(
        ContractPlace(contract=contract, level=p.level, place=p.id, name=p.name)
        for p in area.places
    )
