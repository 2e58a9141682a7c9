"""The passage from any vintage of commune codes to one geography."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from maillage.territory.codes import fold_arrondissement
from maillage.territory.cog import Passage
from maillage.territory.geography import Geography
from maillage.territory.movements import Movement, communes_at
from maillage.territory.successors import (
    Populations,
    Shares,
    Successors,
    last_successors,
    successors,
)


@dataclass(frozen=True, eq=False)
class Passages:
    """Where old communes lie in ``geography``, from what the mirror has.

    ``movements`` give each vintage exactly, splits included. ``table`` (old code -> code of the
    geography, any vintage, many to one) completes them, or replaces them when there are none.
    """

    geography: Geography
    movements: tuple[Movement, ...] = ()
    table: Mapping[str, str] = field(default_factory=dict)
    populations: Populations = field(default_factory=dict)
    _made: dict[int | None, Passage] = field(default_factory=dict, repr=False)

    def of(self, vintage: int | None) -> Passage:
        """The passage from codes of 1 January ``vintage``; None when the vintage is not known.

        A code foreign to the vintage is still placed where its latest meaning lies, since files
        mix vintages; ``off_vintage`` tells which ones.
        """
        if vintage not in self._made:
            self._made[vintage] = self._build(vintage)
        return self._made[vintage]

    def onto(self, geography: Geography) -> "Passages":
        """The same passages to a geography of the same communes."""
        return Passages(geography, self.movements, self.table, self.populations)

    def off_vintage(self, vintage: int) -> frozenset[str]:
        """Known codes that were no commune on 1 January ``vintage``; empty without movements."""
        if not self.movements or vintage > self.geography.cog:
            return frozenset()
        names = dict.fromkeys(self.geography.codes, "")
        then = communes_at(names, self.geography.cog, vintage, self.movements)
        return frozenset({*self._anytime.changed, *self.geography.codes} - then.keys())

    def _build(self, vintage: int | None) -> Passage:
        if vintage is None or vintage >= self.geography.cog or not self.movements:
            return self._anytime
        exact = self._known(
            successors(self.movements, vintage, self.geography.cog, self.populations)
        )
        return Passage(
            geography=self.geography,
            changed={**self._anytime.changed, **exact.shares},
            vintage=vintage,
            source=f"mouvements de communes de {vintage} à {self.geography.cog}",
            basis={**self._anytime.basis, **exact.basis},
        )

    @cached_property
    def _anytime(self) -> Passage:
        latest = self._known(last_successors(self.movements, self.geography.cog, self.populations))
        index = self.geography.index
        vanished = {code: parts for code, parts in latest.shares.items() if code not in index}
        official: dict[str, Shares] = {
            old: ((new, 1.0),)
            for old, new in self.table.items()
            if old not in index and new in index and fold_arrondissement(old) == old
        }
        parts = (("table de passage", official), ("mouvements de communes", vanished))
        return Passage(
            geography=self.geography,
            changed={**official, **vanished},
            source=" et ".join(name for name, found in parts if found) or "aucun changement",
            basis={c: basis for c, basis in latest.basis.items() if c in vanished},
        )

    def _known(self, found: Successors) -> Successors:
        """Only what leads to communes of the geography."""
        index = self.geography.index
        shares = {
            code: parts
            for code, parts in found.shares.items()
            if all(part in index for part, _ in parts)
        }
        return Successors(shares, {c: b for c, b in found.basis.items() if c in shares})
