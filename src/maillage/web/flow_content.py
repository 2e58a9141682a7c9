"""All that a flow page shows, from one answer: figures, map, chart and table agree."""

from dataclasses import dataclass
from functools import cached_property

from maillage.catalog.cards import FlowCard
from maillage.common.errors import NotFoundError
from maillage.common.french import listing, lowered, typeset
from maillage.drawing.flow_map import FlowMap, flow_map
from maillage.drawing.partner_chart import PartnerChart, partner_chart
from maillage.engine.edition import Edition
from maillage.observatory.answers.flow import Flow
from maillage.observatory.citation import TerritoryCited, cite_territory
from maillage.observatory.flow import flow as ask_flow
from maillage.observatory.reach import covering
from maillage.territory.perimeter import Perimeter
from maillage.web.asked_flow import FlowQuery
from maillage.web.flow_choices import Choices, choices
from maillage.wording.headline import Headline, headline
from maillage.wording.rows import Result, Row, result

UNSEEN = 6  # partners named under the map that it does not show


@dataclass(frozen=True, eq=False)
class FlowContent:
    """The map and the chart are made when they are asked for."""

    edition: Edition
    perimeter: Perimeter
    card: FlowCard
    query: FlowQuery
    flow: Flow
    result: Result
    headline: Headline

    @cached_property
    def territory(self) -> TerritoryCited:
        return cite_territory(self.edition, self.perimeter)

    @property
    def title(self) -> str:
        return typeset(f"{self.territory.name} : {lowered(self.card.title)}")

    @property
    def shares(self) -> bool:
        """Whether the whole is known, of which each partner has its part."""
        return self.result.total is not None

    @property
    def description(self) -> str:
        """What the page says, in one sentence."""
        told = (
            ("stables", self.headline.stay),
            ("entrants", self.headline.arrive),
            ("sortants", self.headline.leave),
            ("solde", self.headline.net),
        )
        known = [f"{label} {shown.text}" for label, shown in told if shown.known]
        year, unit = self.flow.balance.year, self.flow.balance.unit.label
        what = f"{self.title}, {year} ({unit})"
        return f"{what}. {', '.join(known).capitalize()}." if known else f"{what}."

    @cached_property
    def map(self) -> FlowMap | None:
        level, way = self.flow.balance.mesh, self.flow.way
        rows, form = self.result.rows, self.query.form
        return flow_map(self.edition, self.perimeter, level, rows, way=way, form=form)

    @property
    def map_source(self) -> str:
        """Title of the file that the contours come from."""
        card = self.edition.catalog.sources.get(self.map.source) if self.map else None
        return card.title if card is not None else self.map.source if self.map else ""

    @cached_property
    def chart(self) -> PartnerChart:
        chosen = self.query.asked.partner
        return partner_chart(self.result.rows, way=self.flow.way, chosen=chosen)

    @cached_property
    def chosen(self) -> Row | None:
        return self.result.row(self.query.asked.partner)

    @cached_property
    def choices(self) -> Choices:
        return choices(self.edition, self.card, self.query, self.flow)

    @cached_property
    def links(self) -> str:
        """The address that chooses a partner, but for its code."""
        rest = self.query.written(partenaire=None)
        return f"{rest}{'&' if rest else '?'}partenaire="

    @property
    def unseen(self) -> str:
        """The first partners that the map does not show, in words; empty when it shows all."""
        drawn = self.map.drawn if self.map else frozenset()
        missing = [row for row in self.result.rows if row.code not in drawn and row.volume > 0]
        names = [row.name for row in missing[:UNSEEN]]
        return listing(names if len(missing) <= UNSEEN else [*names, "d’autres"])


def flow_content(
    edition: Edition, card: FlowCard, perimeter: Perimeter, query: FlowQuery
) -> FlowContent:
    """The newest year that sees the territory unless one is asked. Errors: see ``flow``."""
    if query.asked.year is None and (seen := covering(edition, card.id, perimeter)) is not None:
        query = query.of_year(seen.year)
    answer = ask_flow(edition, card.id, perimeter, query.asked)
    return FlowContent(
        edition=edition,
        perimeter=perimeter,
        card=card,
        query=query,
        flow=answer,
        result=result(answer, edition, perimeter),
        headline=headline(answer.balance),
    )


def families(edition: Edition) -> list[FlowCard]:
    """In the order of the catalogue."""
    return sorted(edition.catalog.flows.values(), key=lambda card: card.order)


def family_of(edition: Edition, slug: str) -> FlowCard:
    """NotFoundError, in French, where no family has that name."""
    cards = families(edition)
    found = next((card for card in cards if card.slug == slug), None)
    if found is None:
        known = listing([card.slug for card in cards])
        raise NotFoundError(f"Il n’y a pas de flux « {slug} ». Flux connus : {known}.")
    return found
