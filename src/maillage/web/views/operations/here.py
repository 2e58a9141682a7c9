"""What every page of a contract’s operations starts from: who looks at what, with which rights."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from maillage.accounts.perms import Subject, can
from maillage.accounts.viewers import Viewer
from maillage.contracts.models import Contract
from maillage.operations.access import of_operation
from maillage.operations.models import Operation
from maillage.web.viewers import now, require, viewer
from maillage.web.views.contracts.acts import contract_for

#: What the pages ask of the table of rights, by the name templates use.
MAY = {
    "create": "operation.create",
    "bulk": "operation.bulk",
    "bring": "operation.import",
    "edit": "operation.edit",
    "ready": "operation.ready",
    "comment": "operation.comment",
    "read_files": "attachment.read",
    "simulate": "lines.simulate",
    "freeze": "maquette.freeze",
    "propose": "proposal.link",
}


@dataclass(frozen=True)
class Here:
    """``subject`` is that of the contract, or of the operation when the page is about one."""

    contract: Contract
    subject: Subject
    viewer: Viewer
    today: date
    operation: Operation | None = None

    @property
    def may(self) -> dict[str, bool]:
        return {name: can(self.viewer, action, self.subject) for name, action in MAY.items()}

    def found(self, **more: Any) -> dict[str, Any]:
        """What the templates of this part share."""
        return {
            "contract": self.contract,
            "operation": self.operation,
            "may": self.may,
            "today": self.today,
            **more,
        }


def on_contract(request: HttpRequest, slug: str, action: str = "operation.read") -> Here:
    """NotFoundError for an unknown contract, RefusedError when the table of rights says no."""
    contract, subject = contract_for(request, slug, action)
    return Here(contract, subject, viewer(request), now().date())


def on_operation(
    request: HttpRequest, slug: str, id: int, action: str = "operation.read"
) -> tuple[Here, Operation]:
    """The same, judged on the operation and its maîtres d’ouvrage; 404 for one elsewhere."""
    contract, whole = contract_for(request, slug, "operation.read")
    rows = Operation.objects.select_related("contract", "orientation").prefetch_related(
        "pilots__organisation", "indicators", "derogations", "interdependencies"
    )
    operation = get_object_or_404(rows, pk=id, contract=contract)
    subject = of_operation(operation, whole)
    require(request, action, subject)
    return Here(contract, subject, viewer(request), now().date(), operation), operation
