"""Contracts that exist already: from the official list, or signed before they came here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from maillage.accounts.viewers import Viewer
from maillage.contracts.actions.contracts import create_contract
from maillage.contracts.actions.perimeters import set_perimeter
from maillage.contracts.actions.proposed import add_proposed
from maillage.contracts.actions.told import tell
from maillage.contracts.footprints import Footprint, footprint
from maillage.contracts.models import Contract
from maillage.contracts.proposed import ProposedParty, proposed_parties
from maillage.territory.geography import Geography
from maillage.territory.units import unit_id


@dataclass(frozen=True)
class Official:
    """A contract of the official list: its code, its name, its signature (None: unknown)."""

    code: str
    name: str
    territory: str
    signed_on: date | None


def official_list(geography: Geography, level: str = "crte") -> Iterator[Official]:
    """The contracts that the edition’s own files describe, in the order of their codes; none when
    those files were not given."""
    mesh = next((mesh for mesh in geography.meshes if mesh.level == level), None)
    if mesh is None:
        return
    for number, code in enumerate(mesh.codes):
        signed = mesh.signed[number] if mesh.signed else ""
        yield Official(
            code=code,
            name=mesh.names[number] or code,
            territory=unit_id(geography, mesh, number),
            signed_on=date.fromisoformat(signed) if signed else None,
        )


@transaction.atomic
def import_official(
    *, geography: Geography, ends_on: date, by: Viewer, at: datetime, kind: str = "crte"
) -> list[Contract]:
    """Those of the list that are not here yet. A contract whose signature is dated is taken as in
    force since that day, until ``ends_on``; the others are in preparation."""
    here = set(Contract.objects.exclude(code="").values_list("code", flat=True))
    return [
        import_contract(
            kind=kind,
            name=found.name,
            code=found.code,
            area=footprint(geography, found.territory),
            signed_on=found.signed_on,
            ends_on=ends_on,
            by=by,
            at=at,
        )
        for found in official_list(geography)
        if found.code not in here
    ]


@transaction.atomic
def import_contract(
    *,
    kind: str,
    name: str,
    area: Footprint,
    signed_on: date | None,
    ends_on: date,
    by: Viewer | None,
    at: datetime,
    code: str = "",
    parties: Iterable[ProposedParty] | None = None,
) -> Contract:
    """With its perimeter and its EPCI as parties, or with those chosen of the ones it calls
    for. Its signed text is not here: ``texts.adopt_signed_text`` takes it once it is written."""
    contract = create_contract(kind=kind, name=name, code=code, by=by, at=at)
    since = signed_on or at.date()
    set_perimeter(
        contract=contract, revision=contract.revision, area=area, since=since, by=by, at=at
    )
    called = proposed_parties(area)
    chosen = [one for one in called if one.capacity == "epci"] if parties is None else parties
    add_proposed(contract=contract, parties=chosen, by=by, at=at)
    if signed_on is not None:
        contract.status = "in_force"
        contract.signed_on = contract.in_force_on = contract.starts_on = signed_on
        contract.ends_on = ends_on
        contract.save()
        after = {"signed_on": signed_on, "ends_on": ends_on}
        tell(contract, "imported_signed", contract, by=by, at=at, after=after)
    return contract
