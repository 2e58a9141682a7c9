"""One family of flows as a page shows it, from the balance of a territory."""

from dataclasses import dataclass

from maillage.catalog.cards import FlowCard
from maillage.common.french import measure
from maillage.engine.edition import Edition
from maillage.observatory.answers.balance import Balance
from maillage.observatory.answers.portrait import Family, Portrait
from maillage.territory.geography import IntArray
from maillage.wording.figures import Figure
from maillage.wording.headline import four_figures, net, net_in_universe, told
from maillage.wording.limits import limits_text
from maillage.wording.partners import PartnerRow, first_partners

FIRST = 5
#: Indicators whose rank stands beside the figures.
HEADLINES = ("self_containment", "relative_balance")


@dataclass(frozen=True)
class Bar:
    """Two parts of one whole, in percent of the longer of the two bars."""

    stay: float
    move: float

    @property
    def end(self) -> float:
        return self.stay + self.move


@dataclass(frozen=True)
class Standing:
    """Where the territory stands for one indicator; ``value`` as people read it."""

    indicator: str
    title: str
    value: str
    rank: int
    n: int
    several: str


@dataclass(frozen=True)
class Panel:
    """Figures, bars and first partners of one flow; bars are None where a part is unknown."""

    card: FlowCard
    balance: Balance
    standings: tuple[Standing, ...]
    stay: Figure
    arrive: Figure
    leave: Figure
    net: Figure
    limits: str  # French: what the file cannot say; empty when it says everything
    origins: Bar | None
    destinations: Bar | None
    arrivals: tuple[PartnerRow, ...]
    departures: tuple[PartnerRow, ...]

    @property
    def said(self) -> str:
        """The four figures as one line, for whoever comments them."""
        return four_figures(self.stay, self.arrive, self.leave, self.net)


def panels(portrait: Portrait, edition: Edition, communes: IntArray) -> list[Panel]:
    """Of the families that have a balance, in the order of the portrait."""
    return [
        _panel(family, family.balance, edition, communes)
        for family in portrait.families
        if family.balance is not None
    ]


def _panel(family: Family, balance: Balance, edition: Edition, communes: IntArray) -> Panel:
    """Every figure is one the balance holds."""
    origins, destinations = _bars(balance)
    geography = edition.geography
    return Panel(
        card=edition.catalog.flows[family.flow],
        balance=balance,
        standings=_standings(family, edition),
        stay=told(balance, "internal"),
        arrive=told(balance, "incoming"),
        leave=told(balance, "outgoing"),
        net=net(balance),
        limits=limits_text(balance, net_in_universe(balance)),
        origins=origins,
        destinations=destinations,
        arrivals=first_partners(balance, geography, communes, "incoming", FIRST),
        departures=first_partners(balance, geography, communes, "outgoing", FIRST),
    )


def _standings(family: Family, edition: Edition) -> tuple[Standing, ...]:
    cards = edition.catalog.indicators
    return tuple(
        Standing(
            indicator=rank.indicator,
            title=rank.title,
            value=measure(rank.value, cards[rank.indicator].unit, cards[rank.indicator].decimals),
            rank=rank.rank,
            n=rank.n,
            several=rank.several,
        )
        for rank in family.ranks
        if rank.indicator in HEADLINES
    )


def _bars(balance: Balance) -> tuple[Bar | None, Bar | None]:
    """Origins and destinations on one scale, only where both directions are whole."""
    stay, leave, arrive = balance.internal, balance.outgoing, balance.incoming
    if balance.net is None or stay is None or leave is None or arrive is None:
        return None, None
    longer = stay + max(leave, arrive)
    if longer <= 0:
        return None, None
    scale = 100 / longer
    return Bar(stay * scale, leave * scale), Bar(stay * scale, arrive * scale)
