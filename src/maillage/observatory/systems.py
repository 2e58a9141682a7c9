"""The system of all the units of a level, for one flow: computed once, then read by unit."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from maillage.engine.edition import Edition
from maillage.engine.flows import cell_positions
from maillage.engine.matrix import FlowMatrix
from maillage.engine.models import common_part_of_commuters, expected_flow
from maillage.engine.structure.dominance import dominance_role, dominant_partner
from maillage.engine.structure.network import Network, NodeArray
from maillage.engine.structure.significance import disparity, multiple_linkage
from maillage.observatory.places import unit_distances
from maillage.territory.geography import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class System:
    """Flows between units, (units, units), and the network they draw."""

    flows: FloatArray
    distance: FloatArray

    @cached_property
    def network(self) -> Network:
        return Network.of_matrix(self.flows)

    @cached_property
    def dominant(self) -> NodeArray:
        return dominant_partner(self.network)

    @cached_property
    def role(self) -> NodeArray:
        return dominance_role(self.dominant)

    @cached_property
    def p_value(self) -> FloatArray:
        """By link of the network."""
        return disparity(self.network)

    @cached_property
    def destinations(self) -> NodeArray:
        """Number of significant destinations of each unit."""
        return multiple_linkage(self.network)

    @cached_property
    def kept(self) -> NodeArray:
        """Links that the multiple linkage analysis keeps."""
        return self.network.heaviest(self.destinations)

    @cached_property
    def expected(self) -> FloatArray:
        """What size and distance foretell, NaN where they cannot."""
        return expected_flow(self.flows, self.distance)

    @cached_property
    def fit(self) -> float:
        return float(common_part_of_commuters(self.flows, self.expected))


@lru_cache(maxsize=4)
def system_of(edition: Edition, flow: str, year: int, level: str) -> System:
    """The system of a level. A second or two at the scale of France, the model included."""
    dense = edition.dense(flow, year, level)
    flows = dense.profile.outgoing[:, : dense.partners.n_units].copy()
    return System(flows, unit_distances(edition, level))


def inner_network(matrix: FlowMatrix, communes: IntArray) -> Network:
    """Links between the communes of a territory, numbered in their order."""
    rows = matrix.by_origin
    positions, count = cell_positions(rows, communes)
    number = np.full(matrix.n_nodes, -1)
    number[communes] = np.arange(len(communes))
    origin = np.repeat(np.arange(len(communes)), count)
    destination, weight = number[rows.node[positions]], rows.weight[positions]
    inside = (destination >= 0) & (destination != origin) & (weight > 0)
    return Network(len(communes), origin[inside], destination[inside], weight[inside])
