"""The four figures of a balance that everyone reads, and what its file cannot say."""

from dataclasses import dataclass

from maillage.engine.dataset import Coverage
from maillage.observatory.answers.balance import Balance
from maillage.wording.figures import Figure, absent, figure, signed_amount
from maillage.wording.limits import limits_text


@dataclass(frozen=True)
class Headline:
    """``limits``: French, empty when the file says everything."""

    stay: Figure
    arrive: Figure
    leave: Figure
    net: Figure
    limits: str

    @property
    def said(self) -> str:
        """As one line, for whoever comments them."""
        return four_figures(self.stay, self.arrive, self.leave, self.net)


def four_figures(*figures: Figure) -> str:
    """« stables 12, entrants 3, sortants 4, solde −1 », given in that order."""
    names = ("stables", "entrants", "sortants", "solde")
    pairs = zip(names, figures, strict=True)
    return ", ".join(f"{name} {shown.text}" for name, shown in pairs)


def headline(balance: Balance) -> Headline:
    """Every figure is one the balance holds."""
    return Headline(
        stay=told(balance, "internal"),
        arrive=told(balance, "incoming"),
        leave=told(balance, "outgoing"),
        net=net(balance),
        limits=limits_text(balance, net_in_universe(balance)),
    )


def told(balance: Balance, name: str) -> Figure:
    """``internal``, ``incoming`` or ``outgoing``."""
    return figure(
        getattr(balance, name),
        balance.unit.id,
        getattr(balance.precision, name),
        getattr(balance.universe.coverage, name),
        getattr(balance.secrecy, name),
    )


def net(balance: Balance) -> Figure:
    """Never given where one of the two directions is cut or hidden."""
    if balance.net is None:
        return absent(Coverage.PARTIAL)
    return Figure(signed_amount(balance.net, balance.unit.id), known=True)


def net_in_universe(balance: Balance) -> str:
    """The net with the communes the file covers, where it has no other; else empty."""
    if balance.net is not None or balance.net_in_universe is None:
        return ""
    return signed_amount(balance.net_in_universe, balance.unit.id)
