"""A portrait as a page shows it: what a phone shows first, panels, sentences and citations."""

from dataclasses import dataclass

from maillage.engine.edition import Edition
from maillage.observatory.answers.portrait import Portrait
from maillage.territory.perimeter import Perimeter
from maillage.wording.citations import citation
from maillage.wording.glance import Glance, glance
from maillage.wording.panels import Panel, panels
from maillage.wording.partners import home_codes
from maillage.wording.story import Sentence, story


@dataclass(frozen=True)
class Told:
    """A sentence, and the text that cites it."""

    sentence: Sentence
    citation: str


@dataclass(frozen=True)
class PortraitText:
    """``glance`` is None when no family has a figure."""

    glance: Glance | None
    panels: list[Panel]
    story: tuple[Told, ...]


def portrait_text(
    portrait: Portrait, edition: Edition, perimeter: Perimeter, address: str
) -> PortraitText:
    """``address``: where the portrait is read, without an anchor."""
    geography, communes = edition.geography, perimeter.communes
    shown = panels(portrait, edition, communes)
    home = {p.balance.flow: home_codes(p.balance, geography, communes) for p in shown}
    sentences = story(portrait, home)
    return PortraitText(
        glance=glance(shown, sentences, edition, communes),
        panels=shown,
        story=tuple(Told(s, citation(s, portrait.territory, address)) for s in sentences),
    )
