"""The answer to « balance »: figures, partners, and what each figure must carry."""

from dataclasses import dataclass

from maillage.engine.dataset import Coverage
from maillage.engine.partners import PartnerKind
from maillage.engine.precision import Precision
from maillage.engine.secrecy import Secrecy, SecrecyStatus
from maillage.observatory.citation import SourceCited, UnitCited, UniverseCited


@dataclass(frozen=True)
class PrecisionBothWays:
    """Precision of what goes to a partner and of what comes from it."""

    outgoing: Precision
    incoming: Precision


@dataclass(frozen=True)
class SecrecyBothWays:
    """Secrecy of what goes to a partner and of what comes from it."""

    outgoing: Secrecy
    incoming: Secrecy


@dataclass(frozen=True)
class PartnerBalance:
    """Exchanges with one partner. None: hidden by secrecy, or cut by the universe.

    ``id`` names its territory, and is empty for abroad, unknown places and the like.
    """

    code: str
    id: str
    name: str
    kind: PartnerKind
    outgoing: float | None
    incoming: float | None
    net: float | None
    coverage: Coverage
    within: str  # French: the part of the country the figures are confined to; empty: none
    precision: PrecisionBothWays
    secrecy: SecrecyBothWays


@dataclass(frozen=True)
class BalancePrecision:
    """Precision of each figure of a balance."""

    internal: Precision
    internal_moved: Precision
    internal_same: Precision
    outgoing: Precision
    incoming: Precision
    net: Precision


@dataclass(frozen=True)
class BalanceSecrecy:
    """Secrecy of each figure of a balance; ``reference`` quotes the producer's rule."""

    status: SecrecyStatus
    reference: str
    internal: Secrecy
    internal_moved: Secrecy
    internal_same: Secrecy
    outgoing: Secrecy
    incoming: Secrecy


@dataclass(frozen=True)
class Balance:
    """The balance of a territory, as the page, the JSON, the CSV and the terminal show it.

    Figures are None where the universe or secrecy makes them false. ``net`` is None unless both
    directions are whole; ``net_in_universe`` is the balance with the communes the file covers,
    whose exchanges it sees both ways. Partners come by decreasing outgoing flow.
    """

    territory: str
    territory_name: str
    flow: str
    year: int
    cog: int
    mesh: str
    incoming: float | None
    outgoing: float | None
    net: float | None
    net_in_universe: float | None
    internal: float | None
    internal_moved: float | None
    internal_same: float | None
    partners: tuple[PartnerBalance, ...]
    unit: UnitCited
    source: SourceCited
    universe: UniverseCited
    precision: BalancePrecision
    secrecy: BalanceSecrecy
