"""Writing the strategy: axes, orientations, objectifs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from maillage.accounts.conflicts import claim, save_revised
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.actions.told import held, tell
from maillage.contracts.models import Contract, StrategyNode

#: What stands under what.
BELOW = {"": "axe", "axe": "orientation", "orientation": "objectif"}
EDITABLE = ("number", "title", "text")


@transaction.atomic
def add_node(
    *,
    contract: Contract,
    parent: StrategyNode | None,
    title: str,
    by: Viewer,
    at: datetime,
    text: str = "",
) -> StrategyNode:
    """Numbered after its sisters: 1.2 after 1.1. InputError under an objectif."""
    held(contract)
    kind = BELOW.get(parent.kind if parent else "")
    if kind is None:
        raise InputError(
            problem="rien ne se place sous un objectif.", remedy="ajoutez un objectif à côté."
        )
    _check(title)
    made = StrategyNode.objects.create(
        contract=contract,
        parent=parent,
        kind=kind,
        number=_next_number(contract, parent),
        title=title.strip(),
        text=text.strip(),
    )
    after = {"number": made.number, "title": made.title}
    tell(contract, "added", made, by=by, at=at, after=after)
    return made


@transaction.atomic
def edit_node(
    *, node: StrategyNode, revision: int, changes: Mapping[str, Any], by: Viewer, at: datetime
) -> StrategyNode:
    """ConflictError on a stale revision; InputError for a number that another has."""
    if set(changes) - set(EDITABLE):
        raise TypeError("not editable")
    _check(changes.get("title", node.title))
    number = changes.get("number", node.number)
    sisters = StrategyNode.objects.filter(contract=node.contract, number=number)
    if sisters.exclude(pk=node.pk).exists():
        raise InputError(
            problem="ce numéro est déjà pris.", remedy="donnez-en un autre.", value=number
        )
    before, after = save_revised(node, revision, changes)
    if after:
        tell(node.contract, "edited", node, by=by, at=at, before=before, after=after)
    return node


@transaction.atomic
def remove_node(*, node: StrategyNode, revision: int, by: Viewer, at: datetime) -> None:
    """InputError while something stands under it or answers it; ConflictError."""
    claim(node, revision)
    before = {"number": node.number, "title": node.title}
    contract, key = node.contract, node.pk
    try:
        node.delete()
    except ProtectedError as error:
        raise InputError(
            problem="cet élément porte encore des éléments ou des opérations.",
            remedy="déplacez-les ou retirez-les d’abord.",
            value=before["title"],
        ) from error
    node.pk = key
    tell(contract, "removed", node, by=by, at=at, before=before)


def _next_number(contract: Contract, parent: StrategyNode | None) -> str:
    """One more than the last number used at this place."""
    sisters = contract.strategy.filter(parent=parent).values_list("number", flat=True)
    last = max((int(n.rsplit(".", 1)[-1]) for n in sisters if _ends_by_digits(n)), default=0)
    return f"{parent.number}.{last + 1}" if parent else str(last + 1)


def _ends_by_digits(number: str) -> bool:
    return number.rsplit(".", 1)[-1].isdigit()


def _check(title: str) -> None:
    if not title.strip():
        raise InputError(problem="il manque un intitulé.", remedy="écrivez-le.", column="Intitulé")
