"""Links that let somebody without an account read one contract for a while."""

from datetime import datetime, timedelta

from django.db import transaction

from maillage.accounts.journal import record
from maillage.accounts.models import ReadLink
from maillage.accounts.tokens import new_token
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError

LONGEST = 180  # days


@transaction.atomic
def make_link(
    *, contract_id: int, label: str, days: int, by: Viewer, at: datetime
) -> tuple[ReadLink, str]:
    """The link, and the token of its address: shown this once, kept nowhere."""
    if not 1 <= days <= LONGEST:
        raise InputError(
            problem=f"un lien de lecture dure de 1 à {LONGEST} jours.",
            remedy="choisissez une durée dans ces bornes.",
            value=str(days),
        )
    if not label.strip():
        raise InputError(problem="dites à qui va ce lien.", remedy="écrivez un nom ou un groupe.")
    token, digest = new_token()
    made = ReadLink.objects.create(
        contract_id=contract_id,
        label=label.strip(),
        digest=digest,
        made_by_id=by.person_id,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    after = {"label": made.label, "expires_at": made.expires_at}
    _say(made, "made", by, at, after)
    return made, token


@transaction.atomic
def revoke_link(*, link: ReadLink, by: Viewer, at: datetime) -> None:
    """The link no longer opens anything; revoking twice changes nothing."""
    if link.revoked_at is None:
        link.revoked_at = at
        link.save(update_fields=["revoked_at"])
        _say(link, "revoked", by, at, {"label": link.label})


def _say(link: ReadLink, verb: str, by: Viewer, at: datetime, after: dict[str, object]) -> None:
    record(
        by=by,
        at=at,
        verb=verb,
        kind="read_link",
        id=link.pk,
        contract_id=link.contract_id,
        after=after,
    )
