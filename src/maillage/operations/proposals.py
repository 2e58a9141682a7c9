"""Reads on the fiches proposed by a link."""

from datetime import datetime

from maillage.accounts.tokens import digest
from maillage.operations.models import ProposalLink


def link_for(token: str, at: datetime) -> ProposalLink | None:
    """One that was neither revoked nor let expire."""
    found = ProposalLink.objects.select_related("contract").filter(digest=digest(token))
    return found.filter(revoked_at=None, expires_at__gt=at).first()
