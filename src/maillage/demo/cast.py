"""The people of the demonstration: one a role, whose accounts are opened by invitation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import slugify

from maillage.accounts.actions.accounts import open_operator
from maillage.accounts.actions.invitations import accept, invite
from maillage.accounts.actions.memberships import grant
from maillage.accounts.models import Membership, Person
from maillage.accounts.people import viewer_of
from maillage.accounts.roles import ROLES
from maillage.accounts.viewers import Viewer
from maillage.contracts.models import Contract
from maillage.demo.bodies import Bodies
from maillage.demo.grounds import Ground
from maillage.demo.tables import table
from maillage.territory.units import COUNTRY_ID

#: The same for everybody, and said on the page: nothing here is worth a secret.
PASSWORD = "le pays fictif est ouvert"  # noqa: S105
DOMAIN = "demo.example"
OPERATOR = f"exploitation@{DOMAIN}"


@dataclass(frozen=True)
class Account:
    """One line of the list shown at the door."""

    email: str
    name: str
    role: str  # French
    organisation: str


def accounts() -> list[Account]:
    """Those of the demonstration, in the order of roles: one question. Empty when it was not
    made."""
    rows = Membership.objects.filter(person__email__endswith=f"@{DOMAIN}", until=None)
    order = list(ROLES)
    found: dict[str, Account] = {}
    ranked = sorted(
        rows.select_related("person", "organisation"),
        key=lambda row: (order.index(row.role), row.pk),
    )
    for row in ranked:
        label = ROLES[row.role].label
        known = Account(row.person.email, row.person.name, label, row.organisation.name)
        found.setdefault(row.person.email, known)
    operators = Person.objects.filter(email=OPERATOR)
    label = ROLES["site_operator"].label
    return [*found.values(), *(Account(one.email, one.name, label, "") for one in operators)]


def is_made() -> bool:
    """Whether the demonstration is in the base already."""
    return Person.objects.filter(email=OPERATOR).exists()


def open_accounts(
    bodies: Bodies,
    main: Ground,
    contracts: Mapping[str, list[Contract]],
    at: datetime,
) -> dict[str, Viewer]:
    """Each person as a viewer, by id. ``contracts``: those that « main », « across » and « others »
    stand for. ``at`` comes before all they do."""
    operator = open_operator(email=OPERATOR, name="Camille Renaud", password=PASSWORD, at=at)
    by = Viewer(person_id=operator.pk, name=operator.name, is_operator=True)
    return {one["id"]: _opened(one, bodies, main, contracts, by, at) for one in table("cast")}


def _opened(
    one: Mapping[str, str],
    bodies: Bodies,
    main: Ground,
    contracts: Mapping[str, list[Contract]],
    by: Viewer,
    at: datetime,
) -> Viewer:
    over = one["over"]
    named = [contract.pk for contract in contracts.get(over, [])]
    territory = _territory(over, bodies, main, contracts)
    invitation, _ = invite(
        email=f"{slugify(one['name']).replace('-', '.')}@{DOMAIN}",
        name=one["name"],
        organisation=bodies[one["body"]],
        role=one["role"],
        territory=territory,
        contract_id=named[0] if named else None,
        by=by,
        at=at,
    )
    person = accept(invitation=invitation, password=PASSWORD, name=one["name"], at=at)
    for contract_id in named[1:]:
        grant(
            person=person,
            organisation=bodies[one["body"]],
            role=one["role"],
            contract_id=contract_id,
            by=by,
            at=at,
            since=at.date(),
        )
    return viewer_of(person, strong=True, today=at.date())


def _territory(
    over: str, bodies: Bodies, main: Ground, contracts: Mapping[str, list[Contract]]
) -> str:
    """Where a role that names no contract holds: an EPCI, or units that the main contract meets."""
    if over in contracts:
        return ""
    if over in bodies and bodies[over].territory and over not in ("departement", "region"):
        return bodies[over].territory
    if over == "country":
        return COUNTRY_ID
    level = over.rstrip("s")
    places = main.places(level)
    return "+".join(places if over.endswith("s") else places[:1])
