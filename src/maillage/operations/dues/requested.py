"""What is asked of somebody, contract by contract: answered on the funder’s page."""

from dataclasses import dataclass
from decimal import Decimal

from maillage.accounts.viewers import Viewer
from maillage.common.french import counted
from maillage.contracts.models import Contract
from maillage.operations.dues.choices import Choices
from maillage.operations.dues.due import Due
from maillage.operations.money import money
from maillage.operations.requests import asked_in


@dataclass(frozen=True)
class Requested:
    """How many lines of a contract wait for an answer, and their sum in euros."""

    contract_id: int
    count: int
    euros: Decimal

    def due(self, contract: Contract) -> Due:
        what = counted(self.count, "demande de financement", "demandes de financement")
        verb = "attend" if self.count == 1 else "attendent"
        return Due(
            kind="request",
            day=None,
            title=what,
            text=f"{money(self.euros)} {verb} votre réponse.",
            remedy="Notifiez, conventionnez ou refusez, avec la référence de l’acte.",
            contract=contract,
            key=f"request-{contract.uuid}",
            amount=self.euros,
        )


def requested(viewer: Viewer, choices: Choices) -> tuple[Requested, ...]:
    """In the order of the names of contracts; counted by the base."""
    if not choices.asks_for_requests:
        return ()
    return tuple(
        Requested(part.contract_id, part.waiting_count, part.waiting)
        for part in asked_in(viewer, choices.contracts())
        if part.waiting_count
    )
