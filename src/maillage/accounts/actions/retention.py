"""Erasing what no longer opens anything: sessions, invitations and reading links that expired."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from maillage.accounts.journal import record
from maillage.accounts.models import Invitation, ReadLink
from maillage.accounts.models.sessions import AccountSession

#: Ways in stay this long after they expire: whoever comes too late is still told why.
KEPT = timedelta(days=30)


@transaction.atomic
def erase_sessions(*, at: datetime) -> int:
    """How many sessions were over, and are no more."""
    return _erase(AccountSession.objects.filter(expire_date__lt=at), "session", at)


@transaction.atomic
def erase_invitations(*, at: datetime) -> int:
    """The same of invitations, accepted or not: they hold an address and a name."""
    return _erase(Invitation.objects.filter(expires_at__lt=at - KEPT), "invitation", at)


@transaction.atomic
def erase_read_links(*, at: datetime) -> int:
    """The same of reading links, revoked ones included once they would have expired."""
    return _erase(ReadLink.objects.filter(expires_at__lt=at - KEPT), "read_link", at)


def _erase(found: QuerySet[Any], kind: str, at: datetime) -> int:
    """One line of the journal for all; none when there was nothing."""
    count, _ = found.delete()
    if count:
        record(by=None, at=at, verb="erased", kind=kind, id="", after={"count": count})
    return count
