"""Erasing the links to propose a fiche that expired without serving."""

from datetime import datetime, timedelta

from django.db import transaction

from maillage.accounts.journal import record
from maillage.operations.models import ProposalLink

#: A link stays this long after it expires: whoever comes too late is still told why.
KEPT = timedelta(days=30)


@transaction.atomic
def erase_proposal_links(*, at: datetime) -> int:
    """How many were erased. One by which a fiche came stays: the fiche says where it is from."""
    expired = ProposalLink.objects.filter(expires_at__lt=at - KEPT, proposals=None)
    count = expired.count()
    if count:
        expired.delete()
        after = {"count": count}
        record(by=None, at=at, verb="erased", kind="proposal_link", id="", after=after)
    return count
