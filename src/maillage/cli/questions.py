"""The questions ``maillage ask`` knows: what each is for, who answers, how the answer is laid out.

A question accepts the options its function accepts: adding one is adding a line here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import signature
from typing import Any

from maillage.cli.layouts.balance import balance_sheet
from maillage.cli.layouts.cooperation import cooperation_sheet
from maillage.cli.layouts.evolution import evolution_sheet
from maillage.cli.layouts.indicators import indicators_sheet
from maillage.cli.layouts.links import links_sheet
from maillage.cli.layouts.peers import peers_sheet
from maillage.cli.layouts.portrait import portrait_sheet
from maillage.cli.layouts.structure import structure_sheet
from maillage.cli.layouts.supply_need import supply_need_sheet
from maillage.cli.tables import Sheet
from maillage.engine.edition import Edition
from maillage.observatory.balance import territory_balance
from maillage.observatory.cooperation import cooperation
from maillage.observatory.evolution import evolution
from maillage.observatory.indicators import indicators
from maillage.observatory.links import links
from maillage.observatory.peers import peers
from maillage.observatory.portrait import portrait
from maillage.observatory.structure import structure
from maillage.observatory.supply_need import supply_need


@dataclass(frozen=True)
class Question:
    """``ask(edition, perimeter=…, flow=…, …)`` answers; ``lay_out`` makes a table of the answer."""

    summary: str  # French
    ask: Callable[..., Any]
    lay_out: Callable[[Any, Edition], Sheet]

    @property
    def options(self) -> frozenset[str]:
        """Names of what it may be told."""
        return frozenset(signature(self.ask).parameters) - {"edition"}

    @property
    def required(self) -> frozenset[str]:
        """Names of what it must be told."""
        parameters = signature(self.ask).parameters
        return self.options & {
            name for name, parameter in parameters.items() if parameter.default is parameter.empty
        }


QUESTIONS: Mapping[str, Question] = {
    "balance": Question(
        "ce qui reste, sort et entre pour une famille de flux, et avec qui",
        territory_balance,
        balance_sheet,
    ),
    "portrait": Question(
        "les six familles de flux d’un coup d’œil, et les stocks qui les éclairent",
        portrait,
        portrait_sheet,
    ),
    "indicators": Question(
        "les indicateurs d’une famille de flux, à côté des territoires comparables",
        indicators,
        indicators_sheet,
    ),
    "evolution": Question(
        "une famille de flux au fil des années qui se comparent", evolution, evolution_sheet
    ),
    "links": Question(
        "le lien avec chaque partenaire, indicateur par indicateur", links, links_sheet
    ),
    "structure": Question(
        "sa place dans le réseau des territoires, et les pôles qu’il contient",
        structure,
        structure_sheet,
    ),
    "peers": Question("les territoires qui lui ressemblent", peers, peers_sheet),
    "cooperation": Question(
        "ses voisins, selon la force des liens et la complémentarité",
        cooperation,
        cooperation_sheet,
    ),
    "supply_need": Question(
        "ce qu’il offre et ce dont il a besoin, thème par thème", supply_need, supply_need_sheet
    ),
}
