"""Which of the kept dues somebody is told: the table of rights, as one question to the base.

The chef de projet works on all of a contract, an agent on the operations of their organisation,
the State on the contracts of its places. Who works is told, a second factor or not. The SGAR and
the ANCT follow: dates, and grants whose line is open to the State’s services.
"""

from django.db.models import Q, QuerySet

from maillage.accounts.perms import capacities, scope
from maillage.accounts.viewers import Viewer
from maillage.contracts.models import Contract
from maillage.contracts.reading import reached, reached_by
from maillage.operations.dues.sources import SOURCES
from maillage.operations.models import KeptDue, Operation

#: Roles that follow every contract of their places without working on any.
FOLLOW = frozenset({"sgar", "anct"})
_NOBODY = Q(pk__in=())


def dues_of(viewer: Viewer) -> QuerySet[KeptDue]:
    """Whatever their day; simulations are in none."""
    plan = Q(kind__in=("lapse", "step", "missing"))
    edited = Q(contract__in=_ids(viewer, "operation.edit")) | _own(viewer)
    state = Q(contract__in=_ids(viewer, "lines.simulate"))
    whole = Q(contract__in=_ids(viewer, "lines.see_parties"))
    drafts = Q(contract__in=_ids(viewer, "lines.see_drafts"))
    told = (
        (plan & (edited | (state & whole)))
        | (Q(kind__in=("lost", "answered", "call")) & edited)
        | Q(kind="proposal", contract__in=_ids(viewer, "proposal.handle"))
        | Q(kind="term", contract__in=_ids(viewer, "contract.advance"))
        | _followed(viewer)
        | _elsewhere(viewer)
    )
    as_seen = (drafts & Q(with_drafts=True)) | (~drafts & Q(without_drafts=True))
    return KeptDue.objects.filter(told & as_seen)


def contracts_told(viewer: Viewer) -> QuerySet[Contract]:
    """Those that may have something for the viewer: what must be drawn before it is read."""
    reach = _NOBODY
    for action in ("operation.edit", "lines.simulate", "proposal.handle", "contract.advance"):
        reach |= Q(pk__in=_ids(viewer, action))
    for capacity in capacities(viewer):
        if scope(capacity.role, "operation.edit") == "own":
            reach |= Q(pk__in=reached_by(capacity, "operation.edit").values("pk"))
        if capacity.role in FOLLOW:
            reach |= Q(pk__in=reached_by(capacity, "operation.read").values("pk"))
    for source in SOURCES.values():
        reach |= Q(pk__in=source.reach(viewer).values("pk"))
    return Contract.objects.filter(reach)


def _elsewhere(viewer: Viewer) -> Q:
    """What the other rooms tell them, of their own kinds only."""
    found = _NOBODY
    for source in SOURCES.values():
        found |= Q(kind__in=source.kinds) & source.told(viewer)
    return found


def _ids(viewer: Viewer, action: str) -> QuerySet[Contract]:
    return reached(viewer, action).values("pk")


def _own(viewer: Viewer) -> Q:
    """Of the operations whose maître d’ouvrage is an organisation the viewer acts for."""
    found = _NOBODY
    for capacity in viewer.capacities:
        if scope(capacity.role, "operation.edit") == "own":
            piloted = Operation.objects.filter(
                pilots__organisation=capacity.organisation_id,
                contract__in=reached_by(capacity, "operation.edit").values("pk"),
            )
            found |= Q(operation__in=piloted.values("pk"))
    return found


def _followed(viewer: Viewer) -> Q:
    found = _NOBODY
    for capacity in viewer.capacities:
        if capacity.role in FOLLOW:
            over = Q(contract__in=reached_by(capacity, "operation.read").values("pk"))
            seen = Q(kind="lapse", line__kind="programme", line__level__in=("state", "public"))
            found |= over & (Q(kind__in=("step", "term")) | seen)
    return found
