"""The whole contract as plain values: what is frozen when it is signed, and compared afterwards.

Operations are given by the caller, as plain values by reference: this room does not know them.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from maillage.accounts.journal import plain
from maillage.contracts.diff import Change, Snapshot, diff
from maillage.contracts.models import Contract, ContractPerimeter, Party
from maillage.contracts.tables import procedure_of

#: What texts frozen before said of a party, and that its operations say since.
RETIRED = frozenset({("parties", "owns"), ("parties", "co_finances")})

Operations = Mapping[str, Mapping[str, Any]]


def build_snapshot(
    contract: Contract, operations: Operations | None = None, *, proposed: bool = False
) -> Snapshot:
    """The living contract, in five questions to the base. ``proposed``: as the open avenant would
    have it, its perimeter and its parties included."""
    perimeter = perimeter_of(contract, proposed=proposed)
    return {
        "contract": {"contract": plain(_identity(contract))},
        "perimeter": {"perimeter": _perimeter(perimeter)} if perimeter else {},
        "members": {e[0]: {"name": e[1]} for e in perimeter.epcis} if perimeter else {},
        "communes": {c[0]: {"name": c[1]} for c in perimeter.communes} if perimeter else {},
        "parties": {
            str(party.organisation_id): plain(_party(party))
            for party in parties_of(contract, proposed=proposed)
        },
        "strategy": strategy_of(contract),
        "programmes": {
            str(link.key): {
                "name": link.name,
                "stage": link.stage,
                "reference": link.reference,
            }
            for link in contract.programmes.all()
        },
        "operations": {key: plain(fields) for key, fields in (operations or {}).items()},
    }


def perimeter_of(contract: Contract, *, proposed: bool = False) -> ContractPerimeter | None:
    """The one in force, or the one that the open avenant proposes."""
    held = contract.perimeters.filter(until=None).order_by("since")
    rows = list(held)
    coming = next((row for row in rows if row.since is None), None)
    current = next((row for row in rows if row.since is not None), None)
    return (coming or current) if proposed else current


def parties_of(contract: Contract, *, proposed: bool = False) -> list[Party]:
    """Those bound today; with those that the open avenant brings, without those it removes."""
    rows = contract.parties.filter(until=None).select_related("organisation")
    kept = rows.filter(leaves_with=None) if proposed else rows.filter(joins_with=None)
    return list(kept.order_by("id"))


def strategy_of(contract: Contract) -> dict[str, dict[str, Any]]:
    """Axes, orientations and objectifs by key, as they live: one question to the base."""
    return {
        str(node.key): {
            "kind": node.kind,
            "number": node.number,
            "title": node.title,
            "text": node.text,
            "parent": str(node.parent.key) if node.parent else "",
        }
        for node in contract.strategy.select_related("parent")
    }


def drift(signed: Snapshot, living: Snapshot, *, with_operations: bool) -> list[Change]:
    """What differs between the version in force and the contract as it lives."""
    left_out = set() if with_operations else {"operations"}
    found = diff(signed, living, [name for name in living if name not in left_out])
    return [change for change in found if (change.section, change.field) not in RETIRED]


def needing(changes: list[Change], procedure: str) -> list[Change]:
    """Those that the table sends to an avenant, to the copil, or nowhere."""
    return [c for c in changes if procedure_of(c.section, c.kind, c.field).procedure == procedure]


def digest(snapshot: Snapshot) -> str:
    """SHA-256 of its canonical JSON: proof that a text is the one that was frozen."""
    text = json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _identity(contract: Contract) -> dict[str, Any]:
    names = ("name", "kind", "code", "starts_on", "ends_on", "state_of_play", "project")
    return {name: getattr(contract, name) for name in names}


def _perimeter(perimeter: ContractPerimeter) -> dict[str, Any]:
    return {"territory": perimeter.territory, "name": perimeter.name, "cog": perimeter.cog}


def _party(party: Party) -> dict[str, Any]:
    return {
        "name": party.organisation.name,
        "capacity": party.capacity,
        "required": party.required,
        "mandate": party.mandate_reference,
    }
