"""A contract with one of everything, whose every amount is a number found nowhere else."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client
from tests.operations import world

from maillage.accounts.actions.invitations import invite
from maillage.accounts.actions.links import make_link
from maillage.accounts.actions.memberships import close_membership, grant
from maillage.accounts.actions.organisations import add_organisation
from maillage.accounts.models import Membership, Organisation, Person
from maillage.accounts.people import viewer_of
from maillage.accounts.perms import Subject
from maillage.accounts.viewers import Viewer
from maillage.contracts.actions.avenants import open_an_avenant
from maillage.contracts.actions.contracts import create_contract, edit_contract
from maillage.contracts.actions.decisions import Authority, record_decision
from maillage.contracts.actions.life import advance
from maillage.contracts.actions.parties import add_party, record_signature
from maillage.contracts.actions.perimeters import set_perimeter
from maillage.contracts.actions.programmes import reference_programme
from maillage.contracts.actions.strategy import add_node
from maillage.contracts.actions.texts import freeze_text
from maillage.contracts.footprints import footprint
from maillage.contracts.models import Contract, ContractPlace
from maillage.contracts.reading import subject_of
from maillage.governance.actions.committees import add_member, create_committee
from maillage.governance.actions.held import record_attendance, record_minutes
from maillage.governance.actions.meetings import Point, call_meeting, write_agenda
from maillage.operations.access import of_operation
from maillage.operations.actions import attached, funding
from maillage.operations.actions.intake_columns import settle_columns
from maillage.operations.actions.intakes import start_intake
from maillage.operations.actions.maquettes import freeze_maquette
from maillage.operations.actions.proposals import make_proposal_link, propose
from maillage.operations.actions.views import make_feed, save_view
from maillage.operations.filters import read_filters
from maillage.operations.models import FundingLine, Operation, ProjectCall
from maillage.participation.about import About
from maillage.participation.actions import leave_remark
from maillage.web.viewers import STRONG, now

RIVES = "200000001"
#: Kind and level of a line -> what was asked, notified, paid, committed: each its own number.
AMOUNTS = {
    "programme/parties": (123_457, 112_361, 51_439, 61_441),
    "programme/state": (234_571, 223_467, 52_453, 62_459),
    "programme/public": (345_679, 334_573, 53_453, 63_463),
    "draft/parties": (456_791, 445_681, 54_469, 64_483),
    "simulation/parties": (567_899, 556_789, 55_469, 65_479),
}
PROPOSED = 678_907
#: In the title of a fiche of a published neighbour that its public face does not show.
UNPUBLISHED = "789013"
TOKEN_ROLES = ("link_reader", "public", "site_operator")


@dataclass
class Everything:
    """One of each object, what the addresses name."""

    contract: Contract
    body: Organisation
    other: Organisation
    lead: Viewer
    operation: Operation
    lines: dict[str, FundingLine] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)

    @property
    def subject(self) -> Subject:
        return subject_of(Contract.objects.get(pk=self.contract.pk))

    @property
    def of_operation(self) -> Subject:
        return of_operation(Operation.objects.get(pk=self.operation.pk), self.subject)


def make(country) -> Everything:
    at = now()
    day = at.date()
    contract = create_contract(kind="crte", name="Deux Rives", by=None, at=at)
    area = footprint(country, RIVES)
    set_perimeter(
        contract=contract, revision=contract.revision, area=area, since=day, by=None, at=at
    )
    body = add_organisation(name="CC des Deux Rives", nature="cc", siren=RIVES, by=None, at=at)
    other = add_organisation(name="Autre organisme", nature="other", by=None, at=at)
    state = add_organisation(name="Préfecture de l’Aval", nature="state", by=None, at=at)
    owner = add_party(contract=contract, organisation=body, capacity="epci", by=None, at=at)
    prefect = add_party(contract=contract, organisation=state, capacity="state", by=None, at=at)
    lead = account("Léa Martin", body, "project_lead", contract_id=contract.pk)
    by = viewer_of(lead, strong=True, today=day)
    axe = add_node(contract=contract, parent=None, title="Mobilité", by=by, at=at)
    node = add_node(contract=contract, parent=axe, title="Sans voiture", by=by, at=at)
    programme = reference_programme(contract=contract, programme="", name="PVD", by=by, at=at)
    made = _operation(contract, body, node, by, at)
    found = Everything(contract, body, other, by, made)
    _money(found, at)
    contract.refresh_from_db()
    changes = {
        "lead": body, "starts_on": date(2024, 1, 1), "ends_on": date(2029, 12, 31),
        "state_of_play": "Deux rives, un pont.",
    }  # fmt: skip
    contract = edit_contract(
        contract=contract, revision=contract.revision, changes=changes, by=by, at=at
    )
    version, signature = _signed(contract, (owner, prefect), by, at)
    avenant = open_an_avenant(contract=contract, title="Avenant", purpose="", by=by, at=at)
    link, token = make_link(contract_id=contract.pk, label="Élus", days=9, by=by, at=at)
    invitation, invited = invite(
        email="invitee@exemple.fr", name="Invitée", organisation=body, role="elected",
        contract_id=contract.pk, by=by, at=at,
    )  # fmt: skip
    guest = account("Invité", other, "partner", contract_id=contract.pk)
    proposal_link, proposing = make_proposal_link(
        contract=contract, label="Communes", days=9, by=by, at=at
    )
    proposal = propose(
        link=proposal_link, title="Halle", description="Une halle.", owner="Arcy",
        contact="maire@exemple.fr", cost=Decimal(PROPOSED), at=at,
    )  # fmt: skip
    minutes = ContentFile(b"%PDF-1.7 x", "x.pdf")
    decision = record_decision(
        contract=contract, kind="funding", subject="Programmation",
        authority=Authority("copil", day, "CR 1", document=minutes), by=by, at=at,
    )  # fmt: skip
    maquette = freeze_maquette(
        contract=contract, year=day.year, decided_on=day, instance="Copil", reference="CR 1",
        by=by, at=at,
    )  # fmt: skip
    remark = leave_remark(
        about=About(page="/", subject=""), text="Faux.", name="", email="", edition="", at=at
    )
    _neighbour(contract, country, at)
    found.contract = contract
    found.ids |= {
        "node": node.pk, "programme": programme.pk, "party": owner.pk, "signature": signature.pk,
        "version": version.pk, "avenant": avenant.number, "link": link.pk, "token": token,
        "invited": invited, "invitation": invitation.pk, "proposing": proposing,
        "proposal_link": proposal_link.pk,
        "proposal": proposal.pk, "maquette": (maquette.year, maquette.rank), "remark": remark.pk,
        "decision": decision.pk,
        "membership": Membership.objects.get(person=guest).pk, "feed": make_feed(by=by, at=at),
        "intake": _intake(contract, body, by, at),
        **_governance(contract, body, by, at),
    }  # fmt: skip
    return found


def _neighbour(here: Contract, country, at) -> None:
    """Published, next door: one fiche alike that it shows, one that it does not."""
    made = create_contract(kind="crte", name="Voisin", by=None, at=at)
    area = footprint(country, "200000002")
    day = at.date()
    set_perimeter(contract=made, revision=0, area=area, since=day, by=None, at=at)
    Contract.objects.filter(pk=made.pk).update(published_on=day)
    for contract in (here, made):
        place = {"level": "departement", "place": "dep-99", "name": "Commun"}
        ContractPlace.objects.create(contract=contract, **place)
    shown = world.operation(made, "Voie verte")
    world.operation(made, f"Voie verte {UNPUBLISHED}")
    lines = {"asked": Decimal(5), "asked_on": day, "level": "public"}
    funding.add_line(operation=shown, source="detr", by=None, at=at, fields=lines)


def _governance(contract, body, by, at) -> dict[str, Any]:
    """A committee, somebody who sits in it, a meeting held yesterday, one called for tomorrow."""
    committee = create_committee(contract=contract, kind="copil", by=by, at=at)
    member = add_member(
        committee=committee, organisation=body, name="Anne Roy", email="anne@exemple.fr",
        since=date(2024, 1, 1), by=by, at=at,
    )  # fmt: skip
    held, called, closed = (
        call_meeting(committee=committee, starts_at=at + timedelta(days=days), by=by, at=at)
        for days in (-1, 1, -99)
    )
    for one in (held, closed):
        record_attendance(meeting=one, revision=one.revision, came={}, guests="", by=by, at=at)
    minutes = ContentFile(b"%PDF-1.7 x", "cr.pdf")
    record_minutes(
        meeting=closed, revision=closed.revision, reference="CR 1", document=minutes, by=by, at=at
    )
    points = [Point("decision", "Inscrire la halle")]
    write_agenda(meeting=held, revision=held.revision, points=points, by=by, at=at)
    return {
        "committee": committee.pk, "member": member.pk, "held": held.pk, "called": called.pk,
        "closed": closed.pk, "item": held.items.get().pk,
    }  # fmt: skip


def _operation(contract, body, node, by, at) -> Operation:
    made = world.operation(contract, "Voie verte", (body,), number="1.1", communes=["01001"])
    world.complete(made, node)
    return made


def _money(found: Everything, at) -> None:
    """One line of each kind, each granted, paid in part and spread over a year."""
    day, year = at.date() - timedelta(days=100), at.year
    for cell, (asked, notified, paid, committed) in AMOUNTS.items():
        kind, level = cell.split("/")
        fields = {
            "asked": Decimal(asked), "asked_on": day, "notified": Decimal(notified),
            "notified_on": day, "eligible": Decimal(asked), "file_number": f"DOSSIER-{asked}",
            **({"level": level} if kind == "programme" else {}),
        }  # fmt: skip
        source = "detr" if kind != "draft" else "dsil"
        made = funding.add_line(
            operation=found.operation, source=source, kind=kind, by=None, at=at, fields=fields
        )
        funding.pay(line=made, amount=Decimal(paid), day=day, by=None, at=at)
        shares = {year: (Decimal(committed), Decimal(committed))}
        made.refresh_from_db()
        funding.spread(line=made, revision=made.revision, years=shares, by=None, at=at)
        found.lines[cell] = made
    found.ids["file"] = attached.attach(
        operation=found.operation, name="plan.pdf", content=b"%PDF-1.7 x", by=found.lead, at=at
    ).pk
    found.ids["indicator"] = attached.link_indicator(
        operation=found.operation, name="Part du vélo", question="results", by=None, at=at
    ).pk
    found.ids["call"] = ProjectCall.objects.create(
        contract=found.contract, name="Mobilités rurales", funder="Région", source="region"
    ).pk


def _signed(contract, parties, by, at):
    for party in parties:
        _sign(party, None, by, at)
    state = by
    advance(
        contract=contract,
        revision=contract.revision,
        step="sign_method",
        on=at.date(),
        by=state,
        at=at,
    )
    advance(
        contract=contract,
        revision=contract.revision,
        step="start_drafting",
        on=at.date(),
        by=state,
        at=at,
    )
    from maillage.operations.committed import committed
    from maillage.operations.inscribed import inscribed

    version = freeze_text(
        contract=contract,
        committed=committed(contract),
        operations=inscribed(contract),
        by=by,
        at=at,
    )
    made = [_sign(party, version, by, at) for party in parties]
    advance(
        contract=contract, revision=contract.revision, step="sign", on=at.date(), by=state, at=at
    )
    advance(
        contract=contract,
        revision=contract.revision,
        step="enter_force",
        on=at.date(),
        by=state,
        at=at,
    )
    contract.refresh_from_db()
    return version, made[0]


def _sign(party, version, by, at):
    scan = ContentFile(b"%PDF-1.7 x", "x.pdf") if version else None
    return record_signature(
        party=party, version=version, signed_on=at.date(), signatory="Mme Durand",
        mandate_reference="2026-12", scan=scan, by=by, at=at,
    )  # fmt: skip


def _intake(contract, body, by, at) -> int:
    text = "Intitulé;Maître d’ouvrage;Coût total HT;DETR\nHalle;CC des Deux Rives;1000;200\n"
    made = start_intake(contract=contract, name="x.csv", content=text.encode(), by=by, at=at)
    mapping = {"Tableau": {0: ("Intitulé", "title")}}
    settle_columns(
        intake=made, revision=made.revision, mapping=mapping, organisation_id=body.pk, by=by, at=at
    )
    return made.pk


def account(name: str, body: Organisation, role: str, *, until=None, **reach) -> Person:
    made = Person.objects.create(email=f"p{Person.objects.count()}@exemple.fr", name=name)
    day = now().date() - timedelta(days=30)
    held = grant(person=made, organisation=body, role=role, by=None, at=now(), since=day, **reach)
    if until:
        close_membership(membership=held, until=until, by=None, at=now())
    return made


@dataclass(frozen=True)
class Visitor:
    """A browser and who sits before it, as the rights see them."""

    name: str
    client: Client
    viewer: Viewer
    view_id: int = 0


def visitor(found: Everything, name: str, person: Person | None, *, strong=True) -> Visitor:
    """Signed in; ``strong``: the second factor was given."""
    client = Client()
    if person is None:
        return Visitor(name, client, Viewer())
    client.force_login(person)
    session = client.session
    session[STRONG] = strong
    session.save()
    who = viewer_of(person, strong=strong, today=now().date())
    kept = save_view(
        contract=found.contract, name="Miens", filters=read_filters({}), by=who, at=now()
    )
    return Visitor(name, client, who, kept.pk)


def reader(found: Everything) -> Visitor:
    """Somebody who opened the link, without an account."""
    client = Client()
    client.get(f"/lien/{found.ids['token']}/")
    return Visitor("link_reader", client, Viewer(link_contract_id=found.contract.pk))


def operator(found: Everything) -> Visitor:
    made = Person.objects.create(email="op@exemple.fr", name="Exploitant", is_operator=True)
    return visitor(found, "site_operator", made)


__all__ = ["AMOUNTS", "PROPOSED", "Everything", "Visitor", "account", "make"]
