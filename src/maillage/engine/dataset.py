"""What a build hands to an edition, and an edition to its readers: cells and what they mean.

These values are the seam between the official files (``sources``) and the algebra (``engine``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from maillage.territory.geography import FloatArray, IntArray


class Coverage(StrEnum):
    """How far a universe reaches for one figure of a perimeter."""

    COMPLETE = "complete"
    PARTIAL = "partial"  # a lower bound: the edge of the universe cuts it
    ABSENT = "absent"  # the universe leaves nothing of it: never shown, never zero


class Reach(StrEnum):
    """Which moves a scope is complete for: those that have in it…"""

    INSIDE = "inside"  # both ends
    FROM = "from"  # their origin, wherever they go
    TO = "to"  # their destination, wherever they come from
    TOUCHING = "touching"  # one end at least


@dataclass(frozen=True, eq=False)
class Scope:
    """A part of the country for whose moves a file is complete."""

    level: str
    code: str
    label: str  # French: « à l’intérieur du département de la Loire-Atlantique »
    communes: IntArray  # sorted node indices
    reach: Reach = Reach.INSIDE


@dataclass(frozen=True, eq=False)
class Universe:
    """What a file covers. No scope: the whole country, outside cells as the file has them."""

    scopes: tuple[Scope, ...] = ()
    excludes: tuple[str, ...] = ()  # French: people or places left out

    @property
    def national(self) -> bool:
        return not self.scopes


@dataclass(frozen=True)
class SourceFile:
    """One file that was read: what a citation and a checksum need."""

    card: str
    file: str
    sha256: str
    rows: int
    cog: int | None  # vintage of its codes


@dataclass(frozen=True, eq=False)
class FlowMeta:
    """What the cells of one flow and year mean."""

    flow: str
    year: int
    unit: str
    sources: tuple[SourceFile, ...]
    universe: Universe
    mean_weight: float | None  # aggregated files: stated mean weight; None: Σw² is exact
    census: bool
    estimated: bool  # the whole file is an estimate (wages from commuters)
    secrecy: str  # public | protected
    question: str = ""  # residential: one_year | five_years; never chain two questions
    fictional: bool = False
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class FlowCells:
    """Cells of one flow and year on the nodes of the geography, one row per (origin, destination).

    Rows are sorted by (origin, destination), unique. ``weight_sq`` is None when the file gives no
    individual weights. ``suppressed`` marks cells whose source forbids to show them (their weight
    is 0 and never used); ``split`` marks cells estimated by splitting a commune.
    ``breakdowns`` gives, per dimension, (category codes, origin, destination, category index,
    weight, weight_sq) rows sorted by (category, origin, destination).
    """

    meta: FlowMeta
    origin: IntArray
    destination: IntArray
    weight: FloatArray
    weight_sq: FloatArray | None
    suppressed: IntArray | None = None  # row numbers
    split: IntArray | None = None  # row numbers
    breakdowns: Mapping[str, "BreakdownCells"] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class BreakdownCells:
    """Cells by category of one dimension (mode, socio-professional group, age, sector)."""

    categories: tuple[str, ...]
    category: IntArray
    origin: IntArray
    destination: IntArray
    weight: FloatArray
    weight_sq: FloatArray | None


@dataclass(frozen=True, eq=False)
class LevelFlow:
    """A flow that its file gives between the units of a mesh only; never spread over communes.

    ``weight`` is (units, units), origins in rows: the units of mesh ``level`` of ``level_year`` in
    their order, then the outside cells of the geography.
    """

    meta: FlowMeta
    level: str
    level_year: int
    weight: FloatArray


@dataclass(frozen=True, eq=False)
class StockValues:
    """A stock of one year by commune (NaN: unknown, never zero), or by unit of another mesh."""

    stock: str
    year: int
    level: str  # commune, or the mesh level and year the file is published at
    level_year: int
    values: FloatArray
    suppressed: IntArray  # indices hidden by the source's secrecy rule
    source: SourceFile
    fictional: bool = False
    lower_bound: IntArray | None = None  # indices whose value leaves out masked or unknown parts
    notes: tuple[str, ...] = ()  # French, shown beside the values


@dataclass(frozen=True)
class Grant:
    """Public money granted to one project, as its list tells it; euros, unrounded.

    ``place`` is the code the list gives its owner at ``level``; ``now`` the id of that territory
    today, empty when it is no more. ``cost`` is None where the list has none.
    """

    project: str
    programme: str
    level: str  # commune, epci or departement
    place: str
    name: str
    departement: str
    category: str
    purpose: str
    cost: Decimal | None
    subsidy: Decimal
    now: str


@dataclass(frozen=True, eq=False)
class GrantList:
    """The grants of one year, from one file."""

    year: int
    source: SourceFile
    grants: tuple[Grant, ...]
    fictional: bool = False
    notes: tuple[str, ...] = ()  # French


@dataclass(frozen=True, eq=False)
class LevelShapes:
    """Contours of the units of a mesh (``commune``, ``epci``…), ready to draw.

    ``shapes`` are WKB polygons in degrees (EPSG:4326), one a code. Where ``inset`` names the
    unit, its contour was moved beside the mainland by the producer: fit to draw, not to measure.
    """

    level: str
    year: int
    codes: tuple[str, ...]
    shapes: tuple[bytes, ...]
    inset: tuple[str, ...] = ()
    source: str = ""
