"""Opening the contract that takes over from another."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse

from maillage.common.french import counted
from maillage.contracts.models import Contract
from maillage.contracts.tables import KINDS
from maillage.operations.actions.successors import open_successor, unfinished
from maillage.web.forms.openings import SuccessorForm
from maillage.web.viewers import now, signed_in, viewer
from maillage.web.views.contracts.acts import Asked, ask, contract_for
from maillage.web.views.contracts.leading import lead_when_able


@signed_in
def successor(request: HttpRequest, slug: str) -> HttpResponse:
    contract, subject = contract_for(request, slug, "contract.create")
    initial = {"kind": contract.kind, "name": contract.name, "ends_on": _end(contract)}

    def act(given: dict[str, Any]) -> Contract:
        by, at = viewer(request), now()
        made = open_successor(contract=contract, by=by, at=at, **given)
        lead_when_able(made, by, subject, at)
        return made

    count = counted(len(unfinished(contract)), "opération inachevée", "opérations inachevées")
    lead = (
        "Le nouveau contrat reprend le périmètre, la stratégie et les parties, à confirmer une à "
        f"une, et {count}, en fiches projets liées à celles qu’elles continuent. Leur "
        "financement reste dans le contrat où il est programmé. Constatez ensuite le "
        "renouvellement de l’ancien contrat, avec la décision qui le fonde."
    )
    asked = Asked(
        "Ouvrir le contrat qui prend la suite", act, "", lead=lead, button="Ouvrir le contrat",
        done="Le contrat est ouvert : confirmez ses parties.",
    )  # fmt: skip
    return ask(request, contract, SuccessorForm(request.POST or None, initial=initial), asked)


def _end(contract: Contract) -> date | None:
    """After the usual length of its kind."""
    start = contract.ends_on and contract.ends_on + timedelta(days=1)
    return KINDS[contract.kind].usual_end(start) if start else None
