"""A contract of two EPCI in the Loire, its people, and operations at every stage."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from maillage.accounts.models import Organisation, Person
from maillage.accounts.viewers import ANONYMOUS, Capacity, Viewer
from maillage.contracts.models import Contract, ContractPlace, Party, StrategyNode
from maillage.operations.actions.dues import draw_dues
from maillage.operations.actions.funding import add_line
from maillage.operations.actions.operations import edit_operation, open_operation
from maillage.operations.dues import reading

AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
TODAY = date(2026, 6, 1)
PLACES = ("epci-a", "44", "52")
#: Roles whose membership names the contract; the others act over a place.
NAMED = {"project_lead", "funder", "planning_agency", "partner"}


def organisation(name, nature="cc"):
    return Organisation.objects.get_or_create(name=name, defaults={"nature": nature})[0]


def contract(slug="pays-d-ancenis", name="Pays d’Ancenis", published=False, **more):
    made = Contract.objects.create(
        slug=slug,
        name=name,
        kind="crte",
        status="in_force",
        signed_on=date(2021, 12, 17),
        in_force_on=date(2021, 12, 17),
        starts_on=date(2022, 1, 1),
        ends_on=date(2027, 12, 31),
        created_at=AT,
        published_on=TODAY if published else None,
        **more,
    )
    ContractPlace.objects.bulk_create(
        ContractPlace(contract=made, level="epci", place=place, name=place) for place in PLACES
    )
    return made


def party(of, body, capacity="region"):
    return Party.objects.create(contract=of, organisation=body, capacity=capacity)


def orientation(of, number="1.1", title="Se déplacer autrement"):
    axe = StrategyNode.objects.create(contract=of, kind="axe", number=number[0], title="Axe")
    return StrategyNode.objects.create(
        contract=of, parent=axe, kind="orientation", number=number, title=title
    )


def person(email="lea@example.org", name="Léa Martin"):
    return Person.objects.get_or_create(email=email, defaults={"name": name, "joined_at": AT})[0]


def viewer(role, of, body=None, strong=True, known=True):
    """Somebody of that role on the contract; ``body`` is the organisation they act for."""
    if role == "public":
        return ANONYMOUS
    if role == "link_reader":
        return Viewer(link_contract_id=of.pk)
    if role == "site_operator":
        return Viewer(person_id=person().pk, is_operator=True, strong=strong)
    named = role in NAMED
    capacity = Capacity(
        role=role,
        organisation_id=body.pk if body else None,
        organisation=body.name if body else "Organisme",
        places=frozenset() if named else frozenset({"44"}),
        contract_id=of.pk if named else None,
    )
    return Viewer(
        person_id=person().pk if known else None, name="Léa", capacities=(capacity,), strong=strong
    )


def operation(of, title="Voie verte", owners=(), **fields):
    return open_operation(contract=of, title=title, by=None, at=AT, owners=owners, fields=fields)


def line(of, source="detr", asked=100_000, kind="programme", **fields):
    given = {"asked": Decimal(asked), "asked_on": date(2026, 1, 10)} | fields
    return add_line(operation=of, source=source, kind=kind, by=None, at=AT, fields=given)


def draw(today=TODAY):
    """What waits in every contract, drawn as pages have it drawn; how many were."""
    return draw_dues(contracts=Contract.objects.all(), today=today, at=AT)


def agenda(viewer, today=TODAY):
    """What waits for somebody, drawn when it has to be."""
    draw(today)
    return reading.agenda(viewer, today)


def complete(of, node):
    """Everything the gate asks for, save the indicators and the plan."""
    edit_operation(
        operation=of,
        revision=of.revision,
        by=None,
        at=AT,
        fields={
            "description": "Six kilomètres de voie verte entre deux gares, éclairés.",
            "referent": "Anne Le Goff",
            "orientation_id": node.pk,
            "communes": ["44003"],
            "investment_cost": Decimal(1000),
            "starts_on": TODAY + timedelta(days=90),
            "ends_on": TODAY + timedelta(days=400),
            "ecology": "Moins de trajets en voiture.",
            "cotech_opinion": "favourable",
            "cotech_on": TODAY,
        },
    )
