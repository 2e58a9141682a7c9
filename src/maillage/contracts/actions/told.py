"""What every action here ends by: a line of the contract’s journal."""

from datetime import datetime
from typing import Any

from django.db import models

from maillage.accounts.journal import record
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.models import Contract


def tell(
    contract: Contract,
    verb: str,
    row: models.Model,
    *,
    by: Viewer | None,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """``row`` is what was written; its kind is the name of its model."""
    record(
        by=by,
        at=at,
        verb=verb,
        kind=row._meta.model_name or "",
        id=row.pk,
        contract_id=contract.pk,
        before=before,
        after=after,
    )


def refuse_if(missing: tuple[str, ...], remedy: str) -> None:
    """InputError that says all that is missing at once."""
    if missing:
        raise InputError(problem=" ".join(missing), remedy=remedy)


def held(contract: Contract) -> Contract:
    """The contract, kept from other writers until the end of the transaction."""
    return Contract.objects.select_for_update().get(pk=contract.pk)


def known(value: str, table: Any, label: str) -> str:
    """InputError when a value is not an id of a table."""
    if value not in table:
        raise InputError(
            problem=f"{label} : ce choix n’est pas connu.",
            remedy="choisissez dans la liste.",
            value=value,
        )
    return value
