"""Two maquettes, line by line: what came, what went, what changed, and what it makes in euros."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from maillage.operations.maquette.content import Content, Entry, entries
from maillage.operations.maquette.taxes import TaxBases, tax_bases
from maillage.operations.money import ZERO

Kind = Literal["added", "removed", "changed"]
#: What is compared beside the amount: field of an entry -> French label.
COMPARED: Mapping[str, str] = {
    "brings": "Montant",
    "paid": "Versé",
    "source": "Source",
    "section": "Section",
    "funder": "Financeur",
    "status": "Statut",
    "orientation": "Orientation",
    "owner": "Maître d’ouvrage",
    "operation": "Intitulé",
}


@dataclass(frozen=True)
class Change:
    """``fields``: (name, before, after) of what differs; ``difference`` in euros."""

    kind: Kind
    before: Entry | None
    after: Entry | None
    fields: tuple[tuple[str, object, object], ...]
    difference: Decimal

    @property
    def shown(self) -> Entry:
        """The side that exists, the later one when both do."""
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True)
class Comparison:
    """``before + sum of the differences = after``, to the cent."""

    changes: tuple[Change, ...]
    unchanged: int
    before: Decimal
    after: Decimal
    bases: TaxBases  # of the lines of both, the later one where both have it

    @property
    def difference(self) -> Decimal:
        return self.after - self.before


def compare(before: Content, after: Content) -> Comparison:
    """Lines are the same when their keys are."""
    first = {entry.key: entry for entry in entries(before)}
    second = {entry.key: entry for entry in entries(after)}
    changes = tuple(_changes(first, second))
    kept = len(first.keys() & second.keys()) - sum(c.kind == "changed" for c in changes)
    return Comparison(
        changes=changes,
        unchanged=kept,
        before=sum((entry.brings for entry in first.values()), ZERO),
        after=sum((entry.brings for entry in second.values()), ZERO),
        bases=tax_bases((first | second).values()),
    )


def _changes(first: Mapping[str, Entry], second: Mapping[str, Entry]) -> Iterator[Change]:
    for key, old in first.items():
        new = second.get(key)
        if new is None:
            yield Change("removed", old, None, (), -old.brings)
        elif fields := _differences(old, new):
            yield Change("changed", old, new, fields, new.brings - old.brings)
    for key, new in second.items():
        if key not in first:
            yield Change("added", None, new, (), new.brings)


def _differences(old: Entry, new: Entry) -> tuple[tuple[str, object, object], ...]:
    return tuple(
        (name, getattr(old, name), getattr(new, name))
        for name in COMPARED
        if getattr(old, name) != getattr(new, name)
    )
