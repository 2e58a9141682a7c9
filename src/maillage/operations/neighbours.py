"""Similar operations in the contracts around, among those that one may read."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from django.db.models import Q

from maillage.accounts.viewers import Viewer
from maillage.contracts.models import Contract, ContractPlace
from maillage.contracts.reading import reached
from maillage.engine.edition import Edition
from maillage.operations.models import Operation
from maillage.operations.published import published_operations
from maillage.operations.similar import Candidate, Likeness, similar

#: Contracts that share one of these with ours are around it.
NEAR = ("epci", "departement", "region")
MOST = 5_000  # operations compared at most
_EARTH_KM = 111.2  # a degree of latitude


@dataclass(frozen=True)
class Similar:
    """``operation`` is of another contract; ``likeness`` says how much, and how far. ``open``:
    whether its page is, to whoever looks; else its title and its contract are all that is told,
    and a published contract told them to everybody already."""

    operation: Operation
    likeness: Likeness
    open: bool


def similar_operations(
    edition: Edition, viewer: Viewer, operation: Operation
) -> tuple[Similar, ...]:
    """Those of contracts that share an EPCI, a département or a région with ours: all of them where
    the viewer may read operations, else those that the public face of their contract shows."""
    ours = ContractPlace.objects.filter(contract=operation.contract, level__in=NEAR)
    around = Contract.objects.filter(places__place__in=ours.values("place"))
    own_contracts = reached(viewer, "operation.read")
    seen = Q(contract__in=own_contracts.values("pk")) | Q(pk__in=published_operations())
    rows = (
        Operation.objects.filter(seen, contract__in=around.values("pk"))
        .exclude(contract=operation.contract)
        .exclude(status="dropped")
        .select_related("contract")
        .prefetch_related("pilots__organisation")[:MOST]
    )
    known = {row.pk: row for row in rows}
    found = similar(_candidate(edition, operation), _candidates(edition, known.values()))
    own = set(own_contracts.values_list("pk", flat=True)) if found else set()
    return tuple(_told(known[item.candidate.id], item, own) for item in found)


def _told(row: Operation, item: Likeness, own: set[int]) -> Similar:
    """Where it stands is not on the public face of a contract."""
    is_open = row.contract_id in own
    return Similar(row, item if is_open else replace(item, km=None), is_open)


def _candidates(edition: Edition, rows: Iterable[Operation]) -> Iterable[Candidate]:
    return (_candidate(edition, row) for row in rows)


def _candidate(edition: Edition, row: Operation) -> Candidate:
    themes = frozenset(purpose for purpose, _ in row.cells)
    return Candidate(row.pk, row.title, themes, _place(edition, row.communes))


def _place(edition: Edition, communes: list[str]) -> tuple[float, float] | None:
    """Middle of its communes, in kilometres on a local plane; None when none is known."""
    geography = edition.geography
    nodes = [geography.index[code] for code in communes if code in geography.index]
    if not nodes:
        return None
    lon, lat = geography.lon[nodes], geography.lat[nodes]
    if not np.isfinite(lon).any():
        return None
    middle = float(np.nanmean(lat))
    east = float(np.nanmean(lon)) * _EARTH_KM * float(np.cos(np.radians(middle)))
    return east, middle * _EARTH_KM
