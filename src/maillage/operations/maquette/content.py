"""What a maquette holds, as plain values; and its lines, read back from them.

The content is JSON: amounts are decimal texts, days ISO texts, so that its checksum is that of
the very bytes kept. ``operations`` hold their whole fiche and their ``lines``.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from maillage.operations.money import ZERO

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Entry:
    """One line of a maquette: euros committed (AE), to be paid (CP) and received by year; the key
    None holds what no year has. ``outside``: its operation is out of the contract. ``cost``: that
    of its section, None unless it is known in the same tax basis. ``tax`` is empty where it was
    not kept."""

    key: str
    operation_key: str
    operation: str
    number: str
    orientation: str
    owner: str
    status: str
    source: str
    family: str
    section: str
    funder: str
    brings: Decimal
    paid: Decimal
    committed: Mapping[int | None, Decimal]
    payable: Mapping[int | None, Decimal]
    received: Mapping[int | None, Decimal]
    outside: bool
    tax: str
    eligible: Decimal | None
    cost: Decimal | None
    communes: tuple[str, ...] = ()  # codes of those where the operation is

    @property
    def of_base(self) -> Decimal | None:
        """Share of the eligible base, from 0 to 1."""
        return self.brings / self.eligible if self.eligible else None

    @property
    def of_cost(self) -> Decimal | None:
        """Share of the cost of its section."""
        return self.brings / self.cost if self.cost else None


def canonical(content: Content) -> str:
    """The one text of a content: keys sorted, no space."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def checksum(text: str) -> str:
    """SHA-256 of the text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def entries(content: Content) -> tuple[Entry, ...]:
    """Every line of every operation, in the order of the content."""
    return tuple(
        _entry(operation, line)
        for operation in content["operations"]
        for line in operation["lines"]
    )


def _entry(operation: Content, line: Content) -> Entry:
    brings = Decimal(line["brings"])
    return Entry(
        key=line["key"],
        operation_key=operation["key"],
        operation=operation["title"],
        number=operation["number"],
        orientation=operation["orientation"],
        owner=" et ".join(owner["name"] for owner in operation["owners"]),
        status=operation["status"],
        source=line["source"],
        family=line["family"],
        section=line["section"],
        funder=line["funder"],
        brings=brings,
        paid=Decimal(line["paid"]),
        committed=_spread(brings, line["years"], "committed"),
        payable=_spread(brings, line["years"], "payable"),
        received=_received(line),
        outside=bool(operation.get("outside")),
        tax=line.get("tax", ""),
        eligible=_known(line.get("eligible")),
        cost=_cost(operation, line),
        communes=tuple(operation.get("communes", ())),
    )


def _cost(operation: Content, line: Content) -> Decimal | None:
    name = "running_cost" if line["section"] == "running" else "investment_cost"
    same = operation.get("tax") == line.get("tax")
    return _known(operation.get(name)) if same and operation["status"] != "dropped" else None


def _known(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _received(line: Content) -> dict[int | None, Decimal]:
    """By year; maquettes arrêtées before these were kept have no year for them."""
    paid = Decimal(line["paid"])
    found: dict[int | None, Decimal] = {
        item["year"]: Decimal(item["euros"]) for item in line.get("received", ())
    }
    left = paid - sum(found.values(), ZERO)
    return found | {None: left} if left else found


def _spread(brings: Decimal, years: list[Content], kind: str) -> dict[int | None, Decimal]:
    """By year; what the years leave of the amount is under None, so that they always sum to it."""
    found: dict[int | None, Decimal] = {}
    for item in years:
        if Decimal(item[kind]):
            found[item["year"]] = found.get(item["year"], ZERO) + Decimal(item[kind])
    left = brings - sum(found.values(), ZERO)
    return found | {None: left} if left else found


def annexes(content: Content) -> Iterator[Content]:
    """The fiches annexed to the maquette, without their lines."""
    for operation in content["operations"]:
        yield {name: value for name, value in operation.items() if name != "lines"}
