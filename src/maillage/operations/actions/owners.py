"""Maîtres d’ouvrage that become organisations the first time an operation names them."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from maillage.accounts.actions.organisations import add_organisation
from maillage.accounts.models import Organisation
from maillage.accounts.viewers import Viewer
from maillage.operations.owners import Candidate


@transaction.atomic
def organisations_of(
    *, chosen: Iterable[Candidate], by: Viewer | None, at: datetime
) -> list[Organisation]:
    """In the same order. InputError for a name left out or a nature that is none."""
    return [_organisation(one, by, at) for one in chosen]


def _organisation(one: Candidate, by: Viewer | None, at: datetime) -> Organisation:
    if one.id.isdecimal():
        return Organisation.objects.get(pk=int(one.id))
    return add_organisation(
        name=one.name, nature=one.nature, siren=one.siren, territory=one.territory, by=by, at=at
    )
