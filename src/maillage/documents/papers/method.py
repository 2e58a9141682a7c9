"""What the paper of a method accord says."""

from collections.abc import Iterable
from typing import Any

from maillage.common.french import listing, long_date, typeset
from maillage.contracts.models import Contract, Signature
from maillage.contracts.snapshot import parties_of, perimeter_of
from maillage.contracts.tables import CAPACITIES
from maillage.documents.papers.contract import signature_rows
from maillage.documents.papers.strategy import head_of
from maillage.operations.models import Operation


def method_paper(
    contract: Contract,
    early: Iterable[Operation],
    signatures: Iterable[Signature],
    *,
    fictional: bool,
) -> dict[str, Any]:
    """``early``: its opérations préfiguratrices; ``signatures``: those of the accord."""
    agreed, perimeter = contract.method_agreed_on, perimeter_of(contract)
    moment = f"signé le {long_date(agreed)}" if agreed else "projet, ni arrêté ni signé"
    parties = parties_of(contract)
    rows = [_row(operation) for operation in early]
    named = {str(p.organisation_id): {"name": p.organisation.name, "mandate": ""} for p in parties}
    return {
        **head_of({"name": contract.name, "kind": contract.kind}, moment, fictional),
        "perimeter": typeset(perimeter.name) if perimeter else "à préciser",
        "reference": typeset(contract.method_reference) or "–",
        "parties": [
            {
                "name": typeset(party.organisation.name),
                "label": CAPACITIES[party.capacity].label.lower()
                if party.capacity != "state"
                else CAPACITIES[party.capacity].label,
            }
            for party in parties
        ],
        "terms": typeset(contract.method_terms) or "À rédiger.",
        "operations": rows,
        "empty": not rows,
        "signatures": signature_rows(named, signatures),
    }


def _row(operation: Operation) -> dict[str, str]:
    owners = [pilot.organisation.name for pilot in operation.pilots.all()]
    return {
        "number": operation.number or "–",
        "title": typeset(operation.title),
        "owner": typeset(listing(owners)) or "à désigner",
    }
