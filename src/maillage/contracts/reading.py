"""Reads: which contracts a viewer may see, what a contract is judged on, where it stands."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Count, Q, QuerySet

from maillage.accounts.perms import RIGHTS, Subject, can, capacities
from maillage.accounts.viewers import Capacity, Viewer
from maillage.common.errors import NotFoundError
from maillage.contracts.commitments import Commitment, unbound
from maillage.contracts.diff import Change
from maillage.contracts.life import Facts
from maillage.contracts.models import (
    Avenant,
    Contract,
    ContractPlace,
    ContractVersion,
    Party,
    Signature,
)
from maillage.contracts.snapshot import parties_of, perimeter_of

#: No row: the base is not even asked.
NOTHING = Q(pk__in=())
#: Levels one may choose a place among, the widest first.
PLACE_LEVELS = {
    "region": "Régions",
    "departement": "Départements",
    "arrondissement": "Arrondissements",
}
#: Statuses of an avenant that is not over.
OPEN = ("draft", "frozen")


def contract_named(slug: str) -> Contract:
    """NotFoundError, in French, when there is none."""
    found = Contract.objects.select_related("lead", "previous").filter(slug=slug).first()
    if found is None:
        raise NotFoundError("aucun contrat ne porte cet identifiant.")
    return found


def subject_of(contract: Contract, organisations: frozenset[int] = frozenset()) -> Subject:
    """What rights on a contract are judged on: two questions to the base."""
    return Subject(
        contract_id=contract.pk,
        places=frozenset(contract.places.values_list("place", flat=True)),
        organisations=organisations,
        published=contract.published_on is not None,
        parties=party_organisations([contract.pk])[contract.pk],
    )


def party_organisations(contracts: Iterable[int]) -> Mapping[int, frozenset[int]]:
    """Organisations that are parties today, by contract: neither those that an avenant still has
    to bring, nor those that have left. One question to the base."""
    found: dict[int, set[int]] = {id: set() for id in contracts}
    for contract_id, organisation_id in _present(Q(contract_id__in=found)):
        found[contract_id].add(organisation_id)
    return {id: frozenset(organisations) for id, organisations in found.items()}


def _present(among: Q):  # type: ignore[no-untyped-def]
    rows = Party.objects.filter(among, joins_with=None, until=None)
    return rows.values_list("contract_id", "organisation_id")


def readable(viewer: Viewer) -> QuerySet[Contract]:
    """Contracts that the viewer may read whole or see published: the table of rights, as SQL."""
    allowed = Q(published_on__isnull=False)
    for capacity in capacities(viewer):
        allowed |= _reach(capacity)
    return Contract.objects.filter(allowed)


def mine(viewer: Viewer) -> QuerySet[Contract]:
    """Those that one of the viewer’s own memberships, or a link, lets them read whole."""
    allowed = NOTHING
    for capacity in capacities(viewer):
        allowed |= _reach(capacity)
    return Contract.objects.filter(allowed)


def reached(viewer: Viewer, action: str) -> QuerySet[Contract]:
    """Those on which the table of rights grants it to the viewer, a second factor being given;
    « own » is granted on some of their rows only: those contracts are left out."""
    allowed = NOTHING
    for capacity in capacities(viewer):
        if RIGHTS[action].roles.get(capacity.role) != "own":
            allowed |= _reach(capacity, action)
    return Contract.objects.filter(allowed)


def reached_by(capacity: Capacity, action: str) -> QuerySet[Contract]:
    """Those over which one capacity holds it, be it on what belongs to its organisation only."""
    return Contract.objects.filter(_reach(capacity, action))


def _reach(capacity: Capacity, action: str = "contract.read") -> Q:
    scope = RIGHTS[action].roles.get(capacity.role, "never")
    if scope == "never":
        return NOTHING
    if scope == "party":
        joined = _present(Q(organisation_id=capacity.organisation_id))
        return _over(capacity) & Q(pk__in=joined.values("contract_id"))
    return Q(pk=capacity.contract_id) if scope == "contract" else _over(capacity)


def _over(capacity: Capacity) -> Q:
    """A membership that names a contract holds over no other."""
    if capacity.contract_id is not None:
        return Q(pk=capacity.contract_id)
    return Q(pk__in=Contract.objects.filter(places__place__in=capacity.places).values("pk"))


def listed(viewer: Viewer, *, place: str = "", status: str = "", kind: str = "", text: str = ""):  # type: ignore[no-untyped-def]
    """Rows of the list, those of a place, a status, a kind or a name; a constant number of
    questions whatever their number."""
    rows = readable(viewer)
    if "\0" in f"{place}{status}{kind}{text}":  # no text of the base holds one
        return rows.none()
    if place:
        rows = rows.filter(pk__in=Contract.objects.filter(places__place=place).values("pk"))
    if status:
        rows = rows.filter(status=status)
    if kind:
        rows = rows.filter(kind=kind)
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(code__icontains=text))
    return rows.select_related("lead")


def by_name(ids: Iterable[int]) -> tuple[int, ...]:
    """The same contracts in the order of their names; nothing is asked for none."""
    rows = Contract.objects.filter(pk__in=list(ids)).order_by("filed", "pk")
    return tuple(rows.values_list("pk", flat=True))


def with_epcis(contracts: Iterable[Contract]) -> list[Contract]:
    """Each with the number of its EPCI, ``epcis``: one question, whatever their number."""
    rows = list(contracts)
    places = ContractPlace.objects.filter(level="epci", contract__in=[row.pk for row in rows])
    counts = dict(places.values_list("contract").annotate(number=Count("pk")))
    for row in rows:
        row.epcis = counts.get(row.pk, 0)
    return rows


def places_among(contracts: QuerySet[Contract]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Territories one may choose among these contracts, by level, as (id, name): one question."""
    rows = ContractPlace.objects.filter(level__in=PLACE_LEVELS, contract__in=contracts.values("pk"))
    found = rows.order_by("filed").values_list("level", "place", "name").distinct()
    held: dict[str, list[tuple[str, str]]] = {}
    for level, place, name in found:
        held.setdefault(level, []).append((place, name))
    return [(label, held[level]) for level, label in PLACE_LEVELS.items() if level in held]


