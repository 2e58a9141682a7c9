"""What the observatory says of a contract’s perimeter, and what its operations answer to it."""

from typing import Any

from maillage.contracts.models import Contract
from maillage.engine.edition import Edition
from maillage.steering.history import grant_history
from maillage.steering.ties import ties_by_partner
from maillage.wording.glance import Glance


def observed(
    edition: Edition, contract: Contract, glance: Glance | None, *, reads: bool
) -> dict[str, Any]:
    """``reads``: whether the viewer may read its operations. One question to the base at most."""
    ties = ties_by_partner(contract) if reads else ()
    answered = {one.partner for one in ties}
    partners = glance.partners if glance and reads else ()
    return {
        "ties": ties,
        "unanswered": [one for one in partners if one.id and one.id not in answered],
        "tied_flow": glance.panel.card.id if glance else "",
        "grant_history": grant_history(edition, contract.territory),
    }
