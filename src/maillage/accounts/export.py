"""Everything kept about somebody, for them: the right of access of the RGPD."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from maillage.accounts.journal import plain
from maillage.accounts.models import Person
from maillage.accounts.roles import table

#: ``data/personal.yaml``: by column that points at a person, what the export says.
PERSONAL: Mapping[str, Mapping[str, Any]] = table("personal")


def everything_about(person: Person) -> dict[str, Any]:
    """Plain values under French keys; neither passwords nor secrets. One question a table,
    whatever the room it stands in."""
    own = {key: plain(getattr(person, name)) for key, name in PERSONAL["account"].items()}
    sections: dict[str, list[dict[str, Any]]] = {}
    for column, said in PERSONAL["exported"].items():
        sections[said["section"]] = _rows(column, said["fields"], person)
    return {**own, "second_facteur": bool(person.totp_secret), **sections}


def erased_with(person: Person) -> list[QuerySet[Any]]:
    """What serves nobody once the account is gone: sessions, codes, filters, addresses."""
    said = PERSONAL["exported"].items()
    return [_about(column, person) for column, one in said if one.get("erased")]


def _rows(column: str, fields: Mapping[str, str], person: Person) -> list[dict[str, Any]]:
    rows = _about(column, person).order_by("pk").values_list(*fields.values())
    return [dict(zip(fields, map(plain, row), strict=True)) for row in rows]


def _about(column: str, person: Person) -> QuerySet[Any]:
    """Rows that point at the person by a column, or that hold their address there."""
    label, _, name = column.rpartition(".")
    model = apps.get_model(label)
    points = model._meta.get_field(name).is_relation
    about = {name: person} if points else {f"{name}__iexact": person.email}
    found: QuerySet[Any] = model._base_manager.filter(**about)
    return found
