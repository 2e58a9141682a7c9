"""What formulas are applied to: one territory, or every unit of a level at once.

Both give the same inputs, so that a territory and those it is compared with are computed alike.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from maillage.engine.edition import Edition
from maillage.engine.flows import FlowBalance
from maillage.engine.mesh_flow import MOVED, commune_profile, partner_level
from maillage.engine.partners import Partners
from maillage.engine.profile import FlowProfile
from maillage.engine.stocks import stock_by_unit
from maillage.observatory.stocks import mean_weights, stock_figure
from maillage.territory.geography import FloatArray, Mesh
from maillage.territory.perimeter import Perimeter
from maillage.territory.units import COMMUNE


class Subject(Protocol):
    """One territory, shapes (); or the units of a mesh, shapes (units,)."""

    @property
    def edition(self) -> Edition: ...

    @property
    def partners(self) -> Partners: ...

    def profile(self, flow: str, year: int) -> FlowProfile:
        """Exchanges with the partners."""

    def margins(self, flow: str, year: int) -> FlowProfile:
        """The same, at least without the partners: cheap for a whole level."""

    def moved(self, flow: str, year: int) -> FloatArray:
        """The internal part that changed commune."""

    def add(self, by_node: FloatArray) -> FloatArray:
        """Sum of a quantity given by node."""

    def stock(self, stock: str, year: int) -> FloatArray:
        """A stock of that year; NaN where nothing of it is known."""


@dataclass(frozen=True, eq=False)
class OneTerritory:
    """A perimeter, whatever it is."""

    edition: Edition
    perimeter: Perimeter
    partners: Partners

    def balance(self, flow: str, year: int) -> FlowBalance:
        return self.edition.balance(flow, year, self.perimeter, self.partners)

    def profile(self, flow: str, year: int) -> FlowProfile:
        return profile_of(self.balance(flow, year))

    def margins(self, flow: str, year: int) -> FlowProfile:
        return self.profile(flow, year)

    def moved(self, flow: str, year: int) -> FloatArray:
        return np.asarray(self.balance(flow, year).internal_moved.weight)

    def add(self, by_node: FloatArray) -> FloatArray:
        return np.asarray(by_node[self.perimeter.communes].sum())

    def stock(self, stock: str, year: int) -> FloatArray:
        value = stock_figure(self.edition, stock, self.perimeter, year).value
        return np.asarray(np.nan if value is None else value)


@dataclass(frozen=True, eq=False)
class WholeLevel:
    """Every unit of the current mesh of a level, with its usual partners."""

    edition: Edition
    mesh: Mesh
    partners: Partners

    def profile(self, flow: str, year: int) -> FlowProfile:
        return self.edition.dense(flow, year, self.mesh.level).profile

    def margins(self, flow: str, year: int) -> FlowProfile:
        return self.edition.mesh_flow(flow, year, self.mesh.level).margin_profile()

    def moved(self, flow: str, year: int) -> FloatArray:
        return self.edition.mesh_flow(flow, year, self.mesh.level).margins[MOVED].weight

    def add(self, by_node: FloatArray) -> FloatArray:
        unit = np.repeat(np.arange(len(self.mesh.codes)), np.diff(self.mesh.starts))
        return np.asarray(
            np.bincount(unit, by_node[self.mesh.members], len(self.mesh.codes)), dtype=np.float64
        )

    def stock(self, stock: str, year: int) -> FloatArray:
        card = self.edition.catalog.stocks[stock]
        return stock_by_unit(
            self.edition.stock(stock, year),
            self.mesh,
            self.edition.geography,
            additive=card.additive,
            weights=mean_weights(self.edition, card, year),
        )


@dataclass(frozen=True, eq=False)
class EveryCommune:
    """Every commune, without its partners: there would be too many pairs."""

    edition: Edition
    partners: Partners

    def profile(self, flow: str, year: int) -> FlowProfile:
        return commune_profile(self.edition.matrix(flow, year))

    def margins(self, flow: str, year: int) -> FlowProfile:
        return self.profile(flow, year)

    def moved(self, flow: str, year: int) -> FloatArray:
        """Nothing moves inside one commune and changes commune."""
        return np.zeros(self.edition.geography.n_communes)

    def add(self, by_node: FloatArray) -> FloatArray:
        return by_node[: self.edition.geography.n_communes]

    def stock(self, stock: str, year: int) -> FloatArray:
        values = self.edition.stock(stock, year)
        unknown = np.full(self.edition.geography.n_communes, np.nan)
        return values.values if values.level == COMMUNE else unknown


def whole_level(edition: Edition, level: str) -> Subject:
    """Every unit of a level at once. KeyError when the edition has no such level."""
    if level == COMMUNE:
        return EveryCommune(edition, edition.partners(COMMUNE))
    partners = edition.partners(partner_level(edition.geography, level))
    return WholeLevel(edition, edition.geography.mesh(level), partners)


def profile_of(balance: FlowBalance) -> FlowProfile:
    """A balance as the battery reads it."""
    return FlowProfile(
        internal=np.asarray(balance.internal.weight),
        origins=np.asarray(balance.origins),
        destinations=np.asarray(balance.destinations),
        outgoing=balance.outgoing.weight,
        incoming=balance.incoming.weight,
    )
