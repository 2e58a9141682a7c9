"""The questions ``maillage ask`` knows: what each is for, who answers, how the answer is laid out.

A question accepts the options its function accepts: adding one is adding a line here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import signature
from typing import Any

from maillage.cli import together
from maillage.documents.tables.balance import balance_workbook
from maillage.documents.tables.compare import comparison_workbook
from maillage.documents.tables.cooperation import cooperation_workbook
from maillage.documents.tables.evolution import evolution_workbook
from maillage.documents.tables.grants import grants_workbook
from maillage.documents.tables.indicators import indicators_workbook
from maillage.documents.tables.joining import joining_workbook
from maillage.documents.tables.links import links_workbook
from maillage.documents.tables.matches import matches_workbook
from maillage.documents.tables.pair import pair_workbook
from maillage.documents.tables.peers import peers_workbook
from maillage.documents.tables.portrait import portrait_workbook
from maillage.documents.tables.structure import structure_workbook
from maillage.documents.tables.supply_need import supply_need_workbook
from maillage.documents.tables.values import Workbook
from maillage.engine.edition import Edition
from maillage.observatory.balance import territory_balance
from maillage.observatory.cooperation import cooperation
from maillage.observatory.evolution import evolution
from maillage.observatory.grants import territory_grants
from maillage.observatory.indicators import indicators
from maillage.observatory.links import links
from maillage.observatory.matches import matches
from maillage.observatory.peers import peers
from maillage.observatory.portrait import portrait
from maillage.observatory.structure import structure
from maillage.observatory.supply_need import supply_need


@dataclass(frozen=True)
class Question:
    """``ask(edition, perimeter=…, flow=…, …)`` answers; ``lay_out`` makes tables of the answer."""

    summary: str  # French
    ask: Callable[..., Any]
    lay_out: Callable[[Any, Edition], Workbook]

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
        balance_workbook,
    ),
    "portrait": Question(
        "les six familles de flux d’un coup d’œil, et les stocks qui les éclairent",
        portrait,
        portrait_workbook,
    ),
    "indicators": Question(
        "les indicateurs d’une famille de flux, à côté des territoires comparables",
        indicators,
        indicators_workbook,
    ),
    "evolution": Question(
        "une famille de flux au fil des années qui se comparent", evolution, evolution_workbook
    ),
    "links": Question(
        "le lien avec chaque partenaire, indicateur par indicateur", links, links_workbook
    ),
    "structure": Question(
        "sa place dans le réseau des territoires, et les pôles qu’il contient",
        structure,
        structure_workbook,
    ),
    "peers": Question("les territoires qui lui ressemblent", peers, peers_workbook),
    "cooperation": Question(
        "ses voisins, selon la force des liens et la complémentarité",
        cooperation,
        cooperation_workbook,
    ),
    "supply_need": Question(
        "ce qu’il offre et ce dont il a besoin, thème par thème", supply_need, supply_need_workbook
    ),
    "pair": Question("tout ce qui le lie à un autre territoire", together.pair, pair_workbook),
    "matches": Question(
        "thème par thème, les voisins dont l’excédent rencontre un besoin",
        matches,
        matches_workbook,
    ),
    "joining": Question(
        "le besoin couvert en s’associant à des voisins, un par un",
        together.joining,
        joining_workbook,
    ),
    "comparison": Question(
        "six territoires au plus, côte à côte ; les signes de fragilité, sans famille de flux",
        together.comparison,
        comparison_workbook,
    ),
    "grants": Question(
        "les dotations d’investissement de l’État, projet par projet",
        territory_grants,
        grants_workbook,
    ),
}
