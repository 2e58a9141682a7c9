"""What a president reads on a phone: three figures, three partners, one sentence."""

from dataclasses import dataclass

from maillage.engine.edition import Edition
from maillage.engine.partners import PartnerKind
from maillage.territory.geography import IntArray
from maillage.wording.figures import Figure, amount
from maillage.wording.panels import Panel
from maillage.wording.partners import home_codes
from maillage.wording.story import Sentence

PARTNERS = 3


@dataclass(frozen=True)
class GlanceFigure:
    """``way`` gives its colour and arrow: stay, in, out, net."""

    way: str
    label: str
    figure: Figure


@dataclass(frozen=True)
class GlancePartner:
    """``text`` counts what is exchanged both ways; ``id`` is empty for what is no territory."""

    id: str
    name: str
    own: bool
    text: str


@dataclass(frozen=True)
class Glance:
    """Of the family that leads. ``sentence`` is None where nothing can be told."""

    panel: Panel
    figures: tuple[GlanceFigure, ...]
    partners: tuple[GlancePartner, ...]
    sentence: Sentence | None


def glance(
    panels: list[Panel], sentences: tuple[Sentence, ...], edition: Edition, communes: IntArray
) -> Glance | None:
    """The family of the first sentence, else the first that has figures; None without any."""
    if not panels:
        return None
    first = sentences[0] if sentences else None
    leads = (p for p in panels if first is not None and p.balance.flow == first.flow)
    panel = next(leads, panels[0])
    return Glance(panel, _figures(panel), _partners(panel, edition, communes), first)


def _figures(panel: Panel) -> tuple[GlanceFigure, ...]:
    """With the balance when it is known, else with what stays."""
    ways = [
        GlanceFigure("in", "Entrants", panel.arrive),
        GlanceFigure("out", "Sortants", panel.leave),
    ]
    if panel.net.known:
        return (*ways, GlanceFigure("net", "Solde", panel.net))
    return (GlanceFigure("stay", "Stables", panel.stay), *ways)


def _partners(panel: Panel, edition: Edition, communes: IntArray) -> tuple[GlancePartner, ...]:
    balance = panel.balance
    known = [p for p in balance.partners if p.kind is not PartnerKind.UNKNOWN]
    ranked = sorted(known, key=lambda p: -((p.outgoing or 0) + (p.incoming or 0)))
    home = home_codes(balance, edition.geography, communes)
    return tuple(
        GlancePartner(
            id=partner.id,
            name=partner.name,
            own=partner.code in home,
            text=amount((partner.outgoing or 0) + (partner.incoming or 0), balance.unit.id),
        )
        for partner in ranked[:PARTNERS]
        if partner.outgoing or partner.incoming
    )