def text_to_sign(contract: Contract) -> ContractVersion | None:
    """The frozen text that waits for signatures: of the contract, or of its avenant."""
    waiting = contract.versions.filter(withdrawn_at=None, in_force_on=None)
    return waiting.order_by("-number").first()


def version_in_force(contract: Contract) -> ContractVersion | None:
    held = contract.versions.filter(in_force_on__isnull=False, superseded_on=None)
    return held.select_related("frozen_by").first()


def open_avenant(contract: Contract) -> Avenant | None:
    held = contract.avenants.filter(status__in=OPEN)
    return held.select_related("base", "version").first()


def signatories(contract: Contract, version: ContractVersion) -> list[Party]:
    """Who is to sign a frozen text: the parties it names, those it removes included."""
    avenant = getattr(version, "avenant", None)
    named = {int(key) for key in version.snapshot["parties"]}
    if avenant is not None:
        named |= {int(key) for key in avenant.base.snapshot["parties"]}
    rows = contract.parties.filter(organisation_id__in=named, until=None)
    return list(rows.select_related("organisation"))


def facts_of(
    contract: Contract,
    today: date,
    changes: list[Change] | None = None,
    committed: Iterable[Commitment] = (),
) -> Facts:
    """``changes`` are those that the open avenant takes, when it is what is asked about;
    ``committed`` says who owns and pays, when it is a text to freeze."""
    parties = parties_of(contract)
    perimeter = perimeter_of(contract)
    version = text_to_sign(contract)
    avenant = open_avenant(contract)
    binding = signatories(contract, version) if version else parties
    return Facts(
        status=contract.status,
        today=today,
        kind=contract.kind,
        perimeter=perimeter.name if perimeter else "",
        lead=contract.lead.name if contract.lead else "",
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        state_of_play=bool(contract.state_of_play.strip()),
        orientations=contract.strategy.filter(kind="orientation").count(),
        parties=_by_capacity(binding),
        method_signed=_signed(contract, None),
        text_frozen=version is not None,
        signed=_signed(contract, version) if version else frozenset(),
        required=tuple(p.organisation.name for p in binding if p.required),
        to_confirm=tuple(p.organisation.name for p in parties if p.to_confirm),
        unbound=tuple(one.told for one in unbound(committed, parties)),
        has_successor=contract.successors.exists(),
        avenant_open=avenant is not None,
        avenant_authority=avenant is not None and avenant.decisions.exists(),
        avenant_changes=len(changes or ()),
    )


def _by_capacity(parties: list[Party]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for party in parties:
        groups[party.capacity] = (*groups.get(party.capacity, ()), party.organisation.name)
    return groups


def _signed(contract: Contract, version: ContractVersion | None) -> frozenset[str]:
    given = Signature.objects.filter(party__contract=contract, version=version)
    return frozenset(given.values_list("party__organisation__name", flat=True))


def may_read(viewer: Viewer, subject: Subject) -> bool:
    """Whole, or its public face."""
    return can(viewer, "contract.read", subject) or can(viewer, "contract.read_public", subject)
