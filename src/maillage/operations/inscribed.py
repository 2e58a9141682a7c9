"""The operations that a contract’s text names: what is signed with it, and drifts afterwards."""

from typing import Any

from maillage.contracts.models import Contract


def inscribed(contract: Contract) -> dict[str, dict[str, Any]]:
    """By key: number, title, owners, orientation. Those « hors CRTE » are in no text, nor those
    given up, save in the texts that already name them; amounts are in the maquette. Two questions
    to the base."""
    alive = contract.operations.filter(outside=False).exclude(status="dropped")
    rows = alive.select_related("orientation")
    return {
        str(row.key): {
            "number": row.number,
            "title": row.title,
            "owners": sorted(body.name for body in row.owners.all()),
            "orientation": str(row.orientation.number) if row.orientation else "",
        }
        for row in rows.prefetch_related("owners")
    }


def inscription_years(contract: Contract) -> dict[str, int]:
    """The year each operation entered the contract, by key: that of the first text that names it,
    else of the first maquette arrêtée. Two questions to the base."""
    found: dict[str, int] = {}
    for version in contract.versions.filter(withdrawn_at=None).order_by("number"):
        day = version.in_force_on or version.frozen_at.date()
        for key in version.snapshot["operations"]:
            found.setdefault(key, day.year)
    for maquette in contract.maquettes.order_by("year", "rank"):
        for operation in maquette.content["operations"]:
            found.setdefault(operation["key"], maquette.year)
    return found
