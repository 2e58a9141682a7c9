"""The operations that a contract’s text names: what is signed with it, and drifts afterwards."""

from typing import Any

from maillage.contracts.models import Contract

#: Sign of an operation that nobody carries yet.
NOBODY = "à dire"


def inscribed(contract: Contract) -> dict[str, dict[str, Any]]:
    """By key: number, title, owners, orientation. Those « hors CRTE » are in no text; amounts are
    in the maquette. Two questions to the base."""
    rows = contract.operations.filter(outside=False).select_related("orientation")
    return {
        str(row.key): {
            "number": row.number,
            "title": row.title,
            "owner": ", ".join(sorted(body.name for body in row.owners.all())) or NOBODY,
            "orientation": str(row.orientation.number) if row.orientation else "",
        }
        for row in rows.prefetch_related("owners")
    }
