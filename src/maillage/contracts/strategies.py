"""The strategy as a tree, from the living rows or from a frozen text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from maillage.contracts.models import StrategyNode


@dataclass(frozen=True)
class Branch:
    """``id`` and ``revision`` are those of the living row, None in a frozen text."""

    key: str
    id: int | None
    kind: str
    number: str
    title: str
    text: str
    children: tuple["Branch", ...]
    revision: int | None = None


def living_tree(nodes: Iterable[StrategyNode]) -> tuple[Branch, ...]:
    """From rows already read with their parents."""
    rows = [
        {
            "key": str(node.key),
            "id": node.pk,
            "parent": str(node.parent.key) if node.parent else "",
            "kind": node.kind,
            "number": node.number,
            "title": node.title,
            "text": node.text,
            "revision": node.revision,
        }
        for node in nodes
    ]
    return _under("", rows)


def frozen_tree(section: dict[str, dict[str, Any]]) -> tuple[Branch, ...]:
    """From the ``strategy`` of a snapshot."""
    return _under("", [{"key": key, "id": None, **fields} for key, fields in section.items()])


def _under(parent: str, rows: list[dict[str, Any]]) -> tuple[Branch, ...]:
    here = sorted((r for r in rows if r["parent"] == parent), key=lambda r: _order(r["number"]))
    return tuple(
        Branch(
            key=row["key"],
            id=row["id"],
            kind=row["kind"],
            number=row["number"],
            title=row["title"],
            text=row["text"],
            children=_under(row["key"], rows),
            revision=row.get("revision"),
        )
        for row in here
    )


def _order(number: str) -> list[tuple[int, str]]:
    """1.2 before 1.10; letters after figures."""
    pieces = number.split(".")
    return [(int(p), "") if p.isdigit() else (10**6, p) for p in pieces]
