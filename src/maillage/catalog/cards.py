"""The kinds of cards. A card that does not fit its kind is refused with the field at fault."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Regex = str


class Card(BaseModel):
    """What every card has: a stable English id, a French title, a French text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Id
    title: str
    description: str = ""


class FlowCard(Card):
    """One of the families of flows, with the French words each of its pages uses."""

    slug: str  # French, in URLs: domicile-travail
    order: int
    origin: str  # what the origin is: « lieu de résidence »
    destination: str
    unit: str  # English key: persons, establishments, eur…
    unit_label: str  # French: « actifs occupés »
    stays: str  # « travaillent sur place »
    leaves: str
    arrives: str
    diagonal_is_stable: bool  # residential: the commune diagonal did not move
    census: bool  # pooled over five years: vintages compare five years apart
    caveats: tuple[str, ...] = ()


class VintageFrom(StrEnum):
    COLUMN = "column"  # a named group ``year`` in the weight column's pattern
    FILENAME = "filename"  # the file has none inside: pattern on its name
    TITLE = "title"  # pattern on the lines above the header
    VALUE = "value"  # a column holds it, row by row
    FIXED = "fixed"


class Vintage(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    where: VintageFrom
    pattern: Regex = ""
    column: str = ""
    year: int | None = None


class UniverseRule(BaseModel):
    """What a file covers. ``detected`` is checked on the rows; the others are declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: Literal["national", "detected", "declared"]
    label: str = ""  # French, shown beside every figure that touches the edge
    level: str = ""  # declared: mesh level and codes whose inside is covered
    codes: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()  # French: people or places the file leaves out


class SecrecyRule(BaseModel):
    """When a cell may not be shown. Thresholds are the producer's; the text names them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: Literal["public", "protected"]
    min_units: int = 0  # fewer persons in a cell: hidden
    dominance: float = 1.0  # one person above this share of the cell: hidden
    min_establishments: int = 0
    establishment_dominance: float = 1.0
    reference: str = ""


class SourceCard(Card):
    """One kind of official (or user) file: how to recognise it, read it, and speak of it."""

    kind: Literal["flow", "stock", "grant", "reference", "programme", "geometry"]
    layout: Id  # the reader in maillage.sources that knows this shape
    flow: Id | None = None  # kind flow: id of the FlowCard
    producer: str
    page: str = ""
    url: str = ""  # direct download, ``{year}`` allowed
    editions: dict[int, str] = Field(default_factory=dict)  # year -> page or URL
    licence: str = ""
    names: tuple[str, ...] = ()  # glob patterns on the file name; empty: recognised by columns
    columns: dict[str, Regex] = Field(default_factory=dict)  # role -> pattern on the header
    optional: tuple[str, ...] = ()  # roles that some editions lack
    years: tuple[int, int] | None = None  # first and last vintage this card speaks of
    constants: dict[str, str] = Field(default_factory=dict)
    vintage: Vintage
    cog_lag: int | None = None  # COG year = vintage + lag
    cog_lags: dict[int, int] = Field(default_factory=dict)  # when it changed: first vintage -> lag
    cog: int | None = None
    unit: str = ""
    mean_weight: float | None = None  # aggregated files: stated mean weight, for precision
    universe: UniverseRule = UniverseRule(rule="national")
    secrecy: SecrecyRule = SecrecyRule(status="public")
    breakdowns: dict[str, Id] = Field(default_factory=dict)  # column role -> nomenclature id
    verified: Literal["real_file", "format_only"] = "format_only"
    fictional: bool = False
    caveats: tuple[str, ...] = ()


class StockColumn(BaseModel):
    """Where a source holds a quantity: the columns to sum, and the rows to keep."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    column: Regex
    where: dict[str, Regex] = Field(default_factory=dict)  # column -> pattern its value must match


class StockCard(Card):
    """A quantity of a territory, read from one column (or a sum of columns) of a source."""

    source: Id
    unit: str
    unit_label: str
    column: Regex
    where: dict[str, Regex] = Field(default_factory=dict)  # column -> pattern its value must match
    also: dict[Id, StockColumn] = Field(default_factory=dict)  # other sources that hold it
    year: int | None = None  # of the values, when it is not the file's
    theme: Id
    additive: bool  # false: rates and indices, never summed
    weight: Id | None = None  # not additive: stock that weighs the mean over a perimeter
    divides: tuple[Id, ...] = ()  # flows it may divide
    max_year_gap: int = 2  # |stock year - flow year| at most, the stated rule
    caveats: tuple[str, ...] = ()

    def columns_in(self, source: str) -> StockColumn | None:
        """Where this source holds the quantity; None when it does not."""
        if source == self.source:
            return StockColumn(column=self.column, where=self.where)
        return self.also.get(source)


class IndicatorUnit(StrEnum):
    """What the number of an indicator is, hence how it is written."""

    SHARE = "share"  # 0 to 1, shown in %
    GAP = "gap"  # difference of two shares, shown in points
    PERCENT = "percent"  # already multiplied by 100
    PERMIL = "permil"  # already multiplied by 1000
    INDEX = "index"  # a bare number
    CODE = "code"  # one of the card's ``labels``
    NATS = "nats"
    FLOW = "flow"  # in the unit of the flow
    PERSONS = "persons"
    JOBS = "jobs"
    TERRITORIES = "territories"
    KM = "km"
    EUR = "eur"


class IndicatorWords(BaseModel):
    """How an indicator of several flows is named and read on one of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    question: str
    reading: str


class IndicatorCard(Card):
    """One indicator: the question it answers and how to read it. ``function`` computes it."""

    question: str
    family: Literal["generic", "flow", "structure", "complementarity", "benchmark", "balance"]
    flows: tuple[Id, ...] = ()  # empty: every flow
    per: Literal["territory", "partner", "category", "link", "system"] = "territory"
    unit: IndicatorUnit
    unit_label: str
    labels: dict[int, str] = Field(default_factory=dict)  # unit code: what each number says
    pools: bool = False  # a ratio of sums: the pooled reference Σ num / Σ den exists
    formula: str  # plain text, field notation
    source: str  # who defines it
    function: str  # maillage.engine.module:function
    reading: str  # « Une valeur de 60 % signifie que… »
    words: dict[Id, IndicatorWords] = Field(default_factory=dict)  # flow -> those that fit it
    decimals: int = 1
    higher_is: Literal["more", "less", "neutral"] = "neutral"
    caveats: tuple[str, ...] = ()

    def worded(self, flow: str) -> "IndicatorCard":
        """The same card in the words of a flow; itself when it has none of its own."""
        words = self.words.get(flow)
        return self if words is None else self.model_copy(update=dict(words))


class BalanceCard(Card):
    """A theme of supply and need: energy, food, water, waste, or any other by card."""

    theme: Id
    unit: str
    unit_label: str
    groups: dict[Id, dict[str, str]]  # group -> {label, supply: stock id, need: stock id}
    reading: str
    caveats: tuple[str, ...] = ()


class PeerVariableCard(Card):
    """A structural variable by which territories are found alike; never an outcome compared."""

    order: int
    numerator: tuple[Id, ...]  # stocks, summed
    denominator: tuple[Id, ...] = ()  # stocks, summed; none: the numerator alone
    logarithm: bool = False  # sizes: twice as large counts the same at every size
    unit_label: str
    reason: str  # why it makes territories comparable


class FragilityCard(Card):
    """One sign that a territory may be fragile: a stock, or a ratio of stocks."""

    order: int
    numerator: tuple[Id, ...]  # stocks, summed; a single one when it is a rate already
    denominator: tuple[Id, ...] = ()
    unit: IndicatorUnit
    unit_label: str
    decimals: int = 1
    fragile_when: Literal["high", "low"]
    reason: str  # why it was kept
    caveats: tuple[str, ...] = ()


class NomenclatureCard(Card):
    """A coded list at a version: modes of transport, socio-professional groups, strata bounds."""

    version: str
    source: str
    codes: dict[str, str]  # code -> French label, in display order
    parents: dict[str, str] = Field(default_factory=dict)
    midpoints: dict[str, float] = Field(default_factory=dict)  # classes: number standing for each
