"""What the paper of a strategy says: axes, orientations, objectifs, and who serves them.

It comes from a text of the contract or from a maquette; each holds the strategy of its day.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from maillage.common.french import listing, typeset
from maillage.contracts.diff import Snapshot
from maillage.contracts.strategies import Branch, frozen_tree
from maillage.contracts.tables import KINDS
from maillage.operations.maquette.content import Content
from maillage.operations.numbering import rank_of

Tree = Mapping[str, Mapping[str, Any]]
_NOBODY = "à désigner"


def strategy_paper(snapshot: Snapshot, moment: str, *, fictional: bool) -> dict[str, Any]:
    """Of a text of the contract. ``moment``: « au 3 mars 2026 »."""
    head = head_of(snapshot["contract"]["contract"], moment, fictional)
    return {**head, **_served(snapshot["strategy"], inscribed_rows(snapshot))}


def maquette_strategy_paper(content: Content, moment: str, *, fictional: bool) -> dict[str, Any]:
    """Of a maquette that holds its strategy; operations « hors CRTE » serve none."""
    numbers = {key: node["number"] for key, node in content["strategy"].items()}
    rows = [
        _row(item, [owner["name"] for owner in item["owners"]], numbers.get(item["serves"], ""))
        for item in content["operations"]
        if not item["outside"]
    ]
    return {
        **head_of(content["contract"], moment, fictional),
        **_served(content["strategy"], rows),
    }


def head_of(identity: Mapping[str, Any], moment: str, fictional: bool) -> dict[str, Any]:
    """What every paper of a contract begins with."""
    name = typeset(identity["name"])
    return {
        "name": name,
        "kind": typeset(KINDS[identity["kind"]].label),
        "moment": moment,
        "running": f"{name} – {moment}",
        "fictional": fictional,
    }


def inscribed_rows(snapshot: Snapshot) -> list[dict[str, Any]]:
    """The operations of a text, in the order of their numbers."""
    rows = [
        _row(fields, fields["owners"], fields["orientation"])
        for fields in snapshot["operations"].values()
    ]
    return sorted(rows, key=lambda row: rank_of(row["number"]))


def nodes(strategy: Tree) -> Iterator[dict[str, Any]]:
    """Every branch, each before those under it; ``depth`` is 0 for an axe."""
    yield from _nodes(frozen_tree({key: dict(node) for key, node in strategy.items()}), 0)


def _nodes(branches: Iterable[Branch], depth: int) -> Iterator[dict[str, Any]]:
    for branch in branches:
        yield {
            "kind": branch.kind,
            "depth": depth,
            "number": branch.number,
            "title": typeset(branch.title),
            "text": typeset(branch.text),
        }
        yield from _nodes(branch.children, depth + 1)


def _served(strategy: Tree, operations: list[dict[str, Any]]) -> dict[str, Any]:
    found = [*nodes(strategy)]
    for node in found:
        node["operations"] = [o for o in operations if o["orientation"] == node["number"]]
    numbers = {node["number"] for node in found}
    return {
        "strategy": found,
        "loose": [o for o in operations if o["orientation"] not in numbers],
    }


def _row(fields: Mapping[str, Any], owners: list[str], orientation: str) -> dict[str, Any]:
    return {
        "number": fields["number"],
        "title": typeset(fields["title"]),
        "owner": typeset(listing(owners)) or _NOBODY,
        "shared": len(owners) > 1,
        "orientation": orientation,
    }
