"""The portrait of a territory, printed: two pages, three when much is to be said."""

from collections.abc import Sequence
from typing import Any

from maillage.common.french import counted, number, percent, typeset
from maillage.documents.pages.dossier import figure_text
from maillage.documents.pages.pictures import locator_svg
from maillage.documents.pages.printer import pdf
from maillage.documents.pages.sources import source_text
from maillage.drawing.paths import Drawing
from maillage.observatory.answers.portrait import Family, Portrait
from maillage.observatory.citation import TerritoryCited
from maillage.observatory.directory import Container
from maillage.observatory.stocks import StockCited
from maillage.wording.figures import Figure
from maillage.wording.panels import Panel
from maillage.wording.partners import PartnerRow
from maillage.wording.portrait import PortraitText

#: What each part has room for.
SENTENCES, PARTNERS, PAGES = 6, 3, 2


def portrait_pdf(
    portrait: Portrait,
    text: PortraitText,
    within: Sequence[Container],
    drawing: Drawing | None,
    address: str,
) -> bytes:
    """A tagged PDF. ``within``: what holds the territory; ``address``: where its page is read."""
    return pdf("portrait", portrait_content(portrait, text, within, drawing, address), most=PAGES)


def portrait_content(
    portrait: Portrait,
    text: PortraitText,
    within: Sequence[Container],
    drawing: Drawing | None,
    address: str,
) -> dict[str, Any]:
    """What the template lays out: every text as people read it."""
    name = typeset(portrait.territory.name)
    shown = {panel.card.id: panel for panel in text.panels}
    return {
        "title": name,
        "running": f"{name} – communes au 1er janvier {portrait.cog}, millésime {portrait.edition}",
        "fictional": portrait.fictional,
        "subtitle": subtitle(portrait.territory),
        "story": [told.sentence.text for told in text.story[:SENTENCES]],
        "within": [typeset(place.name) for place in within],
        "map": "" if drawing is None else locator_svg(drawing),
        "map_alt": f"Carte : {name} parmi ses voisins.",
        "families": [_family(family, shown.get(family.flow)) for family in portrait.families],
        "stocks": [_stock(stock) for stock in portrait.stocks],
        "sources": _sources(portrait),
        "address": address,
    }


def subtitle(territory: TerritoryCited) -> str:
    """Nature, inhabitants, communes."""
    people = (
        "population non connue"
        if territory.population is None
        else counted(territory.population, "habitant")
    )
    nature = territory.nature_label or territory.level_label
    communes = counted(territory.communes, "commune")
    parts = [nature, people, *([communes] if territory.communes > 1 else [])]
    return typeset(", ".join(parts))


def _family(family: Family, panel: Panel | None) -> dict[str, Any]:
    if panel is None:
        return {"title": typeset(family.title), "detail": "", "why": typeset(family.missing)}
    balance = panel.balance
    estimated = ", estimation" if balance.source.estimated else ""
    return {
        "title": typeset(family.title),
        "detail": typeset(f"{balance.year}, {balance.unit.label}{estimated}"),
        "why": "",
        "figures": [
            _figure(label, figure)
            for label, figure in (
                ("Stables", panel.stay),
                ("Entrants", panel.arrive),
                ("Sortants", panel.leave),
                ("Solde", panel.net),
            )
        ],
        "arrivals": [_partner(row) for row in panel.arrivals[:PARTNERS]],
        "departures": [_partner(row) for row in panel.departures[:PARTNERS]],
        "limits": typeset(panel.limits),
    }


def _figure(label: str, figure: Figure) -> dict[str, Any]:
    least = "au moins " if figure.minimum else ""
    return {
        "label": label,
        "text": f"{least}{figure.text}",
        "known": figure.known,
        "grade": figure.grade or "",
    }


def _partner(row: PartnerRow) -> dict[str, str]:
    own = " (autres communes)" if row.own else ""
    return {
        "name": typeset(row.name) + own,
        "figure": figure_text(row.figure),
        "share": "" if row.share is None else percent(row.share, 0),
    }


def _stock(stock: StockCited) -> dict[str, str]:
    rate = not stock.additive and stock.value is not None and abs(stock.value) < 1000
    least = "au moins " if stock.partial else ""
    return {
        "title": typeset(stock.title),
        "value": f"{least}{number(stock.value, 1 if rate else 0)}",
        "unit": typeset(stock.unit.label),
        "year": str(stock.year),
    }


def _sources(portrait: Portrait) -> str:
    flows = [
        source_text(family.title, balance.source, balance.year, balance.universe)
        for family in portrait.families
        if (balance := family.balance) is not None
    ]
    titles = [*dict.fromkeys(stock.source.title for stock in portrait.stocks)]
    stocks = [typeset(f"Repères : {', '.join(titles)}.")] if titles else []
    return " ".join([*flows, *stocks])
