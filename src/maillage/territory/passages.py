"""The passage from any vintage of commune codes to one geography."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from maillage.territory.codes import fold_arrondissement
from maillage.territory.cog import Passage
from maillage.territory.former import FormerCommune, former_communes
from maillage.territory.geography import Geography
from maillage.territory.movements import Movement, communes_at
from maillage.territory.predecessors import predecessors
from maillage.territory.successors import (
    Populations,
    Shares,
    Successors,
    last_successors,
    successors,
)


@dataclass(frozen=True, eq=False)
class Passages:
    """Where communes of other years lie in ``geography``, from what the mirror has.

    ``movements`` give each vintage exactly, splits included, and the way back from later ones.
    ``table`` (old code -> code of the geography, any vintage, many to one) completes them, or
    replaces them when there are none.
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

    def former(self) -> dict[str, FormerCommune]:
        """Every code that is no commune of the geography and whose land is known to lie there."""
        return former_communes(self._anytime.changed, self.movements)

    def off_vintage(self, vintage: int) -> frozenset[str]:
        """Known codes that were no commune on 1 January ``vintage``; empty without movements."""
        if not self.movements or vintage > self.geography.cog:
            return frozenset()
        names = dict.fromkeys(self.geography.codes, "")
        then = communes_at(names, self.geography.cog, vintage, self.movements)
        return frozenset({*self._anytime.changed, *self.geography.codes} - then.keys())

    def _build(self, vintage: int | None) -> Passage:
        target = self.geography.cog
        if vintage is None or vintage == target or not self.movements:
            return self._anytime
        exact = self._later(vintage) if vintage > target else self._earlier(vintage)
        return Passage(
            geography=self.geography,
            changed={**self._anytime.changed, **exact.shares},
            vintage=vintage,
            source=f"mouvements de communes de {vintage} à {target}",
            basis={**self._anytime.basis, **exact.basis},
        )

    def _earlier(self, vintage: int) -> Successors:
        target = self.geography.cog
        return self._known(successors(self.movements, vintage, target, self.populations))

    def _later(self, vintage: int) -> Successors:
        codes, target = self.geography.codes, self.geography.cog
        return predecessors(self.movements, codes, target, vintage, self.populations)

    @cached_property
    def _anytime(self) -> Passage:
        index = self.geography.index
        found = [
            self._later(max((int(m.date[:4]) for m in self.movements), default=0) + 1),
            self._known(last_successors(self.movements, self.geography.cog, self.populations)),
        ]
        unknown = {c: s for one in found for c, s in one.shares.items() if c not in index}
        official: dict[str, Shares] = {
            old: ((new, 1.0),)
            for old, new in self.table.items()
            if old not in index and new in index and fold_arrondissement(old) == old
        }
        parts = (("table de passage", official), ("mouvements de communes", unknown))
        return Passage(
            geography=self.geography,
            changed={**official, **unknown},
            source=" et ".join(name for name, held in parts if held) or "aucun changement",
            basis={c: b for one in found for c, b in one.basis.items() if c in unknown},
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
