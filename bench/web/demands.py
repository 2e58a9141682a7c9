"""What is demanded of the site, and the figures of a run that it is judged on."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bench.web.browser import Map, Text
from bench.web.clients import Answer
from bench.web.pages import Kind
from bench.web.rendering import Rendering
from maillage.common.french import number

_ROW = re.compile(rb"<tr[ >]")


@dataclass(frozen=True)
class Spread:
    """Seconds of half of the answers at most, and of all but one in twenty."""

    p50: float
    p95: float

    @classmethod
    def of(cls, answers: Sequence[Answer]) -> "Spread":
        p50, p95 = np.percentile([answer.seconds for answer in answers], (50, 95)).tolist()
        return cls(p50, p95)


@dataclass(frozen=True)
class Asked:
    """Pages of one kind: asked for the first time, then again; kilobytes sent, at most."""

    kind: Kind
    first: Spread
    again: Spread
    sent: float


@dataclass(frozen=True)
class Rates:
    """Answers « not modified » a second, medians of rounds taken in turn."""

    portrait: float
    file: float

    @property
    def ratio(self) -> float:
        return self.portrait / self.file


@dataclass(frozen=True)
class Measured:
    """All that one run found. ``started``: seconds from the launch to the first answer."""

    started: float
    first_page: float
    asked: tuple[Asked, ...]
    rows: int
    rates: Rates
    rendering: Rendering
    maps: tuple[Map, ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class Demand:
    """``measured`` at least or at most ``limit``."""

    id: str
    label: str  # French
    of: Callable[[Measured], float]
    limit: float
    unit: str = ""
    at_least: bool = False

    def holds(self, found: Measured) -> bool:
        value = self.of(found)
        return value >= self.limit if self.at_least else value <= self.limit

    def bound(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {number(self.limit, 2)}{self.unit}"

    def told(self, found: Measured) -> str:
        return f"{number(self.of(found), 2)}{self.unit}"


DEMANDS = (
    Demand(
        id="etag",
        label="Portrait déjà connu du navigateur, en réponses par seconde : part du débit d’un "
        "serveur de fichiers",
        of=lambda found: found.rates.ratio,
        limit=0.5,
        at_least=True,
    ),
    Demand(
        id="cold",
        label="Portrait demandé pour la première fois : durée, en fois celle de la même page aux "
        "chiffres constants",
        of=lambda found: found.rendering.ratio,
        limit=5,
    ),
    Demand(
        id="rows",
        label="Lignes de la page d’un flux la plus longue",
        of=lambda found: found.rows,
        limit=5000,
    ),
    Demand(
        id="map",
        label="Première carte dessinée après l’arrivée de ses données",
        of=lambda found: max(drawn.milliseconds for drawn in found.maps) / 1000,
        limit=0.6,
        unit=" s",
    ),
    Demand(
        id="scripts",
        label="Scripts compressés avant la première carte",
        of=lambda found: max(drawn.scripts for drawn in found.maps) / 1000,
        limit=80,
        unit=" ko",
    ),
    Demand(
        id="texts",
        label="Part du texte des pages visible sans script",
        of=lambda found: min(text.share for text in found.texts),
        limit=1,
        at_least=True,
    ),
)


def rows(answer: Answer) -> int:
    """Lines of partners that a flow page sends, those of its head and totals apart."""
    body = answer.body[answer.body.index(b'id="tableau"') :]
    start, end = body.index(b"<tbody>"), body.index(b"</tbody>")
    return len(_ROW.findall(body[start:end]))
