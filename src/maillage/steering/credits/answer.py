"""The answer to « how are credits split »: territories of a scope, received and simulated."""

from dataclasses import dataclass
from decimal import Decimal

from maillage.observatory.citation import FileCited, TerritoryCited
from maillage.steering.credits.criteria import Criterion


@dataclass(frozen=True)
class SplitAsked:
    """``programmes`` and ``weights`` (by id of criterion): none means all, and those proposed."""

    scope: str
    level: str
    year: int
    programmes: tuple[str, ...] = ()
    weights: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class TerritoryShare:
    """What one territory received, in euros to the cent, and what the criteria would give it.

    ``inhabitants`` are those of its part that is in the scope, None where unknown; ``within`` is
    their share of its inhabitants. ``cost`` and ``aided`` (subsidies) sum the projects whose cost
    is known, ``unpriced`` counts the others. ``share`` is of what is placed. ``values`` follow the
    criteria of the answer. Without an index there is no simulation: ``missing`` says what lacks.
    """

    id: str
    name: str
    inhabitants: float | None
    within: float
    count: int
    subsidy: Decimal
    cost: Decimal
    aided: Decimal
    unpriced: int
    share: float
    values: tuple[float | None, ...]
    index: float | None
    missing: tuple[str, ...]
    simulated: Decimal | None

    @property
    def per_inhabitant(self) -> float | None:
        return per_head(self.subsidy, self.inhabitants)

    @property
    def aid_rate(self) -> float | None:
        """Subsidies over costs, of the projects that have one."""
        return float(self.aided / self.cost) if self.cost else None

    @property
    def gap(self) -> Decimal | None:
        """What the criteria would add; below zero, take away."""
        return None if self.simulated is None else self.simulated - self.subsidy

    @property
    def gap_per_inhabitant(self) -> float | None:
        return per_head(self.gap, self.inhabitants)


@dataclass(frozen=True)
class ApartSum:
    """Grants of the scope that no territory of the mesh holds, and why (French)."""

    title: str
    count: int
    subsidy: Decimal


@dataclass(frozen=True)
class YearSplit:
    """The same split another year. ``empty``: territories that received nothing."""

    year: int
    count: int
    total: Decimal
    placed: Decimal
    per_inhabitant: float | None
    gini: float | None
    empty: int


@dataclass(frozen=True)
class CreditSplit:
    """``total`` = ``placed`` (what the territories sum to) + the sums ``apart``, to the cent.

    ``simulated`` is the sum shared out: that of the territories that have an index. ``moved`` is
    what the criteria would take from some for others; ``weights`` follow ``criteria``, those above
    zero, and sum to 1.
    """

    scope: TerritoryCited
    level: str
    several: str  # French, the territories of the mesh
    year: int
    programmes: tuple[str, ...]  # those counted
    territories: tuple[TerritoryShare, ...]
    apart: tuple[ApartSum, ...]
    count: int
    total: Decimal
    placed: Decimal
    simulated: Decimal
    moved: Decimal
    gini: float | None
    simulated_gini: float | None
    years: tuple[YearSplit, ...]
    criteria: tuple[Criterion, ...]
    weights: tuple[float, ...]
    source: FileCited
    fictional: bool
    caveats: tuple[str, ...]
    edition: str
    cog: int

    @property
    def empty(self) -> tuple[TerritoryShare, ...]:
        """Those that received nothing, the most populated first."""
        none = (one for one in self.territories if not one.count)
        return tuple(sorted(none, key=lambda one: -(one.inhabitants or 0)))

    @property
    def unsimulated(self) -> tuple[TerritoryShare, ...]:
        """Those whose index is unknown: they keep what they received, outside the simulation."""
        return tuple(one for one in self.territories if one.simulated is None)

    @property
    def inhabitants(self) -> float:
        """Of the territories where they are known."""
        return sum(one.inhabitants or 0.0 for one in self.territories)


def per_head(amount: Decimal | None, people: float | None) -> float | None:
    """Euros per inhabitant; None where one of the two is unknown or nobody lives there."""
    return float(amount) / people if amount is not None and people else None
