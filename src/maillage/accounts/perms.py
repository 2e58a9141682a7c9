"""What each role may do, as one table; a pure function that reads it, and refuses by default.

Every room writes its actions in a file of ``data/rights``. Scopes: ``contract`` for whoever a
membership names the contract to, or a link opens it to; ``places`` for whoever acts over a place
of its perimeter too; ``party`` for the same, when their organisation is a party of the contract;
``own`` for the same, on what belongs to their organisation; ``always``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files

import yaml

from maillage.accounts.roles import ROLES
from maillage.accounts.viewers import Capacity, Viewer

SCOPES = ("contract", "places", "party", "own", "always")
#: Conditions on the subject itself, whoever asks.
ONLY = ("", "published")


class UnknownActionError(LookupError):
    """An action that the table does not have: a fault of the program."""


@dataclass(frozen=True)
class Right:
    """One line of the table. ``writes``: asks for a second factor."""

    id: str
    label: str
    roles: Mapping[str, str]
    writes: bool = False
    only: str = ""


@dataclass(frozen=True)
class Subject:
    """What an action bears on: a contract, the ids of the territories it touches, the
    organisations it belongs to, those that are parties of the contract."""

    contract_id: int | None = None
    places: frozenset[str] = field(default=frozenset())
    organisations: frozenset[int] = field(default=frozenset())
    published: bool = False
    parties: frozenset[int] = field(default=frozenset())


#: What belongs to no contract.
SITE = Subject()


def _rights() -> dict[str, Right]:
    folder = files("maillage.accounts").joinpath("data/rights")
    tables = sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    return {
        id: Right(id=id, **line)
        for file in tables
        for id, line in yaml.safe_load(file.read_bytes()).items()
    }


#: Every action of the product, by id.
RIGHTS: Mapping[str, Right] = _rights()


def can(viewer: Viewer, action: str, subject: Subject = SITE) -> bool:
    """Whether the table grants it to one of the viewer's capacities. UnknownActionError."""
    right = right_to(action)
    if right.only == "published" and not subject.published:
        return False
    if right.writes and not viewer.strong:
        return False
    return any(_holds(right, capacity, subject) for capacity in capacities(viewer))


def givable(viewer: Viewer, action: str, subject: Subject = SITE) -> list[str]:
    """Roles that the viewer may invite somebody in: those that one of the capacities granting the
    action may give."""
    right = right_to(action)
    held = {c.role for c in capacities(viewer) if _holds(right, c, subject)}
    if not can(viewer, action, subject):
        return []
    return [role.id for role in ROLES.values() if held & set(role.given_by)]


def lacks_second_factor(viewer: Viewer, action: str, subject: Subject = SITE) -> bool:
    """Whether a second factor is all that is missing."""
    strong = replace(viewer, strong=True)
    return not can(viewer, action, subject) and can(strong, action, subject)


def right_to(action: str) -> Right:
    try:
        return RIGHTS[action]
    except KeyError as error:
        raise UnknownActionError(action) from error


#: Roles that may write something, whatever it is.
WRITING = frozenset(role for right in RIGHTS.values() if right.writes for role in right.roles)


def scope(role: str, action: str) -> str:
    """``never`` when the table says nothing."""
    return right_to(action).roles.get(role, "never")


def who_may(action: str) -> list[str]:
    """French labels of the roles that have it, in the order of roles."""
    return [role.label for role in ROLES.values() if scope(role.id, action) != "never"]


def capacities(viewer: Viewer) -> tuple[Capacity, ...]:
    """Those of memberships, then those that come from how one arrives."""
    extra = [Capacity("public", None, "", frozenset())]
    if viewer.is_operator:
        extra.append(Capacity("site_operator", None, "", frozenset()))
    if viewer.link_contract_id is not None:
        extra.append(Capacity("link_reader", None, "", frozenset(), viewer.link_contract_id))
    return (*viewer.capacities, *extra)


def _holds(right: Right, capacity: Capacity, subject: Subject) -> bool:
    match right.roles.get(capacity.role):
        case "always":
            return True
        case "contract":
            return _named(capacity, subject)
        case "places":
            return _covers(capacity, subject)
        case "party":
            return _covers(capacity, subject) and capacity.organisation_id in subject.parties
        case "own":
            return _covers(capacity, subject) and capacity.organisation_id in subject.organisations
    return False


def _named(capacity: Capacity, subject: Subject) -> bool:
    return subject.contract_id is not None and capacity.contract_id == subject.contract_id


def _covers(capacity: Capacity, subject: Subject) -> bool:
    """A membership that names a contract holds over no other."""
    if capacity.contract_id is not None:
        return _named(capacity, subject)
    return bool(capacity.places & subject.places)
