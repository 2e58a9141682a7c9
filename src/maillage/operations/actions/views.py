"""What people keep for themselves: named filters, the address of their calendar."""

from datetime import datetime

from django.db import transaction

from maillage.accounts.journal import record
from maillage.accounts.tokens import new_token
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.models import Contract
from maillage.operations.filters import Filters
from maillage.operations.models import CalendarFeed, SavedView


@transaction.atomic
def save_view(
    *, contract: Contract, name: str, filters: Filters, by: Viewer, at: datetime
) -> SavedView:
    """A second one of the same name takes its place. InputError without a name."""
    if not name.strip():
        raise InputError(problem="donnez un nom à ces filtres.", remedy="écrivez-le.")
    made, _ = SavedView.objects.update_or_create(
        person_id=by.person_id,
        contract=contract,
        name=name.strip()[:80],
        defaults={"query": filters.query()},
    )
    _say("saved_view", made.pk, contract.pk, by, at)
    return made


@transaction.atomic
def forget_view(*, view: SavedView, by: Viewer, at: datetime) -> None:
    _say("saved_view", view.pk, view.contract_id, by, at, verb="removed")
    view.delete()


@transaction.atomic
def make_feed(*, by: Viewer, at: datetime) -> str:
    """The secret of their calendar’s address, shown once; the former address stops working."""
    token, hashed = new_token()
    feed, _ = CalendarFeed.objects.update_or_create(
        person_id=by.person_id, defaults={"digest": hashed, "made_at": at}
    )
    _say("calendar_feed", feed.pk, None, by, at)
    return token


def _say(
    kind: str, id: int, contract_id: int | None, by: Viewer, at: datetime, verb: str = "made"
) -> None:
    record(by=by, at=at, verb=verb, kind=kind, id=id, contract_id=contract_id)
