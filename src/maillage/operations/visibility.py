"""Which lines of money somebody may see: the one door of every page, file and sum.

Closed by default. A programmed line has a level: parties of the contract, State services too,
everyone. The collectivités’ drafts are unseen by the State until sent, the State’s simulations by
everyone else, the Région included. A funder sees what is asked of it.
"""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Q, QuerySet

from maillage.accounts.perms import Subject, can
from maillage.accounts.viewers import Viewer
from maillage.contracts.models import Contract
from maillage.operations.access import of_contract
from maillage.operations.models import FundingLine

NOTHING = Q(pk__in=())


def visible_lines(
    viewer: Viewer, contract: Contract, subject: Subject | None = None
) -> QuerySet[FundingLine]:
    """``subject`` spares the question of the contract’s places when it is known already."""
    return visible_across(viewer, {contract.pk: subject or of_contract(contract)})


def visible_across(viewer: Viewer, subjects: Mapping[int, Subject]) -> QuerySet[FundingLine]:
    """The same for several contracts, by id: those on which the viewer sees alike are one test."""
    alike: dict[frozenset[str], list[int]] = defaultdict(list)
    for contract_id, subject in subjects.items():
        alike[_eyes(viewer, subject)].append(contract_id)
    seen = Q(operation__contract_id__in=subjects) & asked_of(viewer)
    for eyes, contracts in alike.items():
        seen |= Q(operation__contract_id__in=contracts) & _seen(eyes)
    return FundingLine.objects.filter(seen)


def sees_whole_plan(viewer: Viewer, subject: Subject) -> bool:
    """Whether every programmed line is shown: else no sum of them is."""
    return can(viewer, "lines.see_parties", subject)


def asked_of(viewer: Viewer) -> Q:
    """Programmed lines that an organisation the viewer acts for is asked to pay: of the contract
    alone when the membership names one."""
    seen = NOTHING
    for capacity in viewer.capacities:
        if capacity.organisation_id is None or capacity.role == "partner":
            continue
        named = capacity.contract_id is not None
        there = Q(operation__contract_id=capacity.contract_id) if named else Q()
        seen |= Q(kind="programme", funder_id=capacity.organisation_id) & there
    return seen


#: What opens the eyes to what: an action of the table of rights -> lines.
EYES: Mapping[str, Q] = {
    "lines.see_state": Q(kind="programme", level__in=("state", "public")),
    "lines.see_parties": Q(kind="programme"),
    "lines.see_drafts": Q(kind="draft"),
    "lines.see_simulations": Q(kind="simulation"),
    "public": Q(kind="programme", level="public"),
}


def _eyes(viewer: Viewer, subject: Subject) -> frozenset[str]:
    """Which of ``EYES`` are open on a contract."""
    granted = {eye for eye in EYES if eye != "public" and can(viewer, eye, subject)}
    reads = subject.published or can(viewer, "operation.read", subject)
    return frozenset(granted | {"public"} if reads else granted)


def _seen(eyes: frozenset[str]) -> Q:
    seen = NOTHING
    for eye in sorted(eyes):
        seen |= EYES[eye]
    return seen
