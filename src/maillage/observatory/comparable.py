"""Those a territory is compared with, and what each indicator is for every one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from maillage.common.errors import NotFoundError
from maillage.engine.battery import evaluate
from maillage.engine.benchmarks import Group
from maillage.engine.dataset import FlowMeta
from maillage.engine.edition import Edition
from maillage.observatory.asked import partners_asked
from maillage.observatory.comparison import comparable_groups
from maillage.observatory.inputs import flow_inputs
from maillage.observatory.level_battery import level_battery, territory_cards
from maillage.observatory.peers import peers
from maillage.observatory.subjects import OneTerritory, whole_level
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import FREE, Perimeter, parse_perimeter

#: Perimeters of its size that a free one is compared with, the most alike.
ALIKE = 24


@dataclass(frozen=True, eq=False)
class Comparable:
    """``groups`` from the narrowest to the widest; empty where nothing is built alike.

    ``perimeters``: for a free one, perimeters of its size; else none, the level tells all.
    """

    edition: Edition
    level: str
    groups: list[Group]
    perimeters: tuple[Perimeter, ...] = ()

    @classmethod
    def of(cls, edition: Edition, perimeter: Perimeter) -> "Comparable":
        if perimeter.level != FREE:
            return cls(edition, perimeter.level, comparable_groups(edition, perimeter))
        try:
            alike = peers(edition, perimeter, limit=ALIKE).peers
        except NotFoundError:
            return cls(edition, FREE, [])
        found = tuple(parse_perimeter(peer.id, edition.geography) for peer in alike)
        several = "périmètres de même taille, les plus semblables"
        everyone = Group(several, np.ones(len(found), dtype=np.bool_), several)
        return cls(edition, FREE, [everyone] if found else [], found)

    def values(self, meta: FlowMeta, id: str) -> FloatArray | None:
        """An indicator of a flow for each of them; None where it has none."""
        if self.level == FREE:
            return self._own(meta).get(id)
        if not self.groups:
            return None
        battery = level_battery(self.edition, meta.flow, meta.year, self.level)
        return battery.values.get(id)

    def pooled(self, meta: FlowMeta, id: str) -> float | None:
        """Ratio of sums over every territory of the level; a free perimeter has no level."""
        if self.level == FREE or not self.groups:
            return None
        return _pooled(self.edition, meta.flow, meta.year, self.level).get(id)

    def stock(self, stock: str, year: int) -> FloatArray:
        """A stock of each of them; NaN where it is not known."""
        if self.level != FREE:
            return whole_level(self.edition, self.level).stock(stock, year)
        partners = self.edition.partners("commune")
        found = [
            OneTerritory(self.edition, p, partners).stock(stock, year) for p in self.perimeters
        ]
        return np.array(found, dtype=np.float64)

    def _own(self, meta: FlowMeta) -> Mapping[str, FloatArray]:
        ids = tuple(perimeter.id for perimeter in self.perimeters)
        return _battery(self.edition, meta.flow, meta.year, ids)


@lru_cache(maxsize=64)
def _pooled(edition: Edition, flow: str, year: int, level: str) -> Mapping[str, float]:
    battery = level_battery(edition, flow, year, level)
    count = len(next(iter(battery.values.values()), ()))
    return battery.pooled(Group("", np.ones(count, dtype=np.bool_)))


@lru_cache(maxsize=16)
def _battery(
    edition: Edition, flow: str, year: int, ids: tuple[str, ...]
) -> Mapping[str, FloatArray]:
    """Indicators of a flow for perimeters of one's own, computed one by one."""
    cards, meta = territory_cards(edition, flow), edition.meta(flow, year)
    found = []
    for id in ids:
        perimeter = parse_perimeter(id, edition.geography)
        subject = OneTerritory(edition, perimeter, partners_asked(edition, perimeter, None))
        found.append(evaluate(cards, flow_inputs(subject, meta)))
    unknown = np.asarray(np.nan)
    return {
        card: np.array([float(one.get(card, unknown)) for one in found])
        for card in cards
        if all(one.get(card, unknown).shape == () for one in found)
    }
