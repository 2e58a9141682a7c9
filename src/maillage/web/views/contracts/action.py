"""From strategy to action on the page of a contract."""

from datetime import date
from typing import Any

from maillage.accounts.perms import Subject, can
from maillage.accounts.viewers import Viewer
from maillage.contracts.models import Contract
from maillage.contracts.strategies import Branch
from maillage.operations.answering import answering, unattached
from maillage.operations.portfolio import review, summary


def action(
    viewer: Viewer,
    contract: Contract,
    subject: Subject,
    branches: tuple[Branch, ...],
    today: date,
) -> dict[str, Any]:
    """What the strategy is worth in operations; nothing for who may not read them."""
    if not can(viewer, "operation.read", subject):
        return {}
    rows = review(viewer, contract, today, subject)
    return {
        "summary": summary(rows),
        "answers": answering(branches, rows),
        "unattached": unattached(rows),
        "blocked": [row for row in rows if row.operation.status == "blocked"],
        "today": today,
    }
