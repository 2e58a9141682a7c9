"""The answer to « grants »: what the State granted to the projects of a territory in a year."""

from dataclasses import dataclass
from decimal import Decimal

from maillage.observatory.citation import FileCited, TerritoryCited


@dataclass(frozen=True)
class GrantCited:
    """One project. Euros to the cent; ``cost`` is None where the list has none."""

    project: str
    programme: str
    category: str  # French
    purpose: str
    owner: str
    owner_id: str  # of its territory today; empty when it is no more
    former: bool  # the owner is no more: placed by its last known members
    cost: Decimal | None
    subsidy: Decimal


@dataclass(frozen=True)
class GrantSum:
    """Grants of one programme or category: how many, what they sum to. Rounded after summing.

    ``cost`` sums the costs that are known, ``unpriced`` counts the others.
    """

    id: str
    title: str  # French
    count: int
    subsidy: Decimal
    cost: Decimal
    unpriced: int


@dataclass(frozen=True)
class Grants:
    """Grants to owners that lie wholly in the territory, by decreasing subsidy.

    ``shared`` are those of owners that reach beyond it (an EPCI astride, the département): counted
    apart, since nothing says which part was spent where. ``lost`` sums the grants of the
    départements it touches whose owner is no more and cannot be placed. Both lists may be cut;
    ``total`` and ``beyond`` sum them whole.
    """

    territory: TerritoryCited
    year: int
    years: tuple[int, ...]
    total: GrantSum
    programmes: tuple[GrantSum, ...]
    categories: tuple[GrantSum, ...]
    grants: tuple[GrantCited, ...]
    shared: tuple[GrantCited, ...]
    beyond: GrantSum
    lost: GrantSum
    source: FileCited
    fictional: bool
    caveats: tuple[str, ...]
    edition: str
    cog: int
